// Somebody came to a page or an act of the console that their role does not open: it is written down, and nothing else happens.
import { recordUpTo } from '../audit/record-up-to.ts';
import type { Portal } from '../portal.ts';
import type { Member } from '../visitor.ts';
import type { HelpdeskAction } from './rules.ts';

/** One event a knock, as many as `recordUpTo` writes. Changes nothing else. */
export async function refuseAgent(portal: Portal, member: Member, action: HelpdeskAction): Promise<void> {
  const { accountId } = member;
  const data = { action, why: 'not-your-role' };
  await portal.store.unit(accountId, (tx) =>
    recordUpTo(tx, portal.now(), member, { type: 'helpdesk-refused', accountId: null, actor: accountId, data }),
  );
}
