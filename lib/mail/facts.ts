// What became of a person's messages.
import { findLatestMessage, listFailingMessages } from '#db/outbox';
import type { Portal } from '../portal.ts';

/**
 * Where an account's newest e-mail code is: about to leave; waiting, because the mail server doesn't answer; or gone from here
 * (taken by the server, or refused by it for good, which trying again can't mend).
 */
export type MailState = 'leaving' | 'waiting' | 'left';

export async function mailState(portal: Pick<Portal, 'store'>, accountId: string): Promise<MailState> {
  const row = await portal.store.read((tx) => findLatestMessage(tx, accountId, 'code'));
  if (!row || row.dueAt === null) return 'left';
  return row.failure === null ? 'leaving' : 'waiting';
}

/**
 * Whether e-mail codes can't leave at the moment, whoever they are for: what may be told on a page that must not tell whether its address
 * is anybody's. A server that refuses one message with a reply (RFC 5321 §4.2) is not silent.
 */
export const isMailServerSilent = (portal: Pick<Portal, 'store'>): Promise<boolean> =>
  portal.store.read(function* (tx) {
    const failing = yield* listFailingMessages(tx, 'code', 20);
    return failing.some(({ failure }) => failure !== null && !/\b[45]\d\d[ -]/.test(failure));
  });
