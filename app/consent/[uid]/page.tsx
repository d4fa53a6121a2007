// What an application asks to read, with the very values, and two answers of equal weight.

import { findAccount } from '#lib/accounts/facts';
import type { Affiliation } from '#lib/accounts/rules';
import { claimsToShow, type ShownClaim } from '#lib/consent/rules';
import { days } from '#lib/duration';
import { words } from '#lib/language/language';
import { claimsOf } from '#lib/oidc/claims';
import { Button, pairClass } from '#ui/button';
import { GoingTo } from '#ui/margin';
import { Fact, Summary } from '#ui/rows';
import { Shell } from '#ui/shell';
import { Title } from '#ui/title';
import { consentPlace } from '../../interaction';
import { paths } from '../../paths';
import { answerConsent } from './actions';

export default async function ConsentPage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { portal, flow, details } = await consentPlace(uid);
  const account = await findAccount(portal, flow.accountId);
  if (!account) throw new Error('Consent asked of an account that is not there');
  const { consent, claims, affiliations } = words(flow.visitor.language);
  const values = claimsOf(account);
  const shownValue = (claim: ShownClaim) =>
    claim === 'eduperson_affiliation' ? values[claim].map((value) => affiliations[value as Affiliation] ?? value).join(', ') : values[claim];
  const shown = claimsToShow(details.scopes);
  const { name } = flow.application;
  return (
    <Shell margin={<GoingTo application={flow.application} />}>
      <Title page={consent.title(name)} />
      <h1>{shown.length === 0 ? consent.headingNothing(name) : consent.heading(name, shown.length)}</h1>
      <p className="lead">{shown.length === 0 ? consent.leadNothing : consent.lead}</p>
      <Summary>
        {shown.map((claim) => (
          <Fact name={claims[claim]} key={claim}>
            {shownValue(claim)}
          </Fact>
        ))}
      </Summary>
      <p>
        {consent.duration(portal.settings.policy.consent / days(1))} <a href={paths.account}>{consent.place}</a>. {consent.ifRefused(name)}
      </p>
      <form action={answerConsent.bind(null, uid)} className={pairClass}>
        <Button kind="secondary" name="answer" value="allow">
          {consent.form.allow}
        </Button>
        <Button kind="secondary" name="answer" value="refuse">
          {consent.form.refuse}
        </Button>
      </form>
    </Shell>
  );
}
