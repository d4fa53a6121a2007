// Challenges: what a browser's authenticator signs, so that an answer works once, in one place, for five minutes (SEC-30).
import { type ChallengeRow, insertChallenge, takeChallenge } from '#db/challenges';
import type { Script, Tx } from '#db/unit';
import type { Portal } from '../../portal.ts';
import { digest, randomToken } from '../../secrets.ts';
import { challengeBits, challengeLifetime } from './rules.ts';

/** Where a challenge is given and must be answered. */
export interface Place {
  readonly purpose: ChallengeRow['purpose'];
  /** The interaction's uid, or the id of the portal session or the password reset. */
  readonly place: string;
  /** Who is asked; null while nobody is known. */
  readonly accountId: string | null;
}

export const newChallenge = () => randomToken(challengeBits);

/** @param challenge from `newChallenge`, made outside the unit. @param now epoch milliseconds */
export const giveChallenge = (tx: Tx, now: number, challenge: string, where: Place): Script<void> =>
  insertChallenge(tx, { id: digest(challenge), ...where, expiresAt: now + challengeLifetime });

/** Spends it, whatever becomes of the answer. @returns whether it was given here, to this person, and not answered yet */
export async function spendChallenge({ store, now }: Pick<Portal, 'store' | 'now'>, challenge: string, where: Place): Promise<boolean> {
  const id = digest(challenge);
  const { purpose, place, accountId } = where;
  const row = await store.unit(`challenge:${id}`, (tx) => takeChallenge(tx, { id, purpose, place }, now()));
  return row !== null && row.accountId === accountId;
}
