// The question before a pass; its answer shows it, once.
import { notFound } from 'next/navigation';
import { judgeApart } from '#lib/helpdesk/acts/rules';
import { problemSentence, words } from '#lib/language/language';
import { randomToken } from '#lib/secrets';
import { FreshPage } from '#ui/fresh-page';
import { titleOf } from '#ui/title';
import { actPath, backToCardPath } from '../../../paths';
import { portal } from '../../../portal';
import { requireAgentBeforeForm } from '../../../session';
import { ActHeading, ActPage, lookAt, NoAct, Subject } from '../act-page';
import { giveNewPass } from '../actions';
import { PassForm } from './form';

export default async function GivePassPage({ params }: { params: Promise<{ accountId: string }> }) {
  const { accountId: account } = await params;
  const { agent, stale } = await requireAgentBeforeForm('give-pass', actPath(account, 'give-pass'));
  const running = await portal();
  const spoken = agent.visitor.language;
  const said = words(spoken).helpdeskActs;
  const { heading, lead, noticed, once, apart, submit, shown, spelling } = said['give-pass'];
  const seen = stale ? null : await lookAt(running, agent, 'give-pass', account);
  if (!stale && !seen) notFound();
  if (seen) {
    const retryAt = judgeApart('give-pass', agent.role, seen.lastGiven, running.now(), running.settings.policy.helpdesk.apart);
    const state = seen.status !== 'active' ? 'account-closed' : seen.factors.length === 0 ? 'nothing-to-replace' : null;
    const code = seen.refusal ?? state ?? (retryAt === null ? null : 'pass-after-reset');
    const why = code && problemSentence({ code, ...(retryAt !== null && { retryAt }) }, spoken);
    if (why) return <NoAct agent={agent} account={account} seen={seen} heading={said.names['give-pass']} why={why} />;
  }
  return (
    <ActPage agent={agent} account={account}>
      <FreshPage />
      <PassForm
        action={giveNewPass}
        title={await titleOf(said.names['give-pass'], 'helpdesk')}
        shownTitle={await titleOf(shown.title, 'helpdesk')}
        heading={
          <ActHeading agent={agent} seen={seen} heading={heading} lead={lead} noticed={noticed}>
            <p>
              {once} {apart}
            </p>
          </ActHeading>
        }
        hidden={{ account, once: randomToken(128) }}
        words={said.form}
        submit={submit}
        shown={shown}
        spelling={spelling}
        cancelHref={backToCardPath(account)}
        subject={seen && <Subject seen={seen} />}
      />
    </ActPage>
  );
}
