// Who calls? Three ways to make sure, with what to say, before anything is done for them.
import { callerChoices } from '#lib/helpdesk/verify-caller/facts';
import { words } from '#lib/language/language';
import { titleOf } from '#ui/title';
import { backToCardPath, verifyCallerPath } from '../../../paths';
import { portal } from '../../../portal';
import { requireAgent } from '../../../session';
import { ask } from './actions';
import { CallerPage, callerOf } from './caller-page';
import { ChooseMethod } from './choose-method';

export default async function VerifyCallerPage({ params }: { params: Promise<{ accountId: string }> }) {
  const { accountId } = await params;
  const agent = await requireAgent('verify-caller', verifyCallerPath(accountId));
  const { name, address } = await callerOf(agent, accountId);
  const { methods, answersFrom } = await callerChoices(await portal(), agent, accountId);
  const said = words(agent.visitor.language).helpdeskCard.verifyCaller;
  return (
    <CallerPage agent={agent} back={backToCardPath(accountId)}>
      <ChooseMethod
        action={ask}
        account={accountId}
        title={await titleOf(said.title, 'helpdesk')}
        heading={
          <>
            <h1>{said.heading(name)}</h1>
            <p className="lead">
              {said.lead} <span className="hint">{address}</span>
            </p>
          </>
        }
        rules={said.rules}
        say={said.say}
        methods={methods.map(({ method, why }) => ({
          method,
          ...said.methods[method],
          why: why === null ? null : why === 'answers-closed' && answersFrom !== null ? said.answersFrom(answersFrom) : said.unavailable[why],
        }))}
      />
    </CallerPage>
  );
}
