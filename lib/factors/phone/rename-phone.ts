// Gives a telephone another name, from the telephone itself.
import { setFactorName } from '#db/factors';
import { recordEvent } from '../../audit/record-event.ts';
import type { Portal } from '../../portal.ts';
import { done, type Result, refused } from '../../result.ts';
import { judgeName, type NameProblem } from '../rules.ts';
import type { SignedCall } from './signed-call.ts';

export async function renamePhone(
  portal: Portal,
  call: SignedCall,
  input: { readonly name: string },
): Promise<Result<void, NameProblem | 'phone-gone'>> {
  const { accountId, factorId, visitor } = call;
  const judged = judgeName(input.name);
  if ('problem' in judged) return refused(judged.problem);
  const now = portal.now();
  return portal.store.unit(accountId, function* (tx) {
    if (!(yield* setFactorName(tx, accountId, factorId, judged.name))) return refused({ code: 'phone-gone' as const });
    if (!call.retry) yield* recordEvent(tx, now, visitor, { type: 'factor-renamed', accountId, data: { factor: factorId, name: judged.name } });
    return done(undefined);
  });
}
