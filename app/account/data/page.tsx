// What this service holds about the person, why and for how long; and all of it as a file.
import { findAccount } from '#lib/accounts/facts';
import { words } from '#lib/language/language';
import { groupNames } from '#lib/my-data/rules';
import { Actions, Button } from '#ui/button';
import { Notice } from '#ui/notice';
import { Fact, Summary } from '#ui/rows';
import { AccountShell } from '#ui/shell';
import { Title } from '#ui/title';
import { paths } from '../../paths';
import { portal } from '../../portal';
import { requireMember } from '../../session';
import { AccountMargin } from '../margin';

export default async function DataPage({ searchParams }: { searchParams: Promise<{ done?: string | string[] }> }) {
  const { done } = await searchParams;
  const member = await requireMember(paths.data);
  const { settings, store } = await portal();
  const account = await findAccount({ store }, member.accountId);
  if (!account) throw new Error('A session of an account that is not there');
  const spoken = words(member.visitor.language).account;
  const { data: said } = spoken;
  const officer = settings.institute.dataProtectionOfficer;
  return (
    <AccountShell label={spoken.label} margin={<AccountMargin member={member} current="data" />}>
      <Title page={said.title} />
      {done === 'confirmed' && <Notice tone="success" title={said.confirmed} announce="status" />}
      <h1>{said.title}</h1>
      <p className="lead">{said.lead}</p>
      <p>{said.kind[account.kind]}</p>
      <section aria-labelledby="download">
        <h2 id="download">{said.downloadHeading}</h2>
        <p>{said.download}</p>
        <p className="hint">
          {said.proof} {said.shared}
        </p>
        <form action={paths.dataFile} method="post">
          <Actions>
            <Button>{said.submit}</Button>
          </Actions>
        </form>
      </section>
      <section aria-labelledby="held">
        <h2 id="held">{said.heldHeading}</h2>
        <Summary>
          {groupNames
            .filter((group) => group !== 'questions' || settings.questions)
            .map((group) => (
              <Fact key={group} name={said.groups[group].name}>
                {said.groups[group].what}
                <span className="hint">
                  <b>{said.why}</b> {said.groups[group].why}
                </span>
                <span className="hint">
                  <b>{said.kept}</b> {said.groups[group].kept}
                </span>
              </Fact>
            ))}
        </Summary>
        <p>
          {said.rights} <a href={`mailto:${officer}`}>{officer}</a>. <a href={paths.privacy}>{said.privacy}</a>
        </p>
      </section>
    </AccountShell>
  );
}
