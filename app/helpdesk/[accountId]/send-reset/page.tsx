// The question before a letter that leads to a password reset.
import { notFound } from 'next/navigation';
import { judgeApart } from '#lib/helpdesk/acts/rules';
import { problemSentence, words } from '#lib/language/language';
import { titleOf } from '#ui/title';
import { actPath, backToCardPath } from '../../../paths';
import { portal } from '../../../portal';
import { requireAgentBeforeForm } from '../../../session';
import { ActForm } from '../act-form';
import { ActHeading, ActPage, lookAt, NoAct } from '../act-page';
import { sendResetLetter } from '../actions';

export default async function SendResetPage({ params }: { params: Promise<{ accountId: string }> }) {
  const { accountId: account } = await params;
  const { agent, stale } = await requireAgentBeforeForm('send-reset', actPath(account, 'send-reset'));
  const running = await portal();
  const spoken = agent.visitor.language;
  const said = words(spoken).helpdeskActs;
  const { heading, lead, noticed, apart, submit } = said['send-reset'];
  const seen = stale ? null : await lookAt(running, agent, 'send-reset', account);
  if (!stale && !seen) notFound();
  if (seen) {
    const retryAt = judgeApart('send-reset', agent.role, seen.lastGiven, running.now(), running.settings.policy.helpdesk.apart);
    const code = seen.refusal ?? (seen.status === 'active' ? (retryAt === null ? null : 'reset-after-pass') : 'account-closed');
    const why = code && problemSentence({ code, ...(retryAt !== null && { retryAt }) }, spoken);
    if (why) return <NoAct agent={agent} account={account} seen={seen} heading={said.names['send-reset']} why={why} />;
  }
  return (
    <ActPage agent={agent} account={account}>
      <ActForm
        action={sendResetLetter}
        title={await titleOf(said.names['send-reset'], 'helpdesk')}
        heading={
          <ActHeading agent={agent} seen={seen} heading={heading} lead={lead} noticed={noticed}>
            <p>{apart}</p>
          </ActHeading>
        }
        hidden={{ account }}
        words={said.form}
        submit={submit}
        cancelHref={backToCardPath(account)}
      />
    </ActPage>
  );
}
