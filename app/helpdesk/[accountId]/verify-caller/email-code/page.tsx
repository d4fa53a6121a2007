// The code in the caller's mailbox: they read it out, the agent types it.
import { redirect } from 'next/navigation';
import { callerCodeOnScreen } from '#lib/helpdesk/verify-caller/facts';
import { words } from '#lib/language/language';
import { titleOf } from '#ui/title';
import { backToCardPath, verifyCallerByPath, verifyCallerPath } from '../../../../paths';
import { portal } from '../../../../portal';
import { requireAgentBeforeForm } from '../../../../session';
import { ask, compareCode } from '../actions';
import { CallerPage, callerOf } from '../caller-page';
import { CallerCodeForm } from './form';

export default async function CallerCodePage({ params }: { params: Promise<{ accountId: string }> }) {
  const { accountId } = await params;
  const { agent, stale } = await requireAgentBeforeForm('verify-caller', verifyCallerByPath(accountId, 'email-code'));
  const seen = stale ? null : await callerOf(agent, accountId);
  const sent = stale ? null : await callerCodeOnScreen(await portal(), agent, accountId);
  if (!sent && !stale) redirect(verifyCallerPath(accountId));
  const { verifyCaller: said } = words(agent.visitor.language).helpdeskCard;
  const { code } = said;
  return (
    <CallerPage agent={agent} back={verifyCallerPath(accountId)}>
      <CallerCodeForm
        compare={compareCode}
        again={ask}
        account={accountId}
        title={await titleOf(code.title(seen?.name ?? ''), 'helpdesk')}
        lead={seen ? code.lead(seen.name, seen.address) : ''}
        validity={sent ? code.validUntil(sent.expiresAt) : ''}
        words={{ heading: code.heading, code: code.code, submit: code.submit, again: code.again, late: code.late, lateLead: code.lateLead }}
        ways={[
          { href: verifyCallerPath(accountId), name: said.other },
          { href: backToCardPath(accountId), name: said.toCard },
        ]}
      />
    </CallerPage>
  );
}
