// One try of a pass: counted, spent, recorded. It opens re-enrolment and nothing else.
import { consumePass, findPass } from '#db/passes';
import type { Script, Tx } from '#db/unit';
import { clearTries, countTry } from '../attempts/count-try.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { readActingRole, readRole } from '../roles/facts.ts';
import { mayBeKnownByWords } from '../roles/rules.ts';
import type { Flow } from '../visitor.ts';
import { passHash, passSubject } from './rules.ts';

export type TriedPass =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong' | 'used' | 'expired' | 'disabled' }
  /** Epoch milliseconds. */
  | { readonly kind: 'wait'; readonly until: number };

/** In a unit of the account. @param pass from `parsePass`. @param now epoch milliseconds */
export function* tryPass(
  { secrets, settings }: Pick<Portal, 'secrets' | 'settings'>,
  tx: Tx,
  now: number,
  by: Flow,
  accountId: string,
  pass: string,
): Script<TriedPass> {
  const subject = passSubject(accountId);
  const wrong = (problem: string) => recordEvent(tx, now, by, { type: 'pass-wrong', accountId, data: { problem } });
  const counted = yield* countTry(tx, subject, now, settings.policy.attempts);
  if (counted.kind !== 'allowed') {
    yield* wrong(counted.kind);
    return counted;
  }
  const hash = passHash(secrets, accountId, pass);
  const known = yield* findPass(tx, accountId, hash);
  // Whoever gave it has lost their role since, or their account was closed: it ends with what they may do (SEC-75).
  const withdrawn = known !== null && (yield* readActingRole(tx, known.issuedBy)) === null;
  // A role that was given after the pass: it is worth nothing any more.
  const row = !withdrawn && mayBeKnownByWords(yield* readRole(tx, accountId)) ? yield* consumePass(tx, accountId, hash, now) : null;
  if (!row) {
    const kind = known?.usedAt != null ? 'used' : known && (withdrawn || known.expiresAt <= now) ? 'expired' : 'wrong';
    yield* wrong(kind);
    return { kind };
  }
  yield* clearTries(tx, subject);
  yield* recordEvent(tx, now, by, { type: 'pass-right', accountId, data: { pass: row.id, issuedBy: row.issuedBy } });
  return { kind: 'right' };
}
