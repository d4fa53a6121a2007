// Ends one session of a person, or all; applications are told (SEC-77).
import type { Script } from '#db/unit';
import { recordEvent } from '../audit/record-event.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import { announceSignOut, type SignedOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import { endSessions as endAll, endSession } from '../sessions/end-sessions.ts';
import { readOpenSessions } from '../sessions/open-sessions.ts';
import type { Agent } from '../visitor.ts';
import { type ActProblem, actOn } from './act-on.ts';

/** What the form says instead of one session's id. */
export const allSessions = 'all';

/** @param input `session`: as the id of `OpenSession`, or `all`. Somebody else's is none of this account's. */
export async function endSessions(
  portal: Portal,
  agent: Agent,
  input: { readonly account: string; readonly reason: string; readonly session: string },
): Promise<Result<void, ActProblem | 'choose-one' | 'no-session'>> {
  const { session } = input;
  if (session === '') return refused({ code: 'choose-one', field: 'session' });
  const all = session === allSessions;
  const ended = await actOn(portal, agent, 'end-sessions', input, function* (tx, now, { account, verification, reason }): Script<
    Result<SignedOut[], 'no-session'>
  > {
    const { length: there } = yield* readOpenSessions(portal, tx, account.id);
    const over = all ? (there === 0 ? null : yield* endAll(portal, tx, account.id, null)) : yield* endSession(portal, tx, account.id, session);
    if (over === null) return refused({ code: 'no-session' });
    const data = { reason, method: verification?.method ?? null, all, sessions: all ? there : 1 };
    const event = yield* recordEvent(tx, now, agent, { type: 'sessions-ended', accountId: account.id, data });
    yield* queueNotice(portal, tx, now, agent, account.id, event, { kind: 'sessions-ended' });
    return done(over);
  });
  if (!ended.ok) return ended;
  if (ended.value.length > 0) await announceSignOut(portal, ended.value);
  return done(undefined);
}
