// What happened, and what « Ce n’était pas moi » would do about it: the same before a link's button and in the account.
import type { Reported } from '#lib/disavowal/facts';
import { type Language, words } from '#lib/language/language';
import { Fact, Summary } from '#ui/rows';

/** @param here whether it is said in an open session, which may go on */
export function ReportedEvent({ event, here, language }: { event: Reported; here: boolean; language: Language }) {
  const { notMe: said, account } = words(language);
  const { going } = event;
  const { effect } = said;
  return (
    <>
      <Summary>
        <Fact name={said.what}>{account.activity.events[event.type]({ application: event.application, factor: event.factor })}</Fact>
        <Fact name={said.when}>{said.moment(event.at)}</Fact>
        {event.browser && <Fact name={said.where}>{said.browser(event.browser)}</Fact>}
        <Fact name={said.account}>{event.address}</Fact>
      </Summary>
      <section aria-labelledby="effect">
        <h2 id="effect">{said.effectTitle}</h2>
        {going.factors.length > 0 && <p>{effect.factors(going.factors)}</p>}
        {going.recoveryCodes && <p>{effect.recoveryCodes}</p>}
        {going.answers && <p>{effect.answers}</p>}
        {going.password && <p>{effect.password}</p>}
        {going.consent && <p>{effect.consent(going.consent)}</p>}
        <p>{here ? (event.staysSignedIn ? effect.otherSessions : effect.allSessionsHere) : effect.allSessions}</p>
        <p>{going.factors.length > 0 || going.password ? effect.helpdesk : effect.helpdeskTold}</p>
      </section>
    </>
  );
}

/** It was disowned before. */
export function AlreadyReported({ caseNumber, language }: { caseNumber: string; language: Language }) {
  const { already, done } = words(language).notMe;
  return (
    <>
      <h1>{already.title}</h1>
      <p className="lead">{already.lead}</p>
      <Summary>
        <Fact name={done.caseNumber}>{caseNumber}</Fact>
      </Summary>
    </>
  );
}
