// Proves a passkey again inside a session, in place of a code: what a change of a credential asks for.
import { type AssertProblem, acceptPasskey, ask, listUsablePasskeys, readPasskey } from '../factors/passkey/assert.ts';
import { newChallenge } from '../factors/passkey/challenge.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Member } from '../visitor.ts';

const placeOf = ({ sessionId, accountId }: Member) => ({ purpose: 'confirm', place: sessionId, accountId }) as const;

/** @returns the question for the browser's authenticator, as JSON; `expired-page` when this person has no passkey that proves anything */
export async function askToProvePasskey(portal: Portal, member: Member): Promise<Result<string, 'expired-page'>> {
  const now = portal.now();
  const challenge = newChallenge();
  const question = await portal.store.unit(member.accountId, function* (tx) {
    if ((yield* listUsablePasskeys(tx, member.accountId)).length === 0) return null;
    return yield* ask(portal, tx, now, placeOf(member), challenge);
  });
  return question === null ? refused({ code: 'expired-page' }) : done(await question());
}

/** @param input `credential`: what the browser's authenticator gave, as JSON. With or without user verification it is one factor (SEC-36). */
export async function provePasskeyAgain(
  portal: Portal,
  member: Member,
  input: { readonly credential: string },
): Promise<Result<'factor', AssertProblem>> {
  const read = await readPasskey(portal, member, placeOf(member), input.credential);
  if (!read.ok) return read;
  const now = portal.now();
  const accepted = await portal.store.unit(member.accountId, (tx) => acceptPasskey(tx, now, member, read.value));
  return accepted.ok ? done('factor') : accepted;
}
