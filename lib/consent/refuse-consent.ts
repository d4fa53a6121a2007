// Records that a person keeps their information to themselves. What they agreed to earlier stands until they withdraw it.
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import type { MemberFlow } from '../visitor.ts';

export async function refuseConsent(portal: Portal, flow: MemberFlow): Promise<void> {
  const { accountId, application } = flow;
  const now = portal.now();
  await portal.store.unit(accountId, (tx) =>
    recordEvent(tx, now, flow, { type: 'consent-refused', accountId, data: { application: application.id } }),
  );
}
