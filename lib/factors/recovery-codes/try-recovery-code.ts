// One try of a recovery code: counted, spent, recorded. Signing in and the account ask it, each inside its own unit of work.
import { consumeRecoveryCode, listRecoveryCodes } from '#db/recovery-codes';
import type { Script, Tx } from '#db/unit';
import { clearTries, countTry } from '../../attempts/count-try.ts';
import { recoveryCodesSubject } from '../../attempts/rules.ts';
import type { EventFacts } from '../../audit/events.ts';
import { recordEvent } from '../../audit/record-event.ts';
import { queueNotice } from '../../mail/queue-notice.ts';
import type { Portal } from '../../portal.ts';
import type { Flow, Member, Reset } from '../../visitor.ts';
import { recoveryCodeHash } from './rules.ts';

type About = NonNullable<EventFacts['data']>;

export type TriedRecoveryCode =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong' }
  /** Epoch milliseconds. */
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'disabled' };

/** The owner is told of each that is used (SEC-44). @param code from `parseRecoveryCode`. @param now epoch milliseconds. @param about goes into the events */
export function* tryRecoveryCode(
  portal: Pick<Portal, 'secrets' | 'settings' | 'networks'>,
  tx: Tx,
  now: number,
  by: Flow | Reset | Member,
  accountId: string,
  code: string,
  about: About = {},
): Script<TriedRecoveryCode> {
  const { secrets, settings } = portal;
  const subject = recoveryCodesSubject(accountId);
  const wrong = (problem: string) => recordEvent(tx, now, by, { type: 'recovery-code-wrong', accountId, data: { ...about, problem } });
  const counted = yield* countTry(tx, subject, now, settings.policy.attempts);
  if (counted.kind !== 'allowed') {
    yield* wrong(counted.kind === 'wait' ? 'wait' : 'factor-disabled');
    return counted;
  }
  if (!(yield* consumeRecoveryCode(tx, accountId, recoveryCodeHash(secrets, accountId, code), now))) {
    yield* wrong('wrong-recovery-code');
    return { kind: 'wrong' };
  }
  yield* clearTries(tx, subject);
  const left = (yield* listRecoveryCodes(tx, accountId)).filter(({ usedAt }) => usedAt === null).length;
  const event = yield* recordEvent(tx, now, by, { type: 'recovery-code-right', accountId, data: { ...about, left } });
  yield* queueNotice(portal, tx, now, by, accountId, event, { kind: 'recovery-code-used', left });
  return { kind: 'right' };
}
