// What a person has in place, for the pages that show it.
import { listAnswers } from '#db/answers';
import { listFactors } from '#db/factors';
import { listRecoveryCodes } from '#db/recovery-codes';
import type { Portal } from '../portal.ts';
import type { FactorKind } from '../sign-in/steps.ts';

export interface InPlace {
  /** Instants are epoch milliseconds. */
  readonly factors: readonly {
    readonly id: string;
    readonly kind: FactorKind;
    readonly name: string;
    readonly createdAt: number;
    readonly lastUsedAt: number | null;
  }[];
  /** Null when no set was ever kept. */
  readonly recoveryCodes: { readonly left: number; readonly of: number; readonly createdAt: number } | null;
  /** When the secret answers were chosen; null when they were not. */
  readonly answeredAt: number | null;
}

export const inPlace = (portal: Pick<Portal, 'store'>, accountId: string): Promise<InPlace> =>
  portal.store.read(function* (tx) {
    const factors = yield* listFactors(tx, accountId);
    const codes = yield* listRecoveryCodes(tx, accountId);
    const [answer] = yield* listAnswers(tx, accountId);
    const [code] = codes;
    return {
      factors: factors.map(({ id, kind, name, createdAt, lastUsedAt }) => ({ id, kind, name, createdAt, lastUsedAt })),
      recoveryCodes: code ? { left: codes.filter((c) => c.usedAt === null).length, of: codes.length, createdAt: code.createdAt } : null,
      answeredAt: answer?.changedAt ?? null,
    };
  });
