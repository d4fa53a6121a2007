// Tells an account's owner what happened, with a link to say « Ce n’était pas moi »: the one way for any act to send a notice (SEC-44).
import { findAccountRow } from '#db/accounts';
import { insertDisavowal } from '#db/disavowals';
import type { Script, Tx } from '#db/unit';
import { readLanguage } from '../accounts/facts.ts';
import { type By, type RecordedEvent, visitorOf } from '../audit/record-event.ts';
import { disavowalLifetime, disavowalOf, notMeFolder } from '../disavowal/rules.ts';
import { newId } from '../ids.ts';
import { isLanguage } from '../language/language.ts';
import type { Portal } from '../portal.ts';
import { digest, randomToken } from '../secrets.ts';
import { type Happened, noticeLifetime, noticeMessage } from './messages.ts';
import { queueMail } from './outbox.ts';

/**
 * In the unit of work that did it. Goes to the account's own address, in the person's own language, else in that of the browser, or of
 * their last one where another's did it. The
 * link is made where the event can be disowned (lib/disavowal/rules.ts), once a notice; only its hash is kept (SEC-53).
 * @param now epoch milliseconds. @param by whose browser it came from
 * @param event as `recordEvent` gave it back
 * @param later the letter's id in the outbox, and when it is to leave: epoch milliseconds
 * @param to instead of the account's own address: the one that it had
 */
export function* queueNotice(
  portal: Pick<Portal, 'secrets' | 'settings' | 'networks'>,
  tx: Tx,
  now: number,
  by: By,
  accountId: string,
  event: RecordedEvent,
  happened: Happened,
  later?: { readonly id: string; readonly at: number },
  to?: string,
): Script<void> {
  const account = yield* findAccountRow(tx, accountId);
  if (!account) throw new Error('A notice to an account that is not there');
  // Where an agent sits is not theirs to know.
  const visitor = 'agentId' in by ? null : visitorOf(by);
  const language = isLanguage(account.language) ? account.language : (visitor?.language ?? (yield* readLanguage(tx, account)));
  const disavowal = disavowalOf(event.type);
  const token = randomToken(256);
  if (disavowal) {
    const expiresAt = (later?.at ?? now) + disavowalLifetime;
    yield* insertDisavowal(tx, { id: digest(token), accountId, eventId: event.id, createdAt: now, expiresAt, usedAt: null });
  }
  const notMe = disavowal && { link: `${portal.settings.origin}${notMeFolder}/${token}`, takes: disavowal.takes[0] ?? null };
  yield* queueMail(portal, tx, now, {
    id: later?.id ?? newId(),
    accountId,
    to: to ?? account.address,
    kind: happened.kind,
    message: noticeMessage(portal.settings, language, {
      ...happened,
      at: now,
      userAgent: visitor?.userAgent ?? null,
      place: portal.networks.nameOf(visitor?.network ?? null, language),
      notMe,
    }),
    uselessAt: (later?.at ?? now) + noticeLifetime,
    ...(later && { dueAt: later.at }),
  });
}
