// The question before an act: a frozen account, to be opened again.
import { notFound } from 'next/navigation';
import { problemSentence, words } from '#lib/language/language';
import { titleOf } from '#ui/title';
import { actPath, backToCardPath } from '../../../paths';
import { portal } from '../../../portal';
import { requireAgentBeforeForm } from '../../../session';
import { ActForm } from '../act-form';
import { ActHeading, ActPage, lookAt, NoAct } from '../act-page';
import { unfreezeAccount } from '../actions';

export default async function UnfreezePage({ params }: { params: Promise<{ accountId: string }> }) {
  const { accountId: account } = await params;
  const { agent, stale } = await requireAgentBeforeForm('unfreeze', actPath(account, 'unfreeze'));
  const running = await portal();
  const spoken = agent.visitor.language;
  const said = words(spoken).helpdeskActs;
  const { heading, lead, noticed, submit } = said.unfreeze;
  const seen = stale ? null : await lookAt(running, agent, 'unfreeze', account);
  if (!stale && !seen) notFound();
  const why = seen && (seen.refusal ?? (seen.status === 'disabled' ? 'account-disabled' : null));
  if (seen && why)
    return <NoAct agent={agent} account={account} seen={seen} heading={said.names.unfreeze} why={problemSentence({ code: why }, spoken)} />;
  if (seen?.status === 'active')
    return <NoAct agent={agent} account={account} seen={seen} heading={said.names.unfreeze} why={problemSentence({ code: 'not-frozen' }, spoken)} />;
  return (
    <ActPage agent={agent} account={account}>
      <ActForm
        action={unfreezeAccount}
        title={await titleOf(said.names.unfreeze, 'helpdesk')}
        heading={<ActHeading agent={agent} seen={seen} heading={heading} lead={lead} noticed={noticed} />}
        hidden={{ account }}
        words={said.form}
        submit={submit}
        cancelHref={backToCardPath(account)}
      />
    </ActPage>
  );
}
