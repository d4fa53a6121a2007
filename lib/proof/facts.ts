// What a person can prove themselves with again, inside a session of the account.
import { findAccountRow } from '#db/accounts';
import { listFactors } from '#db/factors';
import { listRecoveryCodes } from '#db/recovery-codes';
import type { Portal } from '../portal.ts';
import type { FactorKind } from '../sign-in/steps.ts';
import type { Member } from '../visitor.ts';

export interface Provable {
  readonly address: string;
  /** Frozen ones prove nothing, and are left out. */
  readonly factors: readonly { readonly id: string; readonly kind: FactorKind; readonly name: string }[];
  readonly recoveryCodesLeft: number;
}

export const provable = ({ store }: Pick<Portal, 'store'>, { accountId }: Member): Promise<Provable> =>
  store.read(function* (tx) {
    const account = yield* findAccountRow(tx, accountId);
    const factors = yield* listFactors(tx, accountId);
    const codes = yield* listRecoveryCodes(tx, accountId);
    return {
      address: account?.address ?? '',
      factors: factors.filter(({ frozenAt }) => frozenAt === null).map(({ id, kind, name }) => ({ id, kind, name })),
      recoveryCodesLeft: codes.filter(({ usedAt }) => usedAt === null).length,
    };
  });
