// Tells the owner that somebody gave the right password and then failed the second step: once a day at most (SEC-10; ASVS 6.3.5).
import { listEvents } from '#db/events';
import { findLatestMessage } from '#db/outbox';
import type { Script, Tx } from '#db/unit';
import { isEventType } from '../audit/events.ts';
import { days } from '../duration.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import type { Portal } from '../portal.ts';
import type { Flow } from '../visitor.ts';

const kind = 'second-factor-failed';

/** After the failure was recorded, in the same unit: the newest event is what the notice is about. @param now epoch milliseconds */
export function* warnOwner(
  portal: Pick<Portal, 'secrets' | 'settings' | 'networks'>,
  tx: Tx,
  now: number,
  flow: Flow,
  { accountId }: { readonly accountId: string },
): Script<void> {
  const latest = yield* findLatestMessage(tx, accountId, kind);
  if (latest && latest.createdAt > now - days(1)) return;
  const [failed] = yield* listEvents(tx, accountId, 1);
  if (failed && isEventType(failed.type)) yield* queueNotice(portal, tx, now, flow, accountId, { id: failed.id, type: failed.type }, { kind });
}
