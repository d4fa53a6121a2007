// What confirms that it is really this person: the list, and ways to add, rename, remove.
import { findAccount } from '#lib/accounts/facts';
import { inPlace } from '#lib/factors/facts';
import { phonesInPlace } from '#lib/factors/phone/facts';
import { words } from '#lib/language/language';
import { Actions, ButtonLink } from '#ui/button';
import type { IconName } from '#ui/icon';
import { Notice } from '#ui/notice';
import { Item, Rows } from '#ui/rows';
import { AccountShell } from '#ui/shell';
import { Tag } from '#ui/tag';
import { Title } from '#ui/title';
import { Empty } from '#ui/waiting';
import { paths, removeFactorPath, renameFactorPath } from '../../paths';
import { portal } from '../../portal';
import { requireMember } from '../../session';
import { AccountMargin } from '../margin';

const icons = { totp: 'sixFigures', phone: 'phone', passkey: 'key' } as const satisfies Record<string, IconName>;

export default async function FactorsPage({ searchParams }: { searchParams: Promise<{ done?: string | string[] }> }) {
  const { done } = await searchParams;
  const member = await requireMember(paths.factors);
  const running = await portal();
  const [account, held, phones] = await Promise.all([
    findAccount(running, member.accountId),
    inPlace(running, member.accountId),
    phonesInPlace(running, member.accountId),
  ]);
  const spoken = words(member.visitor.language);
  const { home, factors: said } = spoken.account;
  const { list } = spoken.phone;
  /** What is known of a telephone beyond what every factor has; null for the others. */
  const phoneLines = (id: string): string[] | null => {
    const phone = phones.find((one) => one.id === id);
    if (!phone) return null;
    const notified =
      phone.notifiedAt !== null && phone.subscribed
        ? list.notified(phone.notifiedAt)
        : list[phone.notifications === 'none' ? 'silent' : 'notNotified'];
    return [
      list.kinds[phone.unlock],
      phone.lastUsedAt === null ? list.addedNeverUsed(phone.createdAt) : list.addedAndUsed(phone.createdAt, phone.lastUsedAt),
      list.seen(phone.seenAt),
      phone.lockedWhy ? list.locked[phone.lockedWhy] : notified,
    ];
  };
  const told = typeof done === 'string' && Object.hasOwn(said.done, done) ? said.done[done as keyof typeof said.done] : null;
  const apps = held.factors.filter(({ kind, frozenAt }) => kind !== 'passkey' && frozenAt === null);
  const codes = held.recoveryCodes;
  return (
    <AccountShell label={spoken.account.label} margin={<AccountMargin member={member} current="factors" />}>
      <Title page={spoken.account.places.factors} />
      {told && <Notice tone="success" title={told} announce="status" />}
      <h1>{spoken.account.places.factors}</h1>
      <p className="lead">{said.lead}</p>
      {held.factors.length === 0 && <Empty>{home.noFactors}</Empty>}
      <Rows>
        {held.factors.map((factor) => (
          <Item
            key={factor.id}
            icon={icons[factor.kind]}
            name={factor.name}
            tag={factor.frozenAt === null ? undefined : <Tag tone="danger">{said.frozen}</Tag>}
            lines={
              phoneLines(factor.id) ?? [
                said.kinds[factor.kind],
                factor.lastUsedAt === null ? home.addedNeverUsed(factor.createdAt) : home.addedAndUsed(factor.createdAt, factor.lastUsedAt),
              ]
            }
            action={
              <>
                <a href={renameFactorPath(factor.id)}>
                  {said.rename}
                  <span className="vh"> {factor.name}</span>
                </a>{' '}
                <a href={removeFactorPath(factor.id)}>
                  {said.remove}
                  <span className="vh"> {factor.name}</span>
                </a>
              </>
            }
          />
        ))}
        <Item
          icon="sheet"
          name={home.recoveryCodes}
          lines={codes ? [home.recoveryCodesLeft(codes.left, codes.of), home.codesMade(codes.createdAt, codes.lastUsedAt)] : [said.noCodes]}
          action={
            <a href={paths.recoveryCodes}>
              {said.makeCodes}
              <span className="vh"> {home.recoveryCodes}</span>
            </a>
          }
        />
      </Rows>
      <Actions>
        <ButtonLink href={paths.addFactor}>{said.add}</ButtonLink>
        <ButtonLink kind="secondary" href={paths.addPasskey}>
          {said.addPasskey}
        </ButtonLink>
        {apps.length > 0 && (
          <ButtonLink kind="secondary" href={paths.changePhone}>
            {said.changePhone}
          </ButtonLink>
        )}
      </Actions>
      {account && <p className="hint">{said.told(account.address)}</p>}
    </AccountShell>
  );
}
