// The contract of units of work, on both engines.
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isDuplicate, sqlState } from './store.ts';
import { engines } from './testing.ts';
import { q, type Script, type Store, type Tx } from './unit.ts';

const account = (id: string, address = `${id}@inserm.fr`) => ({
  id,
  address,
  givenName: 'Claire',
  familyName: 'Martin',
  kind: 'internal' as const,
  affiliations: ['member', 'employee'],
  status: 'active' as const,
  language: null,
  createdAt: 1_700_000_000_000,
  enrolledAt: null,
});
const factor = (id: string, accountId: string) => ({
  id,
  accountId,
  kind: 'totp' as const,
  name: 'Pixel de Claire',
  secret: Buffer.from([0, 1, 2, 255]),
  lastStep: 0,
  createdAt: 1_700_000_000_000,
  lastUsedAt: null,
});

const addAccount = (id: string, address?: string) =>
  function* (tx: Tx): Script<void> {
    yield* q(tx.db.insert(tx.s.accounts).values(account(id, address)));
  };
const accountIds = async (store: Store) => (await store.db.select({ id: store.s.accounts.id }).from(store.s.accounts)).map((r) => r.id).sort();
const factorIds = async (store: Store) => (await store.db.select({ id: store.s.factors.id }).from(store.s.factors)).map((r) => r.id);

/** Later statements depend on earlier results: refuses to remove the last factor. */
const removeFactor = (accountId: string, id: string) =>
  function* (tx: Tx): Script<'removed' | 'last'> {
    const { factors } = tx.s;
    const mine = yield* q(tx.db.select({ id: factors.id }).from(factors).where(eq(factors.accountId, accountId)));
    if (mine.length === 1) return 'last';
    yield* q(tx.db.delete(factors).where(eq(factors.id, id)));
    return 'removed';
  };

