// One try of a code of an authenticator app: counted, looked at with every app of the person, spent, recorded. Signing in and the account
// ask it, each inside its own unit of work.
import { listEvents } from '#db/events';
import { acceptStep, type FactorRow, listFactors } from '#db/factors';
import type { Script, Tx } from '#db/unit';
import { clearTries, countTry } from '../../attempts/count-try.ts';
import { factorSubject } from '../../attempts/rules.ts';
import type { EventFacts } from '../../audit/events.ts';
import { recordEvent } from '../../audit/record-event.ts';
import { recordUpTo } from '../../audit/record-up-to.ts';
import type { Portal } from '../../portal.ts';
import type { Flow, Member, Reset } from '../../visitor.ts';
import { type Match, matchingStep } from './rules.ts';

type About = NonNullable<EventFacts['data']>;

export type TriedTotp =
  | { readonly kind: 'right'; readonly factor: string }
  /** It was right, once. */
  | { readonly kind: 'used' }
  /** `drift`: by how much the phone's clock seems to be off, in seconds, and whether its owner may be told. */
  | { readonly kind: 'wrong'; readonly drift: { readonly seconds: number; readonly named: boolean } | null }
  /** Nothing was looked at: the portal's clock is known to be wrong. */
  | { readonly kind: 'portal-clock' }
  /** Epoch milliseconds. */
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'disabled' };

/**
 * Nobody should have to say which phone they hold. A frozen app proves nothing, and who has no other is answered as for a wrong code. Tries
 * are counted under the same subjects everywhere, so that no page is a second place to guess in (SEC-05).
 * @param code digits only. @param now epoch milliseconds. @param about goes into the events
 */
export function* tryTotp(
  { secrets, settings, clockTrust }: Pick<Portal, 'secrets' | 'settings' | 'clockTrust'>,
  tx: Tx,
  now: number,
  by: Flow | Reset | Member,
  accountId: string,
  code: string,
  about: About = {},
): Script<TriedTotp> {
  const { totp, attempts } = settings.policy;
  // A right code would be called wrong, one seen long ago right, and a step of the future spent for ever (SEC-115, decision 0039).
  if (!clockTrust.state().trusted) {
    yield* recordUpTo(tx, now, by, { type: 'totp-not-judged', accountId, data: about });
    return { kind: 'portal-clock' };
  }
  const apps = (yield* listFactors(tx, accountId)).filter(
    // A telephone that confirms shows codes as well, of the same pairing.
    ({ kind, frozenAt }) => (kind === 'totp' || kind === 'phone') && frozenAt === null,
  );
  const wrong = (data: About) => recordEvent(tx, now, by, { type: 'totp-wrong', accountId, data: { ...about, ...data } });
  let until = Number.POSITIVE_INFINITY;
  const looked: { app: FactorRow; match: Match; last: boolean }[] = [];
  for (const app of apps) {
    const counted = yield* countTry(tx, factorSubject(app.id), now, attempts);
    if (counted.kind === 'wait') until = Math.min(until, counted.until);
    if (counted.kind !== 'allowed') continue;
    const match = matchingStep(secrets.open(`factors:${app.id}`, app.secret), code, now, app.lastStep, totp);
    looked.push({ app, match, last: counted.last });
  }
  if (looked.length === 0) {
    const waits = Number.isFinite(until);
    yield* wrong({ problem: apps.length === 0 ? 'wrong-code' : waits ? 'wait' : 'factor-disabled' });
    if (apps.length === 0) return { kind: 'wrong', drift: null };
    return waits ? { kind: 'wait', until } : { kind: 'disabled' };
  }
  for (const { app, match } of looked) {
    if (match.kind !== 'right' || !(yield* acceptStep(tx, app.id, match.step, now))) continue;
    for (const other of looked) yield* clearTries(tx, factorSubject(other.app.id));
    yield* recordEvent(tx, now, by, { type: 'totp-right', accountId, data: { ...about, factor: app.id } });
    return { kind: 'right', factor: app.id };
  }
  const used = looked.some(({ match }) => match.kind === 'used' || match.kind === 'right');
  const drift = looked.map(({ match }) => match).find((match) => match.kind === 'drift');
  const named = drift !== undefined && (drift.seconds < 0 || (yield* isSecondWith(tx, accountId, by, drift)));
  for (const { app, last } of looked) {
    yield* wrong({
      factor: app.id,
      problem: used ? 'used-code' : drift ? 'clock-drift' : 'wrong-code',
      ...(drift && { drift: drift.seconds, step: drift.step }),
    });
    if (last) yield* recordEvent(tx, now, by, { type: 'totp-disabled', accountId, data: { factor: app.id } });
  }
  return used ? { kind: 'used' } : { kind: 'wrong', drift: drift ? { seconds: drift.seconds, named } : null };
}

/**
 * Whether the try before, in this flow, was another code as far ahead. A single guess that happens to be a future code must not be
 * told so: it would be right in a few minutes. Two in a row come from a real phone with a fast clock.
 */
function* isSecondWith(
  tx: Tx,
  accountId: string,
  by: Flow | Reset | Member,
  drift: { readonly seconds: number; readonly step: number },
): Script<boolean> {
  if (!('uid' in by)) return false;
  const recent = yield* listEvents(tx, accountId, 5);
  const before = recent.find((event) => event.type === 'totp-wrong' && event.flow === by.uid)?.data;
  return before !== undefined && before.step !== drift.step && Math.abs(Number(before.drift) - drift.seconds) <= 30;
}
