// Puts a passkey in place: the question, the answer's verification, and the rows. The wizard and the account ask it.
import { type AccountRow, findAccountRow } from '#db/accounts';
import { insertFactor } from '#db/factors';
import { findPasskey, insertPasskey, listPasskeys } from '#db/passkeys';
import type { Script, Tx } from '#db/unit';
import { recordEvent } from '../../audit/record-event.ts';
import { newId } from '../../ids.ts';
import { queueNotice } from '../../mail/queue-notice.ts';
import type { Portal } from '../../portal.ts';
import { done, type Result, refused } from '../../result.ts';
import type { Member, MemberFlow } from '../../visitor.ts';
import { giveChallenge, newChallenge, type Place, spendChallenge } from './challenge.ts';
import { passkeyName, readRegistration } from './rules.ts';
import { registrationQuestion, type VerifiedPasskey, verifyRegistration } from './verify.ts';

type By = MemberFlow | Member;
export type RegisterProblem = 'unreadable' | 'passkey-expired' | 'passkey-refused' | 'passkey-already-there';

/** What authenticators keep instead of a name: the same for all passkeys of an account, and says nothing of it (WebAuthn §14.6.1). */
export const handleOf = ({ secrets }: Pick<Portal, 'secrets'>, accountId: string) => secrets.keyedHash('passkey-handle', accountId);

/** @param open whether the person may, in the unit that gives the challenge. @returns the question, as JSON for the browser; null when not */
export async function askRegistration(
  portal: Portal,
  where: Place & { readonly accountId: string },
  open: (tx: Tx, now: number) => Script<unknown>,
): Promise<string | null> {
  const { accountId } = where;
  const now = portal.now();
  const challenge = newChallenge();
  const found = await portal.store.unit(accountId, function* (tx) {
    const account = yield* findAccountRow(tx, accountId);
    if (!(yield* open(tx, now)) || !account) return null;
    yield* giveChallenge(tx, now, challenge, where);
    return { account, held: yield* listPasskeys(tx, accountId) };
  });
  if (!found) return null;
  const { address, givenName, familyName } = found.account;
  const person = { handle: handleOf(portal, accountId), address, name: `${givenName} ${familyName}` };
  return registrationQuestion(
    portal.settings,
    challenge,
    person,
    found.held.map((h) => h.passkey),
  );
}

export interface NewPasskey extends VerifiedPasskey {
  readonly transports: readonly string[];
  /** Made outside the unit. */
  readonly factorId: string;
}

/** Outside any unit: spends the challenge and verifies the answer. @param text what the browser's authenticator gave, as JSON */
export async function readNewPasskey(
  portal: Portal,
  by: By,
  where: Place & { readonly accountId: string },
  text: string,
): Promise<Result<NewPasskey, RegisterProblem>> {
  const answer = readRegistration(text);
  if (!answer) return refused({ code: 'unreadable' });
  const wrong = async (code: RegisterProblem) => {
    const { accountId } = where;
    const data = { purpose: where.purpose, problem: code };
    await portal.store.unit(accountId, (tx) => recordEvent(tx, portal.now(), by, { type: 'passkey-wrong', accountId, data }));
    return refused({ code });
  };
  if (!(await spendChallenge(portal, answer.challenge, where))) return wrong('passkey-expired');
  const verified = await verifyRegistration(portal.settings, answer.credential, answer.challenge);
  if (!verified) return wrong('passkey-refused');
  return done({ ...verified, transports: answer.credential.response.transports, factorId: newId() });
}

/**
 * In a unit of the account that has checked that the person may: rows, event and notice. A credential that is anybody's is refused (SEC-32).
 * @param told whether the owner is told of more than this, by the caller
 */
export function* keepPasskey(
  portal: Portal,
  tx: Tx,
  now: number,
  by: By,
  account: AccountRow,
  made: NewPasskey,
  told = false,
): Script<Result<void, RegisterProblem>> {
  const { id: accountId } = account;
  const { factorId: id, credentialId, counter, aaguid, backedUp, userVerified } = made;
  const transports = [...made.transports];
  if (yield* findPasskey(tx, credentialId)) {
    yield* recordEvent(tx, now, by, { type: 'passkey-wrong', accountId, data: { problem: 'passkey-already-there' } });
    return refused({ code: 'passkey-already-there' });
  }
  const name = passkeyName(aaguid, transports, by.visitor.language);
  const secret = portal.secrets.seal(`factors:${id}`, made.publicKey);
  yield* insertFactor(tx, { id, accountId, kind: 'passkey', name, secret, lastStep: 0, createdAt: now, lastUsedAt: now });
  yield* insertPasskey(tx, { credentialId, factorId: id, counter, transports, aaguid, backedUp, userVerified });
  const event = yield* recordEvent(tx, now, by, {
    type: 'factor-added',
    accountId,
    data: { factor: id, kind: 'passkey', name, userVerified, backedUp },
  });
  if (!told) yield* queueNotice(portal, tx, now, by, accountId, event, { kind: 'passkey-added', factor: name });
  return done(undefined);
}
