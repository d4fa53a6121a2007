// What an agent has to know before an act: what locks the person out, what was given lately, what waits for a second agent.
import { listAttempts } from '#db/account-search';
import { type AccountRow, findAccountRow } from '#db/accounts';
import { listAnswers } from '#db/answers';
import type { CallerVerificationRow } from '#db/caller-verifications';
import { findProvenVerification } from '#db/caller-verifications';
import { listEvents } from '#db/events';
import { type FactorRow, listFactors } from '#db/factors';
import { listKnownBrowsers } from '#db/known-browsers';
import { listPhones } from '#db/phones';
import { findRemovalRequest, listOpenRemovalRequests, type RemovalRequestRow } from '#db/removal-requests';
import type { Script, Tx } from '#db/unit';
import { displayName, maskAddress } from '../../accounts/rules.ts';
import { passwordSubject } from '../../attempts/password-subject.ts';
import { answersSubject, factorSubject, judge, recoveryCodesSubject } from '../../attempts/rules.ts';
import type { EventType } from '../../audit/events.ts';
import { readHeldFactors } from '../../factors/facts.ts';
import { readSuspended, suspensionSubject } from '../../factors/phone/facts.ts';
import { mayRemove } from '../../factors/rules.ts';
import { passSubject } from '../../passes/rules.ts';
import type { Portal } from '../../portal.ts';
import { roleToShow } from '../../roles/facts.ts';
import type { Agent } from '../../visitor.ts';
import { type HelpdeskAction, type HelpdeskRefusal, judgeAction } from '../rules.ts';
import type { LastGiven, Lock } from './rules.ts';

/** A lock, with the name under which tries are counted; null where none are. */
export interface CountedLock extends Lock {
  readonly subject: string | null;
}

/** Everything that keeps the owner out of what they have. @param now epoch milliseconds */
export function* readLocks(portal: Pick<Portal, 'secrets' | 'settings'>, tx: Tx, account: AccountRow, now: number): Script<CountedLock[]> {
  const { attempts, answers } = portal.settings.policy;
  const locks: CountedLock[] = [];
  const { id } = account;
  const factors = yield* listFactors(tx, id);
  // In browsers that are known to be the owner's the password is counted apart (SEC-06): there may be many, so all is read at once.
  const browsers = [null, ...(yield* listKnownBrowsers(tx, id)).map(({ browser }) => browser)];
  const passwords = browsers.map((browser) => passwordSubject(portal, account.address, browser));
  const others = [recoveryCodesSubject(id), passSubject(id), answersSubject(id), ...factors.map((factor) => factorSubject(factor.id))];
  const tries = new Map((yield* listAttempts(tx, [...passwords, ...others])).map((row) => [row.subject, row]));
  function look(what: Lock['what'], name: string | null, subject: string, policy = attempts): void {
    const verdict = judge(tries.get(subject) ?? null, now, policy);
    if (verdict.kind === 'wait') locks.push({ what, name, why: what === 'answers' ? 'closed' : 'waits', until: verdict.until, subject });
    if (verdict.kind === 'disabled') locks.push({ what, name, why: 'disabled', until: null, subject });
  }
  for (const subject of passwords) look('password', null, subject);
  for (const { id: factorId, kind, name } of factors) if (kind === 'totp') look('app', name, factorSubject(factorId));
  look('recovery-codes', null, recoveryCodesSubject(id));
  look('pass', null, passSubject(id));
  if (yield* readSuspended(tx, id)) locks.push({ what: 'phones', name: null, why: 'suspended', until: null, subject: suspensionSubject(id) });
  const phones = new Map((yield* listPhones(tx, id)).map(({ phone }) => [phone.factorId, phone]));
  for (const factor of factors) {
    const phone = phones.get(factor.id);
    if (phone?.lockedAt != null) locks.push(stuck('phone', factor.name, phone.lockedWhy === 'pin' ? 'wrong-pins' : 'copied'));
    else if (factor.frozenAt !== null) locks.push(stuck('factor', factor.name, 'frozen'));
  }
  if (account.passwordFrozenAt !== null) locks.push(stuck('password', null, 'frozen'));
  if ((yield* listAnswers(tx, id)).length > 0) look('answers', null, answersSubject(id), answers);
  return locks;
}

const stuck = (what: Lock['what'], name: string | null, why: Lock['why']): CountedLock => ({ what, name, why, until: null, subject: null });

/** As `readLocks`, each kind once: the password is counted once for each browser. */
export const locksOf = (portal: Pick<Portal, 'store' | 'secrets' | 'settings' | 'now'>, accountId: string): Promise<Lock[]> =>
  portal.store.read(function* (tx) {
    const account = yield* findAccountRow(tx, accountId);
    if (!account) return [];
    const locks = new Map<string, Lock>();
    for (const { subject: _, ...lock } of yield* readLocks(portal, tx, account, portal.now())) {
      const key = `${lock.what} ${lock.name} ${lock.why}`;
      const before = locks.get(key);
      if (!before || (before.until ?? 0) < (lock.until ?? 0)) locks.set(key, lock);
    }
    return [...locks.values()];
  });

const newPassword = ['reset-sent', 'password-reset', 'password-set'] as const satisfies readonly EventType[];

/** When the account last got a new password or the way to one, and a pass: what must be a day apart (SEC-76). Epoch milliseconds. */
export function* readLastGiven(tx: Tx, accountId: string): Script<LastGiven> {
  const [password] = yield* listEvents(tx, accountId, 1, undefined, newPassword);
  const [pass] = yield* listEvents(tx, accountId, 1, undefined, ['pass-given']);
  return { newPasswordAt: password?.at ?? null, passAt: pass?.at ?? null };
}

