// Proves a factor again inside a session: the code of an authenticator app, or a recovery code. What a change of a credential asks for.
import { acceptStep, type FactorRow, listFactors } from '#db/factors';
import { consumeRecoveryCode, listRecoveryCodes } from '#db/recovery-codes';
import type { Script, Tx } from '#db/unit';
import { clearTries, countTry } from '../attempts/count-try.ts';
import { factorSubject, recoveryCodesSubject } from '../attempts/rules.ts';
import { recordEvent } from '../audit/record-event.ts';
import { parseDigits } from '../codes/rules.ts';
import { parseRecoveryCode, recoveryCodeHash } from '../factors/recovery-codes/rules.ts';
import { type Match, matchingStep } from '../factors/totp/rules.ts';
import type { Portal } from '../portal.ts';
import { done, type Problem, type Result, refused } from '../result.ts';
import type { Member } from '../visitor.ts';

export type ProveFactorProblem = 'empty' | 'wrong-code' | 'used-code' | 'wrong-recovery-code' | 'wait' | 'factor-disabled';
type Proof = Result<void, ProveFactorProblem>;

/**
 * A recovery code is recognised by its length; anything else with six digits is an app's. Tries are counted under the same subjects as at sign-in, so
 * that a stolen session is no second place to guess in (SEC-05, SEC-36).
 * @param input `code` as typed
 */
export async function proveFactor(portal: Portal, member: Member, input: { readonly code: string }): Promise<Proof> {
  const { store, settings } = portal;
  const now = portal.now();
  if (input.code.trim() === '') return refused({ code: 'empty', field: 'code' });
  // Recovery codes first: six digits in a row may stand in one of them.
  const code = parseRecoveryCode(input.code);
  if (code !== null) return store.unit(member.accountId, (tx) => proveRecoveryCode(portal, tx, member, code, now));
  const digits = parseDigits(input.code, settings.policy.totp.digits);
  if (digits !== null) return store.unit(member.accountId, (tx) => proveApp(portal, tx, member, digits, now));
  return refused({ code: 'wrong-code', field: 'code' });
}

const problem = (code: ProveFactorProblem, more: Pick<Problem, 'retryAt'> = {}) => refused<ProveFactorProblem>({ code, field: 'code', ...more });

function* proveApp(portal: Portal, tx: Tx, member: Member, code: string, now: number): Script<Proof> {
  const { accountId } = member;
  const { totp, attempts } = portal.settings.policy;
  const apps = (yield* listFactors(tx, accountId)).filter((factor) => factor.kind === 'totp' && factor.frozenAt === null);
  let until = Number.POSITIVE_INFINITY;
  const looked: { app: FactorRow; match: Match; last: boolean }[] = [];
  for (const app of apps) {
    const counted = yield* countTry(tx, factorSubject(app.id), now, attempts);
    if (counted.kind === 'wait') until = Math.min(until, counted.until);
    if (counted.kind !== 'allowed') continue;
    const match = matchingStep(portal.secrets.open(`factors:${app.id}`, app.secret), code, now, app.lastStep, totp);
    looked.push({ app, match, last: counted.last });
  }
  const wrong = (data: Record<string, string>) => recordEvent(tx, now, member, { type: 'totp-wrong', accountId, data: { act: 'confirm', ...data } });
  if (looked.length === 0) {
    if (apps.length === 0) {
      yield* wrong({ problem: 'wrong-code' });
      return problem('wrong-code');
    }
    const waits = Number.isFinite(until);
    yield* wrong({ problem: waits ? 'wait' : 'factor-disabled' });
    return waits ? problem('wait', { retryAt: until }) : problem('factor-disabled');
  }
  for (const { app, match } of looked) {
    if (match.kind !== 'right' || !(yield* acceptStep(tx, app.id, match.step, now))) continue;
    for (const other of looked) yield* clearTries(tx, factorSubject(other.app.id));
    yield* recordEvent(tx, now, member, { type: 'totp-right', accountId, data: { act: 'confirm', factor: app.id } });
    return done(undefined);
  }
  const used = looked.some(({ match }) => match.kind === 'used' || match.kind === 'right');
  for (const { app, last } of looked) {
    yield* wrong({ factor: app.id, problem: used ? 'used-code' : 'wrong-code' });
    if (last) yield* recordEvent(tx, now, member, { type: 'totp-disabled', accountId, data: { factor: app.id } });
  }
  return problem(used ? 'used-code' : 'wrong-code');
}

function* proveRecoveryCode(portal: Portal, tx: Tx, member: Member, code: string, now: number): Script<Proof> {
  const { accountId } = member;
  const subject = recoveryCodesSubject(accountId);
  const wrong = (problem: string) => recordEvent(tx, now, member, { type: 'recovery-code-wrong', accountId, data: { act: 'confirm', problem } });
  const counted = yield* countTry(tx, subject, now, portal.settings.policy.attempts);
  if (counted.kind !== 'allowed') {
    yield* wrong(counted.kind === 'wait' ? 'wait' : 'factor-disabled');
    return counted.kind === 'wait' ? problem('wait', { retryAt: counted.until }) : problem('factor-disabled');
  }
  if (!(yield* consumeRecoveryCode(tx, accountId, recoveryCodeHash(portal.secrets, accountId, code), now))) {
    yield* wrong('wrong-recovery-code');
    return problem('wrong-recovery-code');
  }
  yield* clearTries(tx, subject);
  const left = (yield* listRecoveryCodes(tx, accountId)).filter(({ usedAt }) => usedAt === null).length;
  yield* recordEvent(tx, now, member, { type: 'recovery-code-right', accountId, data: { act: 'confirm', left } });
  return done(undefined);
}
