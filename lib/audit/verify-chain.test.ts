// The audit log's chain on both engines: what is written is sealed, and whoever changes it past the portal is found out.
import { type SQL, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listMissingGuards } from '#db/condition';
import { insertEvent } from '#db/events';
import { engines } from '#db/testing';
import type { Store } from '#db/unit';
import { days, hours, minutes } from '../duration.ts';
import { newId } from '../ids.ts';
import { purgeExpired } from '../operations/purge-expired.ts';
import { type TestPortal, testOperator, testPortal } from '../portal.testing.ts';
import { createSecrets, newKeyRing } from '../secrets.ts';
import { recordEvent } from './record-event.ts';
import { countPast } from './rules.ts';
import { sealEvents } from './seal-events.ts';
import { chainHead, verifyChain } from './verify-chain.ts';

/** Past the portal, as whoever holds the database can. */
const run = async (store: Store, statement: SQL): Promise<unknown> => {
  const db = store.db as unknown as Record<'run' | 'execute', (statement: SQL) => Promise<unknown>>;
  return store.engine === 'sqlite' ? db.run(statement) : db.execute(statement);
};

/** Takes the guards away, as only the database's owner can. */
async function withoutGuards(store: Store) {
  for (const table of ['events', 'audit_chain', 'unsealed_events', 'audit_marks']) {
    for (const guard of ['no_update', 'no_delete']) {
      const name = sql.identifier(`${table}_${guard}`);
      await run(store, store.engine === 'sqlite' ? sql`drop trigger ${name}` : sql`drop trigger ${name} on ${sql.identifier(table)}`);
    }
  }
}

