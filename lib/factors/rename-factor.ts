// Gives a factor another name, so that its owner recognises it.
import { setFactorName } from '#db/factors';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Member } from '../visitor.ts';
import { judgeName, type NameProblem } from './rules.ts';

/** A name opens nothing: a session is enough. @param input `factor`: its id, as the form says */
export async function renameFactor(
  portal: Portal,
  member: Member,
  input: { readonly factor: string; readonly name: string },
): Promise<Result<void, NameProblem | 'factor-gone'>> {
  const { accountId } = member;
  const now = portal.now();
  const judged = judgeName(input.name);
  if ('problem' in judged) return refused(judged.problem);
  return portal.store.unit(accountId, function* (tx) {
    if (!(yield* setFactorName(tx, accountId, input.factor, judged.name))) {
      yield* recordEvent(tx, now, member, { type: 'step-refused', accountId, data: { act: 'rename-factor', factor: input.factor.slice(0, 64) } });
      return refused({ code: 'factor-gone' as const });
    }
    yield* recordEvent(tx, now, member, { type: 'factor-renamed', accountId, data: { factor: input.factor, name: judged.name } });
    return done(undefined);
  });
}
