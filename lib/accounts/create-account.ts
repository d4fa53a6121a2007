// Makes an account, and gives it a password.
import { findAccountByAddress, insertAccount } from '#db/accounts';
import { recordEvent } from '../audit/record-event.ts';
import type { PasswordRefusal } from '../directory/directory.ts';
import { judgePassword, type PasswordProblem } from '../passwords/rules.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import { termsOf } from '../search/rules.ts';
import { randomToken } from '../secrets.ts';
import type { Operator } from '../visitor.ts';
import { judgeAccount, type NewAccount, type NewAccountProblem } from './rules.ts';

export type CreateAccountProblem = NewAccountProblem | PasswordProblem | `directory-${PasswordRefusal}` | 'address-taken';

export interface CreateAccountInput extends NewAccount {
  /** Null: nobody can sign in until one is set. */
  readonly password: string | null;
}

/** An account's id is also the `sub` of its tokens: random, so that it says nothing, and long enough never to come twice. */
export const newAccountId = () => randomToken(128);

/** Throws Busy or DirectoryUnavailable when the password could not be made ready; there is then no account. */
export async function createAccount(
  portal: Portal,
  operator: Operator,
  input: CreateAccountInput,
): Promise<Result<{ readonly id: string; readonly address: string }, CreateAccountProblem>> {
  const judged = judgeAccount(input, portal.settings.addresses);
  if (!judged.ok) return judged;
  const person = judged.value;
  const weak = input.password === null ? null : judgePassword(input.password, person);
  if (weak) return refused(weak);
  const id = newAccountId();
  const now = portal.now();
  const ready = input.password === null ? null : await portal.directory.setPassword(id, input.password);
  if (ready?.outcome === 'refused') return refused({ code: `directory-${ready.reason}`, field: 'password' });

  const taken = await portal.store.unit(`address:${person.address}`, function* (tx) {
    if (yield* findAccountByAddress(tx, person.address)) return true;
    yield* insertAccount(tx, { id, ...person, status: 'active', language: null, createdAt: now, enrolledAt: null }, termsOf(person));
    yield* recordEvent(tx, now, operator, { type: 'account-created', accountId: id, data: { kind: person.kind } });
    if (ready) yield* ready.commit(tx);
    return false;
  });
  if (taken) return refused({ code: 'address-taken', field: 'address' });

  return done({ id, address: person.address });
}