describe.each(engines())('the audit log on $name', (engine) => {
  let portal: TestPortal;
  let store: Store;
  beforeEach(async () => {
    portal = await testPortal({ store: await engine.open() });
    store = portal.store;
  });
  afterEach(() => portal.close());

  const write = async (count: number) => {
    for (let i = 0; i < count; i++) {
      portal.clock.advance(1000);
      await store.unit('x', (tx) =>
        recordEvent(tx, portal.now(), testOperator(), { type: 'password-set', accountId: `account-${i}`, data: { z: i, a: 'é', m: null, b: true } }),
      );
    }
  };
  const ids = async () => (await store.db.select().from(store.s.auditChain)).toSorted((a, b) => a.seq - b.seq).map(({ eventId }) => eventId);
  const written = async (count: number) => {
    await write(count);
    await sealEvents(portal);
    return ids();
  };

  test('SEC-109: what is written is sealed once, in order, and found whole', async () => {
    expect(await verifyChain(portal)).toMatchObject({ verified: 0, head: { seq: 0 }, broken: null });
    await write(5);
    expect(await verifyChain(portal)).toMatchObject({ verified: 0, unsealed: 5, broken: null });
    expect(await sealEvents(portal)).toBe(5);
    expect(await sealEvents(portal)).toBe(0);
    await written(4);
    expect(await verifyChain(portal)).toMatchObject({ verified: 9, unsealed: 0, head: { seq: 9 }, late: { count: 0 }, broken: null });
  });

  test('SEC-109: more events than one unit of work seals, and more than one page', async () => {
    const rows = Array.from({ length: 2500 }, (_, i) => ({
      id: newId(),
      at: portal.now(),
      type: 'signed-in',
      accountId: `a${i}`,
      actor: null,
      flow: null,
      network: null,
      browser: null,
      data: {},
    }));
    for (let i = 0; i < rows.length; i += 500) await store.write(store.db.insert(store.s.events).values(rows.slice(i, i + 500)));
    expect(await sealEvents(portal)).toBe(2500);
    expect(await verifyChain(portal)).toMatchObject({ verified: 2500, broken: null });
  });

  const columns: readonly (readonly [string, SQL, SQL?])[] = [
    ['when', sql`update events set at = at + 1`],
    ['what', sql`update events set type = 'signed-in'`],
    ['to whom', sql`update events set account_id = 'another'`],
    ['by whom', sql`update events set actor = null`],
    ['in which flow', sql`update events set flow = 'f'`],
    ['from where', sql`update events set network = '10.0.0.0/24'`],
    ['in which browser', sql`update events set browser = 'Firefox'`],
    ['what else', sql`update events set data = '{"z":2,"a":"e","m":null,"b":true}'`],
    ['when it was sealed', sql`update audit_chain set sealed_at = sealed_at + 1`, sql`event_id`],
    ['its hash', sql`update audit_chain set hash = 'x'`, sql`event_id`],
  ];
  test.each(columns)('SEC-109: an event altered in %s is named', async (_what, statement, key = sql`id`) => {
    const all = await written(5);
    const third = all[2] ?? '';
    const one = sql`${statement} where ${key} = ${third}`;
    await expect(run(store, one)).rejects.toThrow();
    expect((await verifyChain(portal)).broken).toBeNull();
    await withoutGuards(store);
    await run(store, one);
    expect((await verifyChain(portal)).broken).toEqual({ kind: 'altered', seq: 3, eventId: third });
  });

  test('SEC-109: an event whose id was altered is missing under the one that was sealed', async () => {
    const all = await written(3);
    await withoutGuards(store);
    await run(store, sql`update events set id = ${newId()} where id = ${all[1]}`);
    expect((await verifyChain(portal)).broken).toEqual({ kind: 'deleted', seq: 2, eventId: all[1] });
  });

  test('SEC-109: an event deleted in the middle or at the end is named, with its place or without', async () => {
    const all = await written(5);
    await expect(run(store, sql`delete from events where id = ${all[2]}`)).rejects.toThrow();
    await expect(run(store, sql`delete from audit_chain`)).rejects.toThrow();
    await withoutGuards(store);
    await run(store, sql`delete from events where id = ${all[4]}`);
    expect((await verifyChain(portal)).broken).toEqual({ kind: 'deleted', seq: 5, eventId: all[4] });
    await run(store, sql`delete from events where id = ${all[2]}`);
    expect((await verifyChain(portal)).broken).toEqual({ kind: 'deleted', seq: 3, eventId: all[2] });
    await run(store, sql`delete from audit_chain where event_id = ${all[2]}`);
    expect((await verifyChain(portal)).broken).toEqual({ kind: 'place-deleted', seq: 3, eventId: null });
  });

  test('SEC-109: an end that was cut off with its places is whole in itself, and found by the head kept elsewhere', async () => {
    const all = await written(5);
    const head = await chainHead(portal);
    await withoutGuards(store);
    for (const id of all.slice(3)) {
      await run(store, sql`delete from events where id = ${id}`);
      await run(store, sql`delete from audit_chain where event_id = ${id}`);
    }
    expect((await verifyChain(portal)).broken).toBeNull();
    expect((await verifyChain(portal, [head])).broken).toEqual({ kind: 'cut-off', seq: 4, eventId: null });
    // …and also when others were written in the place of it.
    await written(3);
    expect((await verifyChain(portal, [head])).broken).toMatchObject({ kind: 'rewritten', seq: 5 });
    expect((await verifyChain(portal)).broken).toBeNull();
  });

  test('SEC-109: an event written past the portal is found, unless it waits as the portal’s own do: then its date tells', async () => {
    await written(3);
    const row = { type: 'signed-in', accountId: 'a', actor: null, flow: null, network: null, browser: null, data: {} };
    // The portal's own way is all that is left to somebody who can't take triggers away: it is sealed now, whatever date it says.
    const dated = portal.now() - hours(5);
    const id = newId();
    await store.unit('x', (tx) => insertEvent(tx, { ...row, id, at: dated }));
    await sealEvents(portal);
    expect(await verifyChain(portal)).toMatchObject({ broken: null, late: { count: 1, first: id } });
    await withoutGuards(store);
    const stray = newId();
    await store.unit('x', (tx) => insertEvent(tx, { ...row, id: stray, at: dated }));
    await run(store, sql`delete from unsealed_events`);
    expect((await verifyChain(portal)).broken).toEqual({ kind: 'inserted', seq: null, eventId: stray });
  });

  test('SEC-109: an event written over, past the guards, keeps its place and is named; sealing goes on', async () => {
    const all = await written(3);
    if (store.engine === 'postgres') {
      await withoutGuards(store);
      await run(store, sql`update events set type = 'signed-in' where id = ${all[1]}`);
      await run(store, sql`insert into unsealed_events (id) values (${all[1]})`);
    } else await run(store, sql`insert or replace into events (id, at, type, data) values (${all[1]}, 1, 'signed-in', '{}')`);
    await write(1);
    expect(await sealEvents(portal)).toBe(1);
    expect(await verifyChain(portal)).toMatchObject({ unsealed: 0, broken: { kind: 'altered', seq: 2, eventId: all[1] } });
  });

  test('SEC-109: two events that changed places are named', async () => {
    const all = await written(5);
    await withoutGuards(store);
    const move = (from: string, to: string) => run(store, sql`update audit_chain set event_id = ${to} where event_id = ${from}`);
    await move(all[1] ?? '', 'aside');
    await move(all[3] ?? '', all[1] ?? '');
    await move('aside', all[3] ?? '');
    expect((await verifyChain(portal)).broken).toMatchObject({ kind: 'reordered', seq: 2 });
  });

  test('SEC-109: an event deleted before it was sealed is named', async () => {
    await write(2);
    const first = (await store.db.select().from(store.s.events)).map(({ id }) => id).sort()[0] ?? '';
    await expect(run(store, sql`delete from events where id = ${first}`)).rejects.toThrow();
    await expect(run(store, sql`delete from unsealed_events where id = ${first}`)).rejects.toThrow();
    await withoutGuards(store);
    await run(store, sql`delete from events where id = ${first}`);
    await sealEvents(portal);
    expect((await verifyChain(portal)).broken).toEqual({ kind: 'deleted', seq: null, eventId: first });
  });

  test('SEC-109: who holds the database and not the key can’t make a chain of their own', async () => {
    const all = await written(3);
    await withoutGuards(store);
    await run(store, sql`update events set type = 'signed-in' where id = ${all[1]}`);
    await run(store, sql`delete from audit_chain`);
    for (const id of all) await run(store, sql`insert into unsealed_events (id) values (${id})`);
    const ring = newKeyRing();
    await sealEvents({ ...portal, secrets: createSecrets(() => ring) });
    expect((await verifyChain(portal)).broken).toMatchObject({ kind: 'altered', seq: 1 });
  });

  test('SEC-109: nothing is updated, and nothing deleted that the purge has not declared', async () => {
    await written(2);
    await write(1);
    for (const statement of [
      sql`update events set type = 'x'`,
      sql`update audit_chain set hash = 'x'`,
      sql`update unsealed_events set id = 'x'`,
      sql`delete from events`,
      sql`delete from audit_chain`,
      sql`delete from unsealed_events`,
      ...(store.engine === 'postgres'
        ? [sql`truncate events`, sql`truncate audit_chain`, sql`truncate unsealed_events`, sql`truncate audit_marks`]
        : []),
    ])
      await expect(run(store, statement)).rejects.toThrow();
    expect(await verifyChain(portal)).toMatchObject({ verified: 2, unsealed: 1, broken: null });
  });

  test('SEC-109: guards that were taken away are missed', async () => {
    const missing = () => store.read((tx) => listMissingGuards(tx, store.engine));
    expect(await missing()).toEqual([]);
    await withoutGuards(store);
    expect(await missing()).toEqual(['events_no_update', 'events_no_delete', 'audit_chain_no_update', 'audit_chain_no_delete']);
  });

  test('SEC-113: what is purged leaves a mark that the rest is verified from, and an event that says what', async () => {
    const old = await written(3);
    portal.clock.advance(days(200));
    await written(2);
    portal.clock.advance(days(200));
    const purged = await purgeExpired(portal);
    expect(purged.events).toBe(3);
    await sealEvents(portal);
    const found = await verifyChain(portal);
    expect(found).toMatchObject({ verified: 3, after: 3, head: { seq: 6 }, broken: null });
    const events = await store.db.select().from(store.s.events);
    expect(events.map(({ id }) => id)).not.toContain(old[0]);
    const [mark] = await store.db.select().from(store.s.auditMarks);
    expect(events.find(({ type }) => type === 'purged')).toMatchObject({
      actor: 'purge',
      data: { events: 3, eventsFrom: 1, eventsThrough: 3, lastHash: mark?.hash },
    });
    // What the mark does not cover is still guarded; the mark too.
    await expect(run(store, sql`delete from events`)).rejects.toThrow();
    await expect(run(store, sql`delete from audit_marks`)).rejects.toThrow();
    await expect(run(store, sql`update audit_marks set hash = 'x'`)).rejects.toThrow();
    portal.clock.advance(days(400));
    expect((await purgeExpired(portal)).events).toBe(3);
    expect(await store.db.select().from(store.s.auditMarks)).toHaveLength(1);
    await sealEvents(portal);
    expect(await verifyChain(portal)).toMatchObject({ verified: 1, after: 6, broken: null });
  });

  test('SEC-113: a mark that the portal did not set lets events be deleted, and is found out', async () => {
    const all = await written(4);
    await run(store, sql`insert into audit_marks (seq, hash, at, proof) values (2, 'x', 1, 'x')`);
    await run(store, sql`delete from events where id = ${all[0]}`);
    expect((await verifyChain(portal)).broken).toEqual({ kind: 'mark-forged', seq: 2, eventId: null });
  });

  test('SEC-109: events made older than they are, or deleted, are not purged: the mark that a purge sets would hide it', async () => {
    const old = await written(3);
    portal.clock.advance(days(366));
    const all = await written(4);
    await withoutGuards(store);
    await run(store, sql`update events set at = 1 where id = ${all[3]} or id = ${all[4]}`);
    expect((await purgeExpired(portal)).events).toBe(old.length);
    expect((await verifyChain(portal)).broken).toEqual({ kind: 'altered', seq: 4, eventId: all[3] });
    expect((await purgeExpired(portal)).events).toBe(0);
    await run(store, sql`delete from events where id = ${all[3]}`);
    expect((await purgeExpired(portal)).events).toBe(0);
    expect((await verifyChain(portal)).broken).toEqual({ kind: 'deleted', seq: 4, eventId: all[3] });
  });

  test('SEC-109: a mark that the portal did not set is not gone on from by the purge, which would set a true one', async () => {
    const all = await written(4);
    portal.clock.advance(days(366));
    const [, second] = (await store.db.select().from(store.s.auditChain)).toSorted((a, b) => a.seq - b.seq);
    await run(store, sql`insert into audit_marks (seq, hash, at, proof) values (2, ${second?.hash}, 1, 'x')`);
    for (const id of all.slice(0, 2)) {
      await run(store, sql`delete from events where id = ${id}`);
      await run(store, sql`delete from audit_chain where event_id = ${id}`);
    }
    expect((await purgeExpired(portal)).events).toBe(0);
    expect((await verifyChain(portal)).broken).toEqual({ kind: 'mark-forged', seq: 2, eventId: null });
  });

  test('the log is verified while it is sealed and purged', async () => {
    await written(40);
    portal.clock.advance(days(366));
    await write(40);
    const [found] = await Promise.all([verifyChain(portal), sealEvents(portal), purgeExpired(portal)]);
    expect(found.broken).toBeNull();
    await sealEvents(portal);
    expect((await verifyChain(portal)).broken).toBeNull();
  });
});

