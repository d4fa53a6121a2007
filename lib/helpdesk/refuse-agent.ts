// Somebody came to a page or an act of the console that their role does not open: it is written down, and nothing else happens.
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import type { Member } from '../visitor.ts';
import type { HelpdeskAction } from './rules.ts';

export async function refuseAgent(portal: Portal, member: Member, action: HelpdeskAction): Promise<void> {
  const { accountId } = member;
  await portal.store.unit(accountId, (tx) =>
    recordEvent(tx, portal.now(), member, { type: 'helpdesk-refused', accountId: null, actor: accountId, data: { action, why: 'not-your-role' } }),
  );
}
