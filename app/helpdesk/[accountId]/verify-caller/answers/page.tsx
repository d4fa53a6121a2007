// Two secret questions: the caller dictates, the agent types, the portal compares both where nobody looks.
import { redirect } from 'next/navigation';
import { callerQuestions } from '#lib/helpdesk/verify-caller/facts';
import { words } from '#lib/language/language';
import { titleOf } from '#ui/title';
import { backToCardPath, verifyCallerByPath, verifyCallerPath } from '../../../../paths';
import { portal } from '../../../../portal';
import { requireAgentBeforeForm } from '../../../../session';
import { compareAnswers } from '../actions';
import { CallerPage, callerOf } from '../caller-page';
import { CallerAnswersForm } from './form';

export default async function CallerAnswersPage({ params }: { params: Promise<{ accountId: string }> }) {
  const { accountId } = await params;
  const { agent, stale } = await requireAgentBeforeForm('verify-caller', verifyCallerByPath(accountId, 'answers'));
  const seen = stale ? null : await callerOf(agent, accountId);
  const asked = stale ? null : await callerQuestions(await portal(), agent, accountId);
  if (!asked && !stale) redirect(verifyCallerPath(accountId));
  const { helpdeskCard, questions } = words(agent.visitor.language);
  const { answers, other, toCard } = helpdeskCard.verifyCaller;
  return (
    <CallerPage agent={agent} back={verifyCallerPath(accountId)}>
      <CallerAnswersForm
        action={compareAnswers}
        account={accountId}
        title={await titleOf(answers.title(seen?.name ?? ''), 'helpdesk')}
        words={{ heading: answers.heading, lead: answers.lead(seen?.name ?? ''), submit: answers.submit }}
        questions={(asked ?? []).map((key) => questions[key])}
        ways={[
          { href: verifyCallerPath(accountId), name: other },
          { href: backToCardPath(accountId), name: toCard },
        ]}
      />
    </CallerPage>
  );
}