test.each(engines())('SEC-109: on $name, two nodes that write and seal at once make one chain, and miss nothing', async (engine) => {
  const [here, there] = await engine.openTwice();
  const portal = await testPortal({ store: here });
  const other = { ...portal, store: there };
  try {
    const write = async (store: Store, name: string) => {
      for (let i = 0; i < 60; i++)
        await store.unit(`${name}${i % 7}`, (tx) =>
          recordEvent(tx, portal.now(), testOperator(), { type: 'password-set', accountId: `${name}${i}` }),
        );
    };
    const seal = async (sealing: typeof other) => {
      for (let i = 0; i < 40; i++) await sealEvents(sealing);
    };
    await Promise.all([write(here, 'a'), write(there, 'b'), write(here, 'c'), seal(portal), seal(other)]);
    await sealEvents(other);
    expect(await verifyChain(portal)).toMatchObject({ verified: 180, unsealed: 0, head: { seq: 180 }, broken: null });
  } finally {
    await portal.close();
    await there.close();
  }
});

const postgres = engines().filter(({ name }) => name === 'PostgreSQL');
test.each(postgres)('SEC-109: on $name, an event that commits after younger ones were sealed is sealed then', async (engine) => {
  const [here, there] = await engine.openTwice();
  const portal = await testPortal({ store: here });
  try {
    const early = newId();
    const row = { at: portal.now(), type: 'signed-in', accountId: 'a', actor: null, flow: null, network: null, browser: null, data: {} };
    let young = false;
    const late = there.unit('late', function* (tx) {
      yield* insertEvent(tx, { ...row, id: early });
      // Held open until a younger one has a place.
      for (let i = 0; i < 20_000 && !young; i++) yield* insertNothing(tx);
    });
    await here.unit('x', (tx) => insertEvent(tx, { ...row, id: newId() }));
    expect(await sealEvents(portal)).toBe(1);
    young = true;
    await late;
    expect(await sealEvents(portal)).toBe(1);
    const chain = (await here.db.select().from(here.s.auditChain)).toSorted((a, b) => a.seq - b.seq);
    expect(chain[1]?.eventId).toBe(early);
    expect(await verifyChain(portal)).toMatchObject({ verified: 2, broken: null });
  } finally {
    await portal.close();
    await there.close();
  }
  function* insertNothing(tx: Parameters<typeof insertEvent>[0]) {
    yield tx.db.select().from(tx.s.figures).limit(1);
  }
});

test('what is past its time is a beginning; a date in the future does not keep what is around it', () => {
  const now = days(1000);
  const cutoff = now - days(365);
  expect(countPast([], cutoff, now)).toBe(0);
  expect(countPast([cutoff, cutoff + 1], cutoff, now)).toBe(0);
  expect(countPast([1, 2, cutoff + minutes(1), 3], cutoff, now)).toBe(2);
  expect(countPast([1, now + days(3000), 2, cutoff], cutoff, now)).toBe(3);
  expect(countPast([1, now + days(3000)], cutoff, now)).toBe(1);
});
