// Proves, after the mailbox, that it is oneself: a passkey or a security key. With or without user verification it is the second of two.
import { setIdentityProven } from '#db/password-resets';
import { type AssertProblem, acceptPasskey, ask, readPasskey } from '../factors/passkey/assert.ts';
import { newChallenge } from '../factors/passkey/challenge.ts';
import type { Portal } from '../portal.ts';
import { done, type Result } from '../result.ts';
import type { Reset } from '../visitor.ts';
import { inOpenReset, keyOf, openReset } from './open-step.ts';

const placeOf = (reset: Reset, accountId: string) => ({ purpose: 'reset-password', place: reset.uid, accountId }) as const;
const step = { step: 'prove-identity', way: 'passkey' } as const;

/** @returns the question for the browser's authenticator, as JSON: any of this person's passkeys will do */
export async function askForPasskey(portal: Portal, reset: Reset): Promise<Result<string, 'expired-page'>> {
  const challenge = newChallenge();
  const what = { act: 'ask-passkey', ...step };
  const asked = await inOpenReset<() => Promise<string>, never>(portal, reset, what, function* (tx, { accountId }, now) {
    return done(yield* ask(portal, tx, now, placeOf(reset, accountId), challenge));
  });
  return asked.ok ? done(await asked.value()) : asked;
}

/** @param input `credential`: what the browser's authenticator gave, as JSON */
export async function provePasskey(
  portal: Portal,
  reset: Reset,
  input: { readonly credential: string },
): Promise<Result<void, AssertProblem | 'expired-page'>> {
  const what = { act: 'prove-passkey', ...step };
  const key = await keyOf(portal, reset);
  const opened = await portal.store.unit(key, (tx) => openReset(portal, tx, reset, key, what, portal.now()));
  if (!opened.ok) return opened;
  const read = await readPasskey(portal, reset, placeOf(reset, key), input.credential);
  if (!read.ok) return read;
  return inOpenReset<void, AssertProblem>(portal, reset, what, function* (tx, _facts, now) {
    const accepted = yield* acceptPasskey(tx, now, reset, read.value);
    if (accepted.ok) yield* setIdentityProven(tx, reset.uid, 'passkey', now);
    return accepted;
  });
}
