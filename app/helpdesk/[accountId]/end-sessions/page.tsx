// The question before sessions end: which, and why.
import { notFound } from 'next/navigation';
import { problemSentence, words } from '#lib/language/language';
import { listBrowsersOf } from '#lib/sessions/open-sessions';
import { titleOf } from '#ui/title';
import { actPath, backToCardPath } from '../../../paths';
import { portal } from '../../../portal';
import { requireAgentBeforeForm } from '../../../session';
import { ActHeading, ActPage, lookAt, NoAct } from '../act-page';
import { endTheirSessions } from '../actions';
import { EndSessionsForm } from './form';

export default async function EndSessionsPage({ params }: { params: Promise<{ accountId: string }> }) {
  const { accountId: account } = await params;
  const { agent, stale } = await requireAgentBeforeForm('end-sessions', actPath(account, 'end-sessions'));
  const running = await portal();
  const spoken = agent.visitor.language;
  const said = words(spoken).helpdeskActs;
  const { heading, lead, noticed, submit, ...list } = said['end-sessions'];
  const seen = stale ? null : await lookAt(running, agent, 'end-sessions', account);
  if (!stale && !seen) notFound();
  const browsers = stale ? [] : await listBrowsersOf(running, account, null);
  const code = seen && (seen.refusal ?? (browsers.length === 0 ? 'no-session' : null));
  if (seen && code)
    return <NoAct agent={agent} account={account} seen={seen} heading={said.names['end-sessions']} why={problemSentence({ code }, spoken)} />;
  return (
    <ActPage agent={agent} account={account}>
      <EndSessionsForm
        action={endTheirSessions}
        title={await titleOf(said.names['end-sessions'], 'helpdesk')}
        heading={<ActHeading agent={agent} seen={seen} heading={heading} lead={lead} noticed={noticed} />}
        hidden={{ account }}
        words={said.form}
        submit={submit}
        cancelHref={backToCardPath(account)}
        legend={list.legend}
        choices={[
          ...(stale ? [] : [{ value: 'all', title: list.all, hint: list.allHint(browsers.length) }]),
          ...browsers.map(({ id, browser, network, seenAt }) => ({
            value: id,
            title: browser ? list.browser(browser.browser, browser.system) : list.unknownBrowser,
            // By name only: where somebody sits is not the agent's to know (SEC-74).
            hint: [list.seen(seenAt), running.networks.nameOf(network, spoken)].filter(Boolean).join(' · '),
          })),
        ]}
      />
    </ActPage>
  );
}
