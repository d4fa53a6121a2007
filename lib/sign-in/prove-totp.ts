// The second step with a code of an authenticator app.

import { listEvents } from '#db/events';
import { acceptStep, type FactorRow, listFactors } from '#db/factors';
import { setProof } from '#db/proofs';
import type { Script, Tx } from '#db/unit';
import { clearTries, countTry } from '../attempts/count-try.ts';
import { factorSubject } from '../attempts/rules.ts';
import { recordEvent } from '../audit/record-event.ts';
import { parseDigits } from '../codes/rules.ts';
import { type Match, matchingStep } from '../factors/totp/rules.ts';
import { newId } from '../ids.ts';
import type { Portal } from '../portal.ts';
import { done, type Problem, type Result, refused } from '../result.ts';
import type { Flow } from '../visitor.ts';
import { inOpenStep } from './open-step.ts';
import { warnOwner } from './warn-owner.ts';

export type ProveTotpProblem = 'empty' | 'wrong-code' | 'used-code' | 'clock-drift' | 'wait' | 'factor-disabled' | 'expired-page';

/** Looks at the code of every app that the person has: nobody should have to say which phone they hold. */
export function proveTotp(portal: Portal, flow: Flow, input: { readonly code: string }): Promise<Result<void, ProveTotpProblem>> {
  const { totp, attempts } = portal.settings.policy;
  const letterId = newId();
  return inOpenStep<void, ProveTotpProblem>(portal, flow, 'second-factor', 'prove-totp', function* (tx, facts, now) {
    const { accountId } = facts;
    const problem = (code: ProveTotpProblem, more: Omit<Problem, 'code' | 'field'> = {}) =>
      refused<ProveTotpProblem>({ code, field: 'code', ...more });
    if (input.code.trim() === '') return problem('empty');
    const apps = (yield* listFactors(tx, accountId)).filter((factor) => factor.kind === 'totp');
    const code = parseDigits(input.code, totp.digits);
    if (code === null) return problem('wrong-code');

    let until = Number.POSITIVE_INFINITY;
    const looked: { app: FactorRow; match: Match; last: boolean }[] = [];
    for (const app of apps) {
      const counted = yield* countTry(tx, factorSubject(app.id), now, attempts);
      if (counted.kind === 'wait') until = Math.min(until, counted.until);
      if (counted.kind !== 'allowed') continue;
      const match = matchingStep(portal.secrets.open(`factors:${app.id}`, app.secret), code, now, app.lastStep, totp);
      looked.push({ app, match, last: counted.last });
    }
    if (looked.length === 0) {
      const waits = Number.isFinite(until);
      yield* recordEvent(tx, now, flow, { type: 'totp-wrong', accountId, data: { problem: waits ? 'wait' : 'factor-disabled' } });
      return waits ? problem('wait', { retryAt: until }) : problem('factor-disabled');
    }

    for (const { app, match } of looked) {
      if (match.kind !== 'right' || !(yield* acceptStep(tx, app.id, match.step, now))) continue;
      for (const { app } of looked) yield* clearTries(tx, factorSubject(app.id));
      yield* setProof(tx, { flow: flow.uid, kind: 'totp', accountId, factorId: app.id, at: now });
      yield* recordEvent(tx, now, flow, { type: 'totp-right', accountId, data: { factor: app.id } });
      return done(undefined);
    }

    const used = looked.some(({ match }) => match.kind === 'used' || match.kind === 'right');
    const drift = looked.map(({ match }) => match).find((match) => match.kind === 'drift');
    const named = drift && (drift.seconds < 0 || (yield* isSecondWith(tx, accountId, flow, drift)));
    for (const { app, last } of looked) {
      yield* recordEvent(tx, now, flow, {
        type: 'totp-wrong',
        accountId,
        data: {
          factor: app.id,
          problem: used ? 'used-code' : drift ? 'clock-drift' : 'wrong-code',
          ...(drift && { drift: drift.seconds, step: drift.step }),
        },
      });
      if (last) yield* recordEvent(tx, now, flow, { type: 'totp-disabled', accountId, data: { factor: app.id } });
    }
    if (used) return problem('used-code');
    if (drift && named) return problem('clock-drift', { drift: drift.seconds });
    if (!drift) yield* warnOwner(portal, tx, now, flow, facts, letterId);
    return problem('wrong-code');
  });
}

/**
 * Whether the try before, in this flow, was another code as far ahead. A single guess that happens to be a future code must not be
 * told so: it would be right in a few minutes. Two in a row come from a real phone with a fast clock.
 */
function* isSecondWith(tx: Tx, accountId: string, flow: Flow, drift: { readonly seconds: number; readonly step: number }): Script<boolean> {
  const recent = yield* listEvents(tx, accountId, 5);
  const before = recent.find((event) => event.type === 'totp-wrong' && event.flow === flow.uid)?.data;
  return before !== undefined && before.step !== drift.step && Math.abs(Number(before.drift) - drift.seconds) <= 30;
}
