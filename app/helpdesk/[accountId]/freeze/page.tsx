// The question before an act: an account that nobody may use until the helpdesk opens it again.
import { notFound } from 'next/navigation';
import { problemSentence, words } from '#lib/language/language';
import { titleOf } from '#ui/title';
import { actPath, backToCardPath } from '../../../paths';
import { portal } from '../../../portal';
import { requireAgentBeforeForm } from '../../../session';
import { ActForm } from '../act-form';
import { ActHeading, ActPage, lookAt, NoAct } from '../act-page';
import { freezeAccount } from '../actions';

export default async function FreezePage({ params }: { params: Promise<{ accountId: string }> }) {
  const { accountId: account } = await params;
  const { agent, stale } = await requireAgentBeforeForm('freeze', actPath(account, 'freeze'));
  const running = await portal();
  const spoken = agent.visitor.language;
  const said = words(spoken).helpdeskActs;
  const { heading, lead, noticed, submit } = said.freeze;
  const seen = stale ? null : await lookAt(running, agent, 'freeze', account);
  if (!stale && !seen) notFound();
  const why = seen && (seen.refusal ?? (seen.status !== 'active' ? 'account-closed' : null));
  if (seen && why)
    return <NoAct agent={agent} account={account} seen={seen} heading={said.names.freeze} why={problemSentence({ code: why }, spoken)} />;
  return (
    <ActPage agent={agent} account={account}>
      <ActForm
        action={freezeAccount}
        title={await titleOf(said.names.freeze, 'helpdesk')}
        heading={<ActHeading agent={agent} seen={seen} heading={heading} lead={lead} noticed={noticed} />}
        hidden={{ account }}
        words={said.form}
        submit={submit}
        danger
        cancelHref={backToCardPath(account)}
      />
    </ActPage>
  );
}
