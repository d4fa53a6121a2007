// What became of a person's messages.
import { findLatestMessage } from '#db/outbox';
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
