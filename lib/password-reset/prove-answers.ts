// Proves, after the mailbox, that it is oneself: the four secret answers, all together (SEC-55, SEC-57).
import { setIdentityProven } from '#db/password-resets';
import type { Portal } from '../portal.ts';
import type { GivenAnswers } from '../questions/rules.ts';
import { type TryAnswersProblem, tryAnswers } from '../questions/try-answers.ts';
import { done, type Result, refused } from '../result.ts';
import { isRoleUnknown, roleOf } from '../roles/facts.ts';
import type { Reset } from '../visitor.ts';
import { keyOf, openReset } from './open-step.ts';

export async function proveAnswers(
  portal: Portal,
  reset: Reset,
  input: GivenAnswers,
): Promise<Result<void, TryAnswersProblem | 'expired-page' | 'directory-down'>> {
  const key = await keyOf(portal, reset);
  try {
    // Remembered before the units read it: whoever has a role by now is not known by answers.
    await roleOf(portal, key);
  } catch (error) {
    if (!isRoleUnknown(error)) throw error;
    return refused({ code: 'directory-down' });
  }
  // The last wrong set closes the way, so it is looked at where the set was counted: afterwards it would not be open any more.
  const what = { act: 'prove-answers', step: 'prove-identity' } as const;
  return tryAnswers<void, 'expired-page'>(portal, reset, key, input, {
    open: (tx, now) => openReset(portal, tx, reset, key, { ...what, way: 'answers' }, now),
    *proven(tx, now) {
      const opened = yield* openReset(portal, tx, reset, key, what, now);
      if (!opened.ok) return opened;
      yield* setIdentityProven(tx, reset.uid, 'answers', now);
      return done(undefined);
    },
  });
}
