// The account's home: who I am, how well protected, what I have in place, who reads my information, and the way out of every session.
import { findAccount } from '#lib/accounts/facts';
import { listConsents } from '#lib/consent/facts';
import { inPlace } from '#lib/factors/facts';
import { words } from '#lib/language/language';
import { type NextThing, protection } from '#lib/protection/rules';
import { Actions, Button, ButtonLink } from '#ui/button';
import { Notice } from '#ui/notice';
import { Fact, Item, Rows, Summary } from '#ui/rows';
import { AccountShell } from '#ui/shell';
import { Title } from '#ui/title';
import { Empty } from '#ui/waiting';
import { paths } from '../paths';
import { portal } from '../portal';
import { requireMember } from '../session';
import { endAllSessions } from './actions';
import { AccountMargin } from './margin';

const nextPaths = {
  'add-factor': paths.addFactor,
  'add-second-factor': paths.addFactor,
  'make-recovery-codes': paths.recoveryCodes,
  'choose-questions': paths.questions,
  'renew-questions': paths.questions,
} as const satisfies Record<NextThing, string>;

export default async function AccountHome({ searchParams }: { searchParams: Promise<{ done?: string | string[] }> }) {
  const { done } = await searchParams;
  const member = await requireMember(paths.account);
  const running = await portal();
  const [account, held, consents] = await Promise.all([
    findAccount(running, member.accountId),
    inPlace(running, member.accountId),
    listConsents(running, member.accountId),
  ]);
  if (!account) throw new Error('A session of an account that is not there');
  const spoken = words(member.visitor.language);
  const { home } = spoken.account;
  const working = held.factors.filter(({ frozenAt }) => frozenAt === null);
  const [factor] = working;
  const codes = held.recoveryCodes;
  const { level, next } = protection(
    { factors: working.length, recoveryCodesLeft: codes?.left ?? null, questions: running.settings.questions, answeredAt: held.answeredAt },
    running.now(),
  );
  const told = typeof done === 'string' && Object.hasOwn(home.done, done) ? home.done[done as keyof typeof home.done] : null;
  const name = `${account.givenName} ${account.familyName}`;
  return (
    <AccountShell label={spoken.account.label} margin={<AccountMargin member={member} current="home" />}>
      <Title page={home.title} />
      {told && <Notice tone="success" title={told} announce="status" />}
      <h1>{home.level[level].heading}</h1>
      <p className="lead">{factor ? home.protectedLead(factor.name, working.length - 1) : home.unprotectedLead}</p>
      {next && (
        <Notice title={next === 'make-recovery-codes' && codes ? home.fewCodes(codes.left) : home.next[next].title}>
          <p>{home.next[next].why}</p>
          <Actions>
            <ButtonLink small href={nextPaths[next]}>
              {home.next[next].act}
            </ButtonLink>
          </Actions>
        </Notice>
      )}
      <section aria-labelledby="who">
        <h2 id="who">{home.whoHeading}</h2>
        <Summary>
          <Fact name={home.name}>{name}</Fact>
          <Fact name={home.address}>{account.address}</Fact>
          <Fact name={home.kind}>{account.kind === 'internal' ? home.internal : home.external}</Fact>
        </Summary>
      </section>
      <section aria-labelledby="factors">
        <h2 id="factors">{home.factorsHeading}</h2>
        {held.factors.length === 0 ? (
          <Empty>{home.noFactors}</Empty>
        ) : (
          <Rows>
            {held.factors.map((f) => (
              <Item
                key={f.id}
                icon="sixFigures"
                name={f.name}
                lines={[home.codeApp, f.lastUsedAt === null ? home.addedNeverUsed(f.createdAt) : home.addedAndUsed(f.createdAt, f.lastUsedAt)]}
              />
            ))}
            {codes && (
              <Item icon="sheet" name={home.recoveryCodes} lines={[home.recoveryCodesLeft(codes.left, codes.of), home.codesMade(codes.createdAt)]} />
            )}
            {running.settings.questions && (
              <Item
                icon="question"
                name={home.questions}
                lines={[held.answeredAt === null ? home.questionsNone : home.questionsChosen(held.answeredAt)]}
              />
            )}
          </Rows>
        )}
      </section>
      <section aria-labelledby="applications">
        <h2 id="applications">{home.applicationsHeading}</h2>
        {consents.length === 0 ? (
          <Empty>{home.noApplications}</Empty>
        ) : (
          <Rows>
            <Item
              icon="shield"
              name={home.applicationsWith(consents.length)}
              lines={[consents.map(({ name }) => name).join(', ')]}
              action={<a href={paths.applications}>{home.seeApplications}</a>}
            />
          </Rows>
        )}
      </section>
      <section aria-labelledby="sessions">
        <h2 id="sessions">{home.sessionsHeading}</h2>
        <p>{home.sessionsLead}</p>
        <form action={endAllSessions}>
          <Button kind="secondary">{home.signOutEverywhere}</Button>
        </form>
      </section>
    </AccountShell>
  );
}