describe.each(engines())('units of work on $name', ({ open, openTwice }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  test('a unit gives back what its script returns', async () => {
    await store.unit('a', addAccount('a'));
    const name = await store.unit('a', function* ({ db, s }) {
      const rows = yield* q(db.select().from(s.accounts).where(eq(s.accounts.id, 'a')));
      return rows[0]?.givenName;
    });
    expect(name).toBe('Claire');
  });

  test('values come back as they went in: JSON, bytes, instants, null', async () => {
    await store.unit('a', addAccount('a'));
    await store.write(store.db.insert(store.s.factors).values(factor('f', 'a')));
    expect(await store.db.select().from(store.s.accounts)).toEqual([{ ...account('a'), passwordFrozenAt: null, directoryId: null }]);
    const [row] = await store.db.select().from(store.s.factors);
    expect(row?.secret).toBeInstanceOf(Buffer);
    expect([...(row?.secret ?? [])]).toEqual([0, 1, 2, 255]);
  });

  test('a unit that fails leaves nothing behind', async () => {
    const failing = store.unit('a', function* (tx) {
      yield* addAccount('a')(tx);
      throw new Error('no more paper');
    });
    await expect(failing).rejects.toThrow('no more paper');
    expect(await accountIds(store)).toEqual([]);
  });

  test('a statement that fails takes its whole unit with it', async () => {
    await store.unit('a', addAccount('a', 'claire.martin@inserm.fr'));
    const failing = store.unit('b', function* (tx) {
      yield* addAccount('b')(tx);
      yield* addAccount('c', 'claire.martin@inserm.fr')(tx);
    });
    const error = await failing.catch((e: unknown) => e);
    expect(isDuplicate(error)).toBe(true);
    expect(await accountIds(store)).toEqual(['a']);
  });

  test('among units of the same moment, only the failing one is undone', async () => {
    const outcomes = await Promise.allSettled([
      store.unit('a', addAccount('a')),
      store.unit('b', function* (tx) {
        yield* addAccount('b')(tx);
        throw new Error('no');
      }),
      store.unit('c', addAccount('c')),
      store.unit('a', addAccount('a')),
      store.unit('d', addAccount('d')),
    ]);
    expect(outcomes.map((o) => o.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await accountIds(store)).toEqual(['a', 'c', 'd']);
  });

  test('whoever is told that it is done finds it in the store', async () => {
    await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        const id = `n${i}`;
        await store.unit(id, addAccount(id));
        expect(await store.db.select().from(store.s.accounts).where(eq(store.s.accounts.id, id))).toHaveLength(1);
      }),
    );
  });

  test('two units of one key never decide on the same facts: the last factor stays', async () => {
    await store.unit('a', function* (tx) {
      yield* addAccount('a')(tx);
      yield* q(tx.db.insert(tx.s.factors).values([factor('f1', 'a'), factor('f2', 'a')]));
    });
    const outcomes = await Promise.all([store.unit('a', removeFactor('a', 'f1')), store.unit('a', removeFactor('a', 'f2'))]);
    expect(outcomes.toSorted()).toEqual(['last', 'removed']);
    expect(await factorIds(store)).toHaveLength(1);
  });

  test('nor do two nodes', async () => {
    const [here, there] = await openTwice();
    try {
      for (let round = 0; round < 10; round++) {
        const id = `a${round}`;
        await here.unit(id, function* (tx) {
          yield* addAccount(id)(tx);
          yield* q(tx.db.insert(tx.s.factors).values([factor(`${id}-1`, id), factor(`${id}-2`, id)]));
        });
        const outcomes = await Promise.all([here.unit(id, removeFactor(id, `${id}-1`)), there.unit(id, removeFactor(id, `${id}-2`))]);
        expect(outcomes.toSorted()).toEqual(['last', 'removed']);
      }
      expect(await factorIds(there)).toHaveLength(10);
    } finally {
      await here.close();
      await there.close();
    }
  });

  test('what is consumed by one conditional statement is consumed once, however many try', async () => {
    await store.unit('a', function* (tx) {
      yield* addAccount('a')(tx);
      yield* q(tx.db.insert(tx.s.factors).values(factor('f', 'a')));
    });
    const { factors } = store.s;
    const tries = Array.from({ length: 50 }, () =>
      store.write(store.db.update(factors).set({ lastStep: 7 }).where(eq(factors.lastStep, 0)).returning({ id: factors.id })),
    );
    expect((await Promise.all(tries)).filter((rows) => rows.length === 1)).toHaveLength(1);
  });

  test('a duplicate is told from other failures', async () => {
    await store.unit('a', addAccount('a'));
    const duplicate = await store.unit('a', addAccount('a')).catch((e: unknown) => e);
    expect(isDuplicate(duplicate)).toBe(true);
    const orphan = await store.write(store.db.insert(store.s.factors).values(factor('f', 'nobody'))).catch((e: unknown) => e);
    expect(orphan).toBeInstanceOf(Error);
    expect(isDuplicate(orphan)).toBe(false);
    expect(sqlState(orphan)).toMatch(/^(23503|SQLITE_CONSTRAINT_FOREIGNKEY)$/);
  });

  test('removing an account removes what hangs on it', async () => {
    await store.unit('a', function* (tx) {
      yield* addAccount('a')(tx);
      yield* q(tx.db.insert(tx.s.factors).values(factor('f', 'a')));
    });
    await store.write(store.db.delete(store.s.accounts).where(eq(store.s.accounts.id, 'a')));
    expect(await factorIds(store)).toEqual([]);
  });

  test('texts are ordered by their bytes, so that keys sort alike everywhere', async () => {
    for (const id of ['b', 'B', 'é', 'a', '-', 'Z']) await store.unit(id, addAccount(id));
    const rows = await store.db.select({ id: store.s.accounts.id }).from(store.s.accounts).orderBy(store.s.accounts.id);
    expect(rows.map((r) => r.id)).toEqual(['-', 'B', 'Z', 'a', 'b', 'é']);
  });
});