/** When an agent last sent the letter that begins a password reset; null: not within living memory. Epoch milliseconds. */
export function* readLastSentReset(tx: Tx, accountId: string): Script<number | null> {
  return (yield* listEvents(tx, accountId, 1, undefined, ['reset-sent']))[0]?.at ?? null;
}

/** Of whom a page of an act speaks, and whether this agent may. */
export interface ActOnScreen {
  readonly id: string;
  readonly name: string;
  /** Masked. */
  readonly address: string;
  readonly status: AccountRow['status'];
  /** Null: go on. */
  readonly refusal: HelpdeskRefusal | null;
  /** How the caller was verified, and until when that counts; null where it was not. */
  readonly verified: { readonly method: CallerVerificationRow['method']; readonly until: number } | null;
  readonly factors: readonly FactorOnScreen[];
  readonly lastGiven: LastGiven;
}

export interface FactorOnScreen {
  readonly id: string;
  readonly kind: FactorRow['kind'];
  readonly name: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  /** Whether another one works, so that it may go. */
  readonly mayGo: boolean;
}

/** Null: there is no such account. Changes nothing. */
export async function actOnScreen(portal: Portal, agent: Agent, action: HelpdeskAction, accountId: string): Promise<ActOnScreen | null> {
  const role = await roleToShow(portal, accountId);
  return portal.store.read(function* (tx): Script<ActOnScreen | null> {
    const now = portal.now();
    const account = yield* findAccountRow(tx, accountId);
    if (!account) return null;
    const { verified } = portal.settings.policy.helpdesk;
    const verification = yield* findProvenVerification(tx, accountId, agent.agentId, now - verified);
    const refusal = judgeAction(action, {
      agent: { id: agent.agentId, role: agent.role },
      subject: { id: accountId, role },
      callerVerified: verification !== null,
    });
    const held = yield* readHeldFactors(portal, tx, accountId, now);
    return {
      id: accountId,
      name: displayName(account),
      address: maskAddress(account.address),
      status: account.status,
      refusal,
      verified: verification && { method: verification.method, until: (verification.provenAt ?? now) + verified },
      factors: (yield* listFactors(tx, accountId)).map(({ id, kind, name, createdAt, lastUsedAt }) => ({
        id,
        kind,
        name,
        createdAt,
        lastUsedAt,
        mayGo: mayRemove(held, id),
      })),
      lastGiven: yield* readLastGiven(tx, accountId),
    };
  });
}

/** A removal that waits for a second agent, as that agent sees it. */
export interface RemovalOnScreen {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  /** Masked. */
  readonly address: string;
  /** Null: it is gone already. */
  readonly factor: FactorOnScreen | null;
  readonly reason: string;
  readonly method: RemovalRequestRow['method'];
  /** The colleague's name. */
  readonly askedBy: string;
  /** Whether the agent who looks asked for it: they may only take it back. */
  readonly own: boolean;
  /** Epoch milliseconds. */
  readonly askedAt: number;
  readonly expiresAt: number;
}

/** At most: the oldest are decided, or die, within the hour. */
const shown = 100;

function* onScreen(portal: Pick<Portal, 'settings'>, tx: Tx, agent: Agent, row: RemovalRequestRow, now: number): Script<RemovalOnScreen | null> {
  const account = yield* findAccountRow(tx, row.accountId);
  if (!account) return null;
  const asker = yield* findAccountRow(tx, row.askedBy);
  const factor = (yield* listFactors(tx, row.accountId)).find(({ id }) => id === row.factorId);
  const held = yield* readHeldFactors(portal, tx, row.accountId, now);
  const { id, accountId, reason, method, askedAt, expiresAt } = row;
  return {
    id,
    accountId,
    name: displayName(account),
    address: maskAddress(account.address),
    factor: factor
      ? {
          id: factor.id,
          kind: factor.kind,
          name: factor.name,
          createdAt: factor.createdAt,
          lastUsedAt: factor.lastUsedAt,
          mayGo: mayRemove(held, factor.id),
        }
      : null,
    reason,
    method,
    askedBy: asker ? displayName(asker) : '',
    own: row.askedBy === agent.agentId,
    askedAt,
    expiresAt,
  };
}

/** Those that can still be decided; not those about the agent's own account. */
export const openRemovals = (portal: Pick<Portal, 'store' | 'settings' | 'now'>, agent: Agent): Promise<RemovalOnScreen[]> =>
  portal.store.read(function* (tx) {
    const now = portal.now();
    const all: RemovalOnScreen[] = [];
    for (const row of yield* listOpenRemovalRequests(tx, now, shown, null)) {
      const seen = row.accountId === agent.agentId ? null : yield* onScreen(portal, tx, agent, row, now);
      if (seen) all.push(seen);
    }
    return all;
  });

/** Null: there is none, it is decided or expired, or it is about the agent's own account. */
export const openRemoval = (portal: Pick<Portal, 'store' | 'settings' | 'now'>, agent: Agent, id: string): Promise<RemovalOnScreen | null> =>
  portal.store.read(function* (tx): Script<RemovalOnScreen | null> {
    const now = portal.now();
    const row = yield* findRemovalRequest(tx, id);
    if (!row || row.decidedAt !== null || row.expiresAt <= now || row.accountId === agent.agentId) return null;
    return yield* onScreen(portal, tx, agent, row, now);
  });
