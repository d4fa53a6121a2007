// Signing in with nothing but a passkey, without typing an address: it names its owner, and verifies them.
import { findAccountRow } from '#db/accounts';
import { deleteOthersEmailCode } from '#db/codes';
import { listFactors } from '#db/factors';
import { deleteProofs, setProof } from '#db/proofs';
import type { Script } from '#db/unit';
import { admitPerson } from '../accounts/admit-person.ts';
import { foldAddress } from '../accounts/rules.ts';
import { recordEvent } from '../audit/record-event.ts';
import { issueEmailCode, prepareEmailCode } from '../codes/issue-email-code.ts';
import { DirectoryUnavailable, type Person } from '../directory/directory.ts';
import { type AssertProblem, acceptPasskey, ask, readPasskey } from '../factors/passkey/assert.ts';
import { newChallenge } from '../factors/passkey/challenge.ts';
import { Busy } from '../hashing.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Flow } from '../visitor.ts';
import { refuseStep } from './open-step.ts';

export type SignInWithPasskeyProblem = AssertProblem | 'passkey-not-verified' | 'expired-page';

const placeOf = (flow: Flow) => ({ purpose: 'sign-in', place: flow.uid, accountId: null }) as const;

/** @returns the question for the browser's authenticator, as JSON: any passkey of this portal will do */
export async function askForAnyPasskey(portal: Portal, flow: Flow): Promise<Result<string, 'expired-page'>> {
  const now = portal.now();
  const challenge = newChallenge();
  const asked = await portal.store.unit(`flow:${flow.uid}`, function* (tx): Script<Result<() => Promise<string>, 'expired-page'>> {
    if (flow.prompt !== 'login') return yield* refuseStep(tx, now, flow, 'ask-any-passkey', flow.accountId);
    return done(yield* ask(portal, tx, now, placeOf(flow), challenge));
  });
  return asked.ok ? done(await asked.value()) : asked;
}

/**
 * Open in every flow of prompt login, like the password: what was proven before dies. A passkey that did not verify its owner is one
 * factor, and the password must come first (SEC-31).
 * @param input `credential`: what the browser's authenticator gave, as JSON
 */
export async function signInWithPasskey(
  portal: Portal,
  flow: Flow,
  input: { readonly credential: string },
): Promise<Result<void, SignInWithPasskeyProblem>> {
  const { store } = portal;
  if (flow.prompt !== 'login')
    return store.unit(`flow:${flow.uid}`, (tx) => refuseStep(tx, portal.now(), flow, 'sign-in-with-passkey', flow.accountId));
  const read = await readPasskey(portal, flow, placeOf(flow), input.credential);
  if (!read.ok) return read;
  const { accountId, factorId, userVerified } = read.value;
  const left = userVerified && (await hasLeft(portal, flow, accountId));
  const now = portal.now();
  const owner = await store.read((tx) => findAccountRow(tx, accountId));
  const sure = (await store.read((tx) => listFactors(tx, accountId))).every(({ mailboxWantedAt }) => mailboxWantedAt === null);
  const prepared = sure || !owner ? null : prepareEmailCode(portal, flow, owner, 'sign-in', now);
  return store.unit(accountId, function* (tx): Script<Result<void, SignInWithPasskeyProblem>> {
    const account = yield* findAccountRow(tx, accountId);
    const problem = account?.status !== 'active' || left ? 'passkey-unknown' : userVerified ? null : 'passkey-not-verified';
    if (problem) {
      yield* recordEvent(tx, now, flow, {
        type: 'passkey-wrong',
        accountId,
        data: { factor: factorId, purpose: 'sign-in', problem, ...(left && { left }) },
      });
      return refused({ code: problem });
    }
    const accepted = yield* acceptPasskey(tx, now, flow, read.value);
    if (!accepted.ok) return accepted;
    yield* deleteProofs(tx, flow.uid);
    yield* deleteOthersEmailCode(tx, flow.uid, 'sign-in', accountId);
    yield* setProof(tx, { flow: flow.uid, kind: 'passkey-verified', accountId, factorId, at: now });
    // When the limits stand against it, the page says so.
    if (prepared) yield* issueEmailCode(portal, tx, flow, prepared);
    return done(undefined);
  });
}

/**
 * Whether a directory elsewhere no longer has them: nobody typed a password that it could refuse. What it says of whoever is linked to an entry
 * is followed, as after a password; a passkey links nobody. While it can't be asked, a passkey opens all the same: whoever left before
 * yesterday's check is frozen, and a role is asked for at each request (decision 0034).
 */
async function hasLeft(portal: Portal, flow: Flow, accountId: string): Promise<boolean> {
  const { store, directory, log } = portal;
  const account = directory.personOf && (await store.read((tx) => findAccountRow(tx, accountId)));
  if (!directory.personOf || !account) return false;
  let person: Person | null;
  try {
    person = await directory.personOf(account);
  } catch (error) {
    if (!(error instanceof DirectoryUnavailable || error instanceof Busy)) throw error;
    log.warn({ reason: error.message }, 'The directory could not say whether somebody is still there; their passkey let them in.');
    return false;
  }
  if (!person) return true;
  if (account.directoryId === person.directoryId) {
    const addresses = person.addresses.map(foldAddress);
    await admitPerson(portal, flow, person, addresses.includes(account.address) ? account.address : (addresses[0] ?? account.address));
  }
  return false;
}
