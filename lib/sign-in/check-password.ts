// The first step: address and password. Nothing in the answer, its words or its time tells why it is no (SEC-07, SEC-08).
import { findAccountByAddress } from '#db/accounts';
import { deleteOthersEmailCode, findEmailCode } from '#db/codes';
import { listFactors } from '#db/factors';
import { findKnownBrowser } from '#db/known-browsers';
import { deleteProofs, setProof } from '#db/proofs';
import { type AdmitPersonProblem, admitPerson } from '../accounts/admit-person.ts';
import { findAccount } from '../accounts/facts.ts';
import { addressLimit, foldAddress } from '../accounts/rules.ts';
import { clearTries, countTry, giveTryBack } from '../attempts/count-try.ts';
import { passwordSubject } from '../attempts/password-subject.ts';
import { recordEvent } from '../audit/record-event.ts';
import { issueEmailCode, prepareEmailCode } from '../codes/issue-email-code.ts';
import { AmbiguousAddress, DirectoryUnavailable, isTheirs } from '../directory/directory.ts';
import { Busy } from '../hashing.ts';
import type { Portal } from '../portal.ts';
import { done, type Problem, type Result, refused } from '../result.ts';
import { roleOf } from '../roles/facts.ts';
import type { Flow } from '../visitor.ts';
import { refuseStep } from './open-step.ts';

export interface PasswordInput {
  readonly address: string;
  readonly password: string;
}
export type CheckPasswordProblem =
  | AdmitPersonProblem
  | 'wrong-credentials'
  | 'busy'
  | 'directory-down'
  | 'password-expired'
  | 'password-must-change'
  | 'empty'
  | 'too-long'
  | 'expired-page';

/**
 * Open in every flow of prompt login: who goes back starts again, and what was proven before dies. While somebody must wait, even
 * the right password is wrong, and not looked at. A right one sends the e-mail code when no factor exists, unless the sending
 * limits stand against it: the page then says from when another may be sent (`codeFrom` of the facts).
 */
