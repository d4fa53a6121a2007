// The applications that read something of this person: what, since when, and the way to withdraw.
import { listConsents } from '#lib/consent/facts';
import { claimsToShow } from '#lib/consent/rules';
import { words } from '#lib/language/language';
import { Item, Rows } from '#ui/rows';
import { AccountShell } from '#ui/shell';
import { Title } from '#ui/title';
import { Empty } from '#ui/waiting';
import { paths, withdrawPath } from '../../paths';
import { portal } from '../../portal';
import { requireMember } from '../../session';
import { AccountMargin } from '../margin';

export default async function ApplicationsPage() {
  const member = await requireMember(paths.applications);
  const consents = await listConsents(await portal(), member.accountId);
  const spoken = words(member.visitor.language);
  const { home, places, label } = spoken.account;
  return (
    <AccountShell label={label} margin={<AccountMargin member={member} current="applications" />}>
      <Title page={places.applications} />
      <h1>{places.applications}</h1>
      {consents.length === 0 ? (
        <Empty>{home.noApplications}</Empty>
      ) : (
        <>
          <p className="lead">{home.applicationsLead}</p>
          <Rows>
            {consents.map((consent) => (
              <Item
                key={consent.applicationId}
                icon="shield"
                name={consent.name}
                lines={[
                  home.reads(claimsToShow(consent.scopes).map((claim) => spoken.claims[claim])),
                  home.agreed(consent.givenAt, consent.expiresAt),
                  home.used(consent.lastUsedAt),
                ]}
                action={
                  <a href={withdrawPath(consent.applicationId)}>
                    {home.withdraw}
                    <span className="vh"> {consent.name}</span>
                  </a>
                }
              />
            ))}
          </Rows>
        </>
      )}
    </AccountShell>
  );
}
