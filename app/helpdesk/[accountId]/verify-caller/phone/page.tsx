// A question to the caller's telephone: the agent reads a number out, the caller types it there.
import { askablePhones } from '#lib/factors/phone/facts';
import { callerRequestOnScreen } from '#lib/helpdesk/verify-caller/facts';
import { words } from '#lib/language/language';
import { titleOf } from '#ui/title';
import { backToCardPath, callerStatePath, verifyCallerByPath, verifyCallerPath } from '../../../../paths';
import { phoneRequestPage } from '../../../../phone-request';
import { portal } from '../../../../portal';
import { requireAgentBeforeForm } from '../../../../session';
import { ask, takeAnswerOfPhone } from '../actions';
import { CallerPage, callerOf } from '../caller-page';
import { CallerPhone } from './form';

export default async function CallerPhonePage({ params }: { params: Promise<{ accountId: string }> }) {
  const { accountId } = await params;
  const here = verifyCallerByPath(accountId, 'phone');
  const { agent, stale } = await requireAgentBeforeForm('verify-caller', here);
  const name = stale ? '' : (await callerOf(agent, accountId)).name;
  const running = await portal();
  const { names, suspended } = stale ? { names: [], suspended: false } : await askablePhones(running, accountId);
  const request = stale ? null : await callerRequestOnScreen(running, agent, accountId);
  const page = phoneRequestPage(running, agent.visitor, names, request);
  const { lead, left, until, title, heading, headingBefore, ...said } = words(agent.visitor.language).helpdeskCard.verifyCaller.phone;
  const waits = request?.status === 'pending';
  const { other, toCard } = words(agent.visitor.language).helpdeskCard.verifyCaller;
  return (
    <CallerPage agent={agent} back={verifyCallerPath(accountId)}>
      <CallerPhone
        stale={stale}
        request={page.request}
        words={{
          ...page.words,
          ...said,
          title: waits ? heading : headingBefore,
          lead: lead(names, name),
          left: { one: left(1), several: left(2) },
          until: until(request?.expiresAt ?? 0),
        }}
        ask={ask}
        goOn={takeAnswerOfPhone}
        watch={callerStatePath(accountId)}
        here={here}
        fields={{ account: accountId, method: 'phone' }}
        title={await titleOf(title(name), 'helpdesk')}
        suspended={suspended}
        ways={[
          { href: verifyCallerPath(accountId), name: other },
          { href: backToCardPath(accountId), name: toCard },
        ]}
      />
    </CallerPage>
  );
}
