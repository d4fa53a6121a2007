// What a person has in place, for the pages that show it.
import { listAnswers } from '#db/answers';
import { findAttempts } from '#db/attempts';
import { listFactors } from '#db/factors';
import { findPasswordChange } from '#db/passwords';
import { findPendingFactor } from '#db/pending-factors';
import { listRecoveryCodes } from '#db/recovery-codes';
import type { Script, Tx } from '#db/unit';
import { factorSubject, judge } from '../attempts/rules.ts';
import type { Portal } from '../portal.ts';
import type { FactorKind } from '../sign-in/steps.ts';
import type { Member } from '../visitor.ts';
import { type ChangePhoneStep, changePhoneStep, type HeldFactor } from './rules.ts';

export interface InPlace {
  /** Instants are epoch milliseconds. */
  readonly factors: readonly {
    readonly id: string;
    readonly kind: FactorKind;
    readonly name: string;
    readonly createdAt: number;
    readonly lastUsedAt: number | null;
    /** Since when it proves nothing, by its owner's word; null while it does. */
    readonly frozenAt: number | null;
  }[];
  /** Null when no set was ever kept. */
  readonly recoveryCodes: { readonly left: number; readonly of: number; readonly createdAt: number; readonly lastUsedAt: number | null } | null;
  /** When the secret answers were chosen; null when they were not. */
  readonly answeredAt: number | null;
  /** Null where the directory does not tell. */
  readonly passwordChangedAt: number | null;
}

export const inPlace = (portal: Pick<Portal, 'store'>, accountId: string): Promise<InPlace> =>
  portal.store.read(function* (tx) {
    const factors = yield* listFactors(tx, accountId);
    const codes = yield* listRecoveryCodes(tx, accountId);
    const [answer] = yield* listAnswers(tx, accountId);
    const [code] = codes;
    const used = codes.flatMap(({ usedAt }) => (usedAt === null ? [] : [usedAt]));
    return {
      factors: factors.map(({ id, kind, name, createdAt, lastUsedAt, frozenAt }) => ({ id, kind, name, createdAt, lastUsedAt, frozenAt })),
      recoveryCodes: code
        ? { left: codes.length - used.length, of: codes.length, createdAt: code.createdAt, lastUsedAt: used.length > 0 ? Math.max(...used) : null }
        : null,
      answeredAt: answer?.changedAt ?? null,
      passwordChangedAt: yield* findPasswordChange(tx, accountId),
    };
  });

/** The factors of an account, and which of them work. @param now epoch milliseconds */
export function* readHeldFactors({ settings }: Pick<Portal, 'settings'>, tx: Tx, accountId: string, now: number): Script<HeldFactor[]> {
  const held: HeldFactor[] = [];
  for (const { id, kind, createdAt, frozenAt } of yield* listFactors(tx, accountId)) {
    const tries = yield* findAttempts(tx, factorSubject(id));
    const works = frozenAt === null && judge(tries, now, settings.policy.attempts).kind !== 'disabled';
    held.push({ id, kind, works, createdAt });
  }
  return held;
}

/** Where somebody stands who changes phones. @param old the id of the factor on the old phone */
export const changePhoneFacts = (portal: Portal, { accountId }: Member, old: string): Promise<ChangePhoneStep> =>
  portal.store.read(function* (tx) {
    const now = portal.now();
    const pending = yield* findPendingFactor(tx, accountId);
    const held = yield* readHeldFactors(portal, tx, accountId, now);
    return changePhoneStep(held, old, pending !== null && pending.kind !== 'passkey' && pending.expiresAt > now, now);
  });
