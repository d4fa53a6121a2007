// The second step with a passkey or a security key.
import { setProof } from '#db/proofs';
import { type AssertProblem, acceptPasskey, ask, readPasskey } from '../factors/passkey/assert.ts';
import { newChallenge } from '../factors/passkey/challenge.ts';
import type { Portal } from '../portal.ts';
import { done, type Result } from '../result.ts';
import type { Flow } from '../visitor.ts';
import { accountOfFlow } from './facts.ts';
import { inOpenStep, refuseStep } from './open-step.ts';

const placeOf = (flow: Flow, accountId: string) => ({ purpose: 'second-factor', place: flow.uid, accountId }) as const;

/** @returns the question for the browser's authenticator, as JSON: any of this person's passkeys will do */
export async function askForPasskey(portal: Portal, flow: Flow): Promise<Result<string, 'expired-page'>> {
  const challenge = newChallenge();
  const asked = await inOpenStep<() => Promise<string>, never>(portal, flow, 'second-factor', 'ask-passkey', function* (tx, { accountId }, now) {
    return done(yield* ask(portal, tx, now, placeOf(flow, accountId), challenge));
  });
  return asked.ok ? done(await asked.value()) : asked;
}

/** @param input `credential`: what the browser's authenticator gave, as JSON. Without user verification it is one factor (SEC-31). */
export async function provePasskey(
  portal: Portal,
  flow: Flow,
  input: { readonly credential: string },
): Promise<Result<void, AssertProblem | 'expired-page'>> {
  const owner = await portal.store.read((tx) => accountOfFlow(tx, portal.settings.policy, flow.uid, portal.now()));
  const read = owner === null || flow.prompt !== 'login' ? null : await readPasskey(portal, flow, placeOf(flow, owner), input.credential);
  if (read && !read.ok) return read;
  return inOpenStep<void, AssertProblem | 'expired-page'>(portal, flow, 'second-factor', 'prove-passkey', function* (tx, { accountId }, now) {
    // Another tab has begun anew with another password meanwhile.
    if (read?.value.accountId !== accountId) return yield* refuseStep(tx, now, flow, 'prove-passkey', accountId);
    const accepted = yield* acceptPasskey(tx, now, flow, read.value);
    if (!accepted.ok) return accepted;
    const kind = read.value.userVerified ? 'passkey-verified' : 'passkey';
    yield* setProof(tx, { flow: flow.uid, kind, accountId, factorId: read.value.factorId, at: now });
    return done(undefined);
  });
}
