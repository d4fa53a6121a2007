// Sealed bytes that live for long, a page at a time, for sealing them again with another key.
import { and, asc, eq, gt, isNotNull } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

export interface SealedBytes {
  /** The row's key in its table. */
  readonly key: string;
  /** What the bytes are bound to, beside the table. */
  readonly boundTo: string;
  readonly bytes: Buffer;
}

interface SealedColumn {
  readonly list: (tx: Tx, after: string, limit: number) => Script<SealedBytes[]>;
  /** Only where the bytes are still those: whoever wrote meanwhile used the newest key. */
  readonly replace: (tx: Tx, key: string, from: Buffer, to: Buffer) => Script<void>;
}

type Key = Schema['factors']['id'];
type Bytes = Schema['factors']['secret'];

/** Seen as the table of factors, whose columns these have. */
function column(of: (s: Schema) => unknown, keyName: string, bytesName: string, boundName = keyName): SealedColumn {
  const parts = (tx: Tx) => {
    const table = of(tx.s) as Schema['factors'];
    const columns = table as unknown as Record<string, unknown>;
    return { table, key: columns[keyName] as Key, bytes: columns[bytesName] as Bytes, boundTo: columns[boundName] as Key };
  };
  return {
    *list(tx, after, limit) {
      const { table, key, bytes, boundTo } = parts(tx);
      return yield* q(
        tx.db
          .select({ key, boundTo, bytes })
          .from(table)
          .where(and(gt(key, after), isNotNull(bytes)))
          .orderBy(asc(key))
          .limit(limit),
      );
    },
    *replace(tx, id, from, to) {
      const { table, key, bytes } = parts(tx);
      yield* q(
        tx.db
          .update(table)
          .set({ [bytesName]: to })
          .where(and(eq(key, id), eq(bytes, from))),
      );
    },
  };
}

/** By the name that their seals carry. Other sealed bytes die within days. */
export const sealedColumns = {
  factors: column((s) => s.factors, 'id', 'secret'),
  phones: column((s) => s.phones, 'factorId', 'subscription'),
  'pending-recovery-codes': column((s) => s.pendingRecoveryCodes, 'accountId', 'codes'),
  applications: column((s) => s.applications, 'id', 'secret'),
  signing_keys: column((s) => s.signingKeys, 'kid', 'jwk'),
  vapid_keys: column((s) => s.vapidKeys, 'id', 'privateKey'),
} as const;
