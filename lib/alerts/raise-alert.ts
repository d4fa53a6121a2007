// Tells the helpdesk of something that is no single account's, by one letter an hour: an event of the audit log, which is also a line of the log
// and a figure of the metrics.

import { insertEvent } from '#db/events';
import { type AlertKind, tryAlert } from '#db/failures';
import type { Script, Tx } from '#db/unit';
import { hours } from '../duration.ts';
import { newId } from '../ids.ts';
import { alertMessage, noticeLifetime } from '../mail/messages.ts';
import { queueMail } from '../mail/outbox.ts';
import type { Portal } from '../portal.ts';

/** Between two letters about the same. */
const between = hours(1);

/**
 * @param now epoch milliseconds. @param figure how many there were; of a clock: by how many seconds it is ahead
 * @param truly what time it is where `now` is known to be wrong: an hour is counted from it
 * @returns whether it was told just now, by this call alone of all nodes
 */
export function* raiseAlert(
  portal: Pick<Portal, 'secrets' | 'settings'>,
  tx: Tx,
  now: number,
  kind: AlertKind,
  figure: number,
  truly = now,
): Script<boolean> {
  if (!(yield* tryAlert(tx, kind, truly, truly - between))) return false;
  const nobody = { accountId: null, actor: null, flow: null, network: null, browser: null };
  yield* insertEvent(tx, { ...nobody, id: newId(), at: now, type: 'alert-raised', data: { kind, figure } });
  yield* queueMail(portal, tx, now, {
    id: newId(),
    accountId: null,
    to: portal.settings.helpdesk.email,
    kind: 'alert',
    message: alertMessage(portal.settings, { kind, figure, at: now }),
    uselessAt: now + noticeLifetime,
  });
  return true;
}
