// The question before a colleague is asked to agree to the removal of a factor.
import { notFound } from 'next/navigation';
import { problemSentence, words } from '#lib/language/language';
import { Fact, Summary } from '#ui/rows';
import { titleOf } from '#ui/title';
import { askRemovalPath, backToCardPath } from '../../../../paths';
import { portal } from '../../../../portal';
import { requireAgentBeforeForm } from '../../../../session';
import { ActForm } from '../../act-form';
import { ActHeading, ActPage, lookAt, NoAct } from '../../act-page';
import { askFactorRemoval } from '../../actions';

export default async function AskRemovalPage({ params }: { params: Promise<{ accountId: string; factorId: string }> }) {
  const { accountId: account, factorId } = await params;
  const { agent, stale } = await requireAgentBeforeForm('ask-removal', askRemovalPath(account, factorId));
  const running = await portal();
  const spoken = agent.visitor.language;
  const { names, form, removals, 'ask-removal': said } = words(spoken).helpdeskActs;
  const seen = stale ? null : await lookAt(running, agent, 'ask-removal', account);
  if (!stale && !seen) notFound();
  const factor = seen?.factors.find(({ id }) => id === factorId);
  const code = seen && (seen.refusal ?? (factor ? (factor.mayGo ? null : 'only-factor') : 'factor-removed'));
  if (seen && code)
    return <NoAct agent={agent} account={account} seen={seen} heading={names['ask-removal']} why={problemSentence({ code }, spoken)} />;
  return (
    <ActPage agent={agent} account={account}>
      <ActForm
        action={askFactorRemoval}
        title={await titleOf(names['ask-removal'], 'helpdesk')}
        heading={
          <ActHeading
            agent={agent}
            seen={seen}
            heading={factor ? said.heading(factor.name) : names['ask-removal']}
            lead={said.lead}
            noticed={said.noticed}
          >
            {factor && (
              <Summary>
                <Fact name={removals.decide.facts.factor}>
                  {factor.name}, {removals.decide.kinds[factor.kind]}
                  <span className="hint">
                    {said.added(factor.createdAt)} · {said.used(factor.lastUsedAt)}
                  </span>
                </Fact>
              </Summary>
            )}
          </ActHeading>
        }
        hidden={{ account, factor: factorId }}
        words={form}
        submit={said.submit}
        danger
        cancelHref={backToCardPath(account)}
      />
    </ActPage>
  );
}
