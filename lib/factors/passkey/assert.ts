// Proves a passkey: the question, the answer's verification, and what the store remembers of it. Signing in and the account ask it.
// Nothing here can be guessed, so no tries are counted: a passkey stays usable while other factors wait (SEC-06).

import { setFactorUsed } from '#db/factors';
import { acceptSignature, findPasskey, type HeldPasskey, listPasskeys } from '#db/passkeys';
import type { Script, Tx } from '#db/unit';
import { recordEvent } from '../../audit/record-event.ts';
import type { Portal } from '../../portal.ts';
import { done, type Result, refused } from '../../result.ts';
import { sameSecret } from '../../secrets.ts';
import type { Flow, Member, Reset } from '../../visitor.ts';
import { giveChallenge, newChallenge, type Place, spendChallenge } from './challenge.ts';
import { handleOf } from './register.ts';
import { readAssertion } from './rules.ts';
import { assertionQuestion, type VerifiedAssertion, verifyAssertion } from './verify.ts';

type By = Flow | Reset | Member;
export type AssertProblem = 'unreadable' | 'passkey-expired' | 'passkey-unknown' | 'passkey-refused' | 'passkey-copied' | 'factor-disabled';

/** The person's passkeys that prove something. */
export function* listUsablePasskeys(tx: Tx, accountId: string): Script<HeldPasskey[]> {
  return (yield* listPasskeys(tx, accountId)).filter(({ factor }) => factor.frozenAt === null);
}

/** A question of its own for one place, given in the caller's unit. @returns what makes the JSON for the browser, outside the unit */
export function* ask(portal: Portal, tx: Tx, now: number, where: Place, challenge: string = newChallenge()): Script<() => Promise<string>> {
  const allowed = where.accountId === null ? [] : yield* listUsablePasskeys(tx, where.accountId);
  yield* giveChallenge(tx, now, challenge, where);
  const known = allowed.map(({ passkey }) => passkey);
  // Without a password before it, only a passkey that verifies its owner will do.
  return () => assertionQuestion(portal.settings, challenge, known, where.accountId === null ? 'required' : 'preferred');
}

export interface Assertion extends VerifiedAssertion {
  readonly credentialId: string;
  readonly factorId: string;
  readonly accountId: string;
}

/** Outside any unit: spends the challenge and verifies the answer. @param text what the browser's authenticator gave, as JSON */
export async function readPasskey(portal: Portal, by: By, where: Place, text: string): Promise<Result<Assertion, AssertProblem>> {
  const answer = readAssertion(text);
  if (!answer) return refused({ code: 'unreadable' });
  const { credential, challenge } = answer;
  const held = await portal.store.read((tx) => findPasskey(tx, credential.id));
  const owner = held?.factor.accountId ?? null;
  const foreign = owner !== null && where.accountId !== null && owner !== where.accountId;
  const wrong = async (code: AssertProblem) => {
    const accountId = where.accountId ?? owner;
    const data = { purpose: where.purpose, problem: foreign ? 'other-account' : code, ...(held && !foreign && { factor: held.factor.id }) };
    const type = foreign ? 'step-refused' : 'passkey-wrong';
    await portal.store.unit(accountId ?? where.place, (tx) => recordEvent(tx, portal.now(), by, { type, accountId, data }));
    return refused({ code });
  };
  if (!(await spendChallenge(portal, challenge, where))) return wrong('passkey-expired');
  if (!held || owner === null || foreign) return wrong('passkey-unknown');
  const handle = credential.response.userHandle;
  if (handle !== undefined && !sameSecret(handle, handleOf(portal, owner))) return wrong('passkey-refused');
  const { id: factorId, secret } = held.factor;
  const publicKey = portal.secrets.open(`factors:${factorId}`, secret);
  const seen = await verifyAssertion(portal.settings, credential, challenge, { credentialId: credential.id, publicKey });
  return seen ? done({ ...seen, credentialId: credential.id, factorId, accountId: owner }) : wrong('passkey-refused');
}

/** In a unit of the owner: it is still there, not frozen, and its count of signatures goes forward. Then the factor counts as used. */
export function* acceptPasskey(tx: Tx, now: number, by: By, assertion: Assertion): Script<Result<void, AssertProblem>> {
  const { credentialId, factorId: factor, accountId, counter, backedUp, userVerified } = assertion;
  const held = yield* findPasskey(tx, credentialId);
  const problem: AssertProblem | null = held?.factor.id !== factor ? 'passkey-unknown' : held.factor.frozenAt !== null ? 'factor-disabled' : null;
  if (problem) {
    yield* recordEvent(tx, now, by, { type: 'passkey-wrong', accountId, data: { factor, problem } });
    return refused({ code: problem });
  }
  if (!(yield* acceptSignature(tx, credentialId, { counter, backedUp }))) {
    yield* recordEvent(tx, now, by, { type: 'passkey-counter-back', accountId, data: { factor, counter, before: held?.passkey.counter ?? null } });
    return refused({ code: 'passkey-copied' });
  }
  yield* setFactorUsed(tx, factor, now);
  yield* recordEvent(tx, now, by, { type: 'passkey-right', accountId, data: { factor, userVerified } });
  return done(undefined);
}