export async function checkPassword(portal: Portal, flow: Flow, input: PasswordInput): Promise<Result<void, CheckPasswordProblem>> {
  const now = portal.now();
  const { policy } = portal.settings;
  if (flow.prompt !== 'login') return portal.store.unit(`flow:${flow.uid}`, (tx) => refuseStep(tx, now, flow, 'check-password', flow.accountId));
  const unfit = unfitInput(input);
  if (unfit) return refused(...unfit);

  // Prepare. The try is counted before anything is compared.
  const address = foldAddress(input.address);
  const { browser } = flow.visitor;
  const { account, known } = await portal.store.read(function* (tx) {
    const account = yield* findAccountByAddress(tx, address ?? '');
    const known = browser !== null && (yield* findKnownBrowser(tx, account?.id ?? '', browser)) !== null;
    return { account, known };
  });
  // While far more is guessed than people mistype, whoever comes from elsewhere waits for their turn (SEC-09); nothing is counted before it.
  if (!known) {
    try {
      await portal.slowMode.pass();
    } catch (error) {
      if (!(error instanceof Busy)) throw error;
      return refused({ code: 'busy' });
    }
  }
  const subject = passwordSubject(portal, address ?? input.address, known ? browser : null);
  const counted = await portal.store.unit(subject, (tx) => countTry(tx, subject, now, policy.attempts));
  const looked = counted.kind === 'allowed';
  const giveBack = () => portal.store.unit(subject, (tx) => giveTryBack(tx, subject, policy.attempts));
  let verified: Awaited<ReturnType<Portal['directory']['verifyPassword']>>;
  try {
    // Nobody's address takes the directory the same time.
    verified = await portal.directory.verifyPassword(looked ? (address ?? '') : '', input.password);
  } catch (error) {
    const unavailable = error instanceof DirectoryUnavailable;
    if (!unavailable && !(error instanceof Busy)) throw error;
    if (unavailable) portal.log.warn({ reason: error.message }, 'The directory could not look at a password.');
    if (looked) await giveBack();
    if (error instanceof AmbiguousAddress) return refused({ code: 'directory-ambiguous' });
    return refused({ code: unavailable ? 'directory-down' : 'busy' });
  }
  // Whom a directory elsewhere knows has an account from the first sign-in on.
  const admitted = verified.outcome === 'right' && verified.person && address ? await admitPerson(portal, flow, verified.person, address) : null;
  if (admitted && !admitted.ok) {
    await giveBack();
    return admitted;
  }
  const ownerId = admitted ? admitted.value.id : verified.accountId;
  // What their groups say is remembered for what follows: whoever has a role is not known by answers or a pass.
  if (admitted && ownerId !== null) {
    try {
      await roleOf(portal, ownerId);
    } catch (error) {
      if (!(error instanceof DirectoryUnavailable)) throw error;
      portal.log.warn({ reason: error.message }, 'The directory could not say somebody’s groups.');
      await giveBack();
      return refused({ code: 'directory-down' });
    }
  }
  const owner = admitted?.value ?? (ownerId === (account?.id ?? null) ? account : ownerId === null ? null : await findAccount(portal, ownerId));
  // One that its owner has disowned is wrong like any other.
  const frozen = isTheirs(verified) && (owner?.passwordFrozenAt ?? null) !== null;
  const closed = owner !== null && owner.status !== 'active';
  if (!isTheirs(verified) || frozen || closed) {
    const seen = frozen ? 'frozen' : verified.outcome === 'locked' ? 'locked' : looked ? 'compared' : counted.kind;
    await portal.store.unit(subject, (tx) =>
      recordEvent(tx, now, flow, { type: 'password-wrong', accountId: account?.id ?? null, data: { try: seen, knownBrowser: known } }),
    );
    return refused({ code: 'wrong-credentials' });
  }
  // Said only to whoever knows it. Nobody guesses with it, so the try does not count.
  if (verified.outcome !== 'right') {
    const { outcome } = verified;
    await portal.store.unit(subject, function* (tx) {
      yield* giveTryBack(tx, subject, policy.attempts);
      yield* recordEvent(tx, now, flow, { type: 'password-wrong', accountId: ownerId, data: { try: outcome, knownBrowser: known } });
    });
    return refused({ code: outcome === 'expired' ? 'password-expired' : 'password-must-change' });
  }

  if (!owner) throw new Error(`The directory knows account ${ownerId}, the portal does not.`);
  const accountId = owner.id;
  const factors = await portal.store.read((tx) => listFactors(tx, accountId));
  const sure = factors.length > 0 && factors.every(({ mailboxWantedAt }) => mailboxWantedAt === null);
  const prepared = sure ? null : prepareEmailCode(portal, flow, owner, 'sign-in', now);

  // Commit.
  await portal.store.unit(accountId, function* (tx) {
    yield* clearTries(tx, subject);
    yield* deleteProofs(tx, flow.uid);
    yield* deleteOthersEmailCode(tx, flow.uid, 'sign-in', accountId);
    yield* setProof(tx, { flow: flow.uid, kind: 'password', accountId, factorId: null, at: now });
    yield* recordEvent(tx, now, flow, { type: 'password-right', accountId, data: { application: flow.application.id, knownBrowser: known } });
    if (!prepared) return;
    const code = yield* findEmailCode(tx, flow.uid, 'sign-in');
    const usable = code && code.usedAt === null && code.expiresAt > now && code.tries < policy.emailCode.tries;
    if (!usable) yield* issueEmailCode(portal, tx, flow, prepared);
  });
  return done(undefined);
}

/** What can be said of the form itself, whoever it is about. */
function unfitInput({ address, password }: PasswordInput): [Problem<'empty' | 'too-long'>, ...Problem<'empty' | 'too-long'>[]] | null {
  const problems: Problem<'empty' | 'too-long'>[] = [];
  if (address.trim() === '') problems.push({ code: 'empty', field: 'address' });
  else if (address.length > addressLimit * 2) problems.push({ code: 'too-long', field: 'address' });
  if (password === '') problems.push({ code: 'empty', field: 'password' });
  const [first, ...others] = problems;
  return first ? [first, ...others] : null;
}
