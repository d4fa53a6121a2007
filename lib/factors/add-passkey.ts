// Adds a passkey or a security key to an account that is in use: beside the factors that are there.
import { findAccountRow } from '#db/accounts';
import type { Script } from '#db/unit';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { RecentlyProven } from '../visitor.ts';
import { askRegistration, keepPasskey, type RegisterProblem, readNewPasskey } from './passkey/register.ts';

const placeOf = ({ sessionId, accountId }: RecentlyProven) => ({ purpose: 'enrol', place: sessionId, accountId }) as const;

/** @returns the question for the browser's authenticator, as JSON */
export async function askAddedPasskey(portal: Portal, member: RecentlyProven): Promise<Result<string, 'expired-page'>> {
  const question = await askRegistration(portal, placeOf(member), (tx) => findAccountRow(tx, member.accountId));
  return question === null ? refused({ code: 'expired-page' }) : done(question);
}

/** @param input `credential`: what the browser's authenticator gave, as JSON */
export async function addPasskey(
  portal: Portal,
  member: RecentlyProven,
  input: { readonly credential: string },
): Promise<Result<void, RegisterProblem | 'expired-page'>> {
  const { accountId } = member;
  const made = await readNewPasskey(portal, member, placeOf(member), input.credential);
  if (!made.ok) return made;
  const now = portal.now();
  return portal.store.unit(accountId, function* (tx): Script<Result<void, RegisterProblem | 'expired-page'>> {
    const account = yield* findAccountRow(tx, accountId);
    if (account?.status === 'active') return yield* keepPasskey(portal, tx, now, member, account, made.value);
    yield* recordEvent(tx, now, member, { type: 'step-refused', accountId, data: { act: 'add-passkey' } });
    return refused({ code: 'expired-page' });
  });
}
