// Tells the owner that somebody gave the right password and then failed the second step: once a day at most (SEC-10; ASVS 6.3.5).
import { findLatestMessage } from '#db/outbox';
import type { Script, Tx } from '#db/unit';
import { days } from '../duration.ts';
import { noticeLifetime, noticeMessage } from '../mail/messages.ts';
import { queueMail } from '../mail/outbox.ts';
import type { Portal } from '../portal.ts';
import type { Flow } from '../visitor.ts';

const kind = 'second-factor-failed';

/** @param letterId made outside the unit. @param now epoch milliseconds */
export function* warnOwner(
  portal: Pick<Portal, 'secrets' | 'settings'>,
  tx: Tx,
  now: number,
  flow: Flow,
  owner: { readonly accountId: string; readonly address: string },
  letterId: string,
): Script<void> {
  const latest = yield* findLatestMessage(tx, owner.accountId, kind);
  if (latest && latest.createdAt > now - days(1)) return;
  const message = noticeMessage(portal.settings, flow.visitor.language, { kind, at: now, userAgent: flow.visitor.userAgent });
  yield* queueMail(portal, tx, now, { id: letterId, accountId: owner.accountId, to: owner.address, kind, message, uselessAt: now + noticeLifetime });
}
