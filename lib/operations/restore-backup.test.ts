// A backup and its restore, by doing: what is refused changes nothing, and what was spent, ended or taken away since does not come back.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setAccountIdentity } from '#db/accounts';
import { copiedTables, knownMigrations } from '#db/copy';
import { migrate } from '#db/migrate';
import { openPostgres, openSqlite } from '#db/store';
import { emptyDatabase, plannedRows } from '#db/testing';
import { createAccount } from '../accounts/create-account.ts';
import { setAccountStatus } from '../accounts/set-account-status.ts';
import { sealEvents } from '../audit/seal-events.ts';
import { verifyChain } from '../audit/verify-chain.ts';
import { typed } from '../cli/command.testing.ts';
import { runCommand } from '../cli/run-command.ts';
import { days, minutes, seconds } from '../duration.ts';
import { pairedPhone } from '../factors/phone/phone.testing.ts';
import { removeFactor } from '../factors/remove-factor.ts';
import { newId } from '../ids.ts';
import { changePassword } from '../passwords/change-password.ts';
import {
  events,
  lastCode,
  type TestAccount,
  type TestApp,
  type TestPortal,
  testAccount,
  testApp,
  testFlow,
  testMember,
  testOperator,
  testPassword,
  testPortal,
  testRecoveryCodes,
  testSession,
} from '../portal.testing.ts';
import { giveRole } from '../roles/give-role.ts';
import { newKeyRing, newSealingKey } from '../secrets.ts';
import { findPortalSession } from '../sessions/facts.ts';
import { checkPassword } from '../sign-in/check-password.ts';
import { signInFacts } from '../sign-in/facts.ts';
import { finishSignIn } from '../sign-in/finish-sign-in.ts';
import { proveEmailCode } from '../sign-in/prove-email-code.ts';
import { proveRecoveryCode } from '../sign-in/prove-recovery-code.ts';
import { proveTotp } from '../sign-in/prove-totp.ts';
import { nextSignInStep } from '../sign-in/steps.ts';
import type { RecentlyProven } from '../visitor.ts';
import { headFile } from './audit-head.ts';
import { backUp } from './back-up.ts';
import { writeBackupFile } from './backup-file.ts';
import { restoreBackup } from './restore-backup.ts';

const server = process.env.TEST_DATABASE_URL;
const names = server ? (['SQLite', 'PostgreSQL'] as const) : (['SQLite'] as const);
const ring = newKeyRing();

interface World {
  readonly database: string;
  readonly folder: string;
  open(): Promise<TestPortal>;
  remove(): Promise<void>;
}

async function worldOn(name: (typeof names)[number]): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-restore-'));
  const made = name === 'PostgreSQL' ? await emptyDatabase(server ?? '') : null;
  const database = made?.database ?? join(folder, 'portal.db');
  return {
    database,
    folder,
    async open() {
      const store = made ? openPostgres(database, 3) : openSqlite(database);
      await migrate(store);
      return testPortal({
        store,
        ring,
        settings: { database, dataFolder: folder, keys: JSON.stringify(ring), internalOrigin: 'http://127.0.0.1:9' },
      });
    },
    async remove() {
      await made?.remove();
      rmSync(folder, { recursive: true });
    },
  };
}

describe.each(names)('a backup on %s', (name) => {
  let world: World;
  let portal: TestPortal;
  let claire: TestAccount;
  let copy: string;
  beforeEach(async () => {
    world = await worldOn(name);
    portal = await world.open();
    claire = await testAccount(portal);
    copy = join(world.folder, 'copy');
  });
  afterEach(async () => {
    await portal.close();
    await world.remove();
  });

  const member = () => testMember(claire.id) as unknown as RecentlyProven;
  const restore = async (blindly = false, settings = portal.settings) => {
    const { now, secrets, clock } = portal;
    await portal.close();
    try {
      return await restoreBackup({ settings, secrets, now: now(), by: 'cli:test' }, copy, blindly);
    } finally {
      const at = clock.now();
      portal = await world.open();
      portal.clock.set(at);
    }
  };
  const run = (...words: string[]) => typed(portal, words);
  const withPassword = async (password = testPassword) => {
    const flow = testFlow(portal);
    return { flow, ok: (await checkPassword(portal, flow, { address: claire.address, password })).ok };
  };

  test('SEC-114: it is of one moment, for its owner alone, says nothing in clear, and replaces no file', async () => {
    const app = await testApp(portal, claire.id);
    const made = await backUp(portal, copy, 'cli:test');
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect(statSync(copy).size).toBe(made.size);
    const bytes = readFileSync(copy);
    for (const secret of [claire.address, claire.id, 'Martin', app.id, app.secret.toString('latin1'), ring.pepper])
      expect(bytes.includes(Buffer.from(secret, 'latin1'))).toBe(false);
    expect((await events(portal)).at(-1)).toMatchObject({ type: 'backed-up', actor: 'cli:test', data: { rows: made.rows } });
    const before = createHash('sha256').update(bytes).digest('hex');
    expect((await run('backup', copy)).told).toBe(`${copy} is there already: a backup never replaces another.`);
    expect(createHash('sha256').update(readFileSync(copy)).digest('hex')).toBe(before);
  });

  test('SEC-114: what is written while it is made is all in it or not at all', async () => {
    let stop = false;
    const writing = (async () => {
      for (let i = 0; !stop; i++) {
        const made = { address: `p${i}.x@inserm.fr`, givenName: 'P', familyName: 'X', password: null, affiliations: [] };
        await createAccount(portal, testOperator(), made);
      }
    })();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await backUp(portal, copy, 'cli:test');
    stop = true;
    await writing;
    await restore(true);
    const accounts = await portal.store.db.select().from(portal.store.s.accounts);
    const created = (await events(portal)).filter(({ type }) => type === 'account-created');
    expect(created.map(({ accountId }) => accountId).sort()).toEqual(accounts.map(({ id }) => id).sort());
  });

  describe('restored', () => {
    let app: TestApp;
    let old: TestApp;
    let codes: string[];
    beforeEach(async () => {
      app = await testApp(portal, claire.id, 'New phone');
      old = await testApp(portal, claire.id, 'Old phone');
      codes = await testRecoveryCodes(portal, claire.id);
      await giveRole(portal, testOperator(), { address: claire.address, role: 'agent' });
      const consent = {
        accountId: claire.id,
        applicationId: 'biblio',
        scopes: ['openid'],
        givenAt: portal.now(),
        expiresAt: portal.now() + days(90),
      };
      await portal.store.write(portal.store.db.insert(portal.store.s.consents).values({ ...consent, lastUsedAt: null }));
      await testSession(portal, claire.id, 'a cookie');
      await sealEvents(portal);
      await backUp(portal, copy, 'cli:test');
      portal.clock.advance(minutes(2));
    });

    test('SEC-114: sessions, e-mail codes and everything under way have ended', async () => {
      const { flow } = await withPassword();
      await restore();
      expect(await findPortalSession(portal, 'a cookie')).toBeNull();
      expect((await signInFacts(portal, flow)).accountId).toBeNull();
      for (const table of ['portalSessions', 'oidcRecords', 'proofs', 'emailCodes', 'signingKeys', 'outbox'] as const)
        expect(await portal.store.db.select().from(portal.store.s[table] as typeof portal.store.s.proofs)).toEqual([]);
    });

    test('SEC-114: a factor removed since stays removed, a used code used, a changed password changed; what is newer is not lost', async () => {
      const newer = await testApp(portal, claire.id, 'Newest phone');
      expect((await removeFactor(portal, member(), { factor: old.id })).ok).toBe(true);
      const { flow } = await withPassword();
      expect((await proveRecoveryCode(portal, flow, { code: codes[0] ?? '' })).ok).toBe(true);
      const next = 'un nuage passe au-dessus';
      expect((await changePassword(portal, member(), { current: claire.password, password: next })).ok).toBe(true);
      await portal.store.write(portal.store.db.delete(portal.store.s.consents));
      await portal.store.write(portal.store.db.delete(portal.store.s.roles));

      const restored = await restore();
      expect(restored).toMatchObject({ takenOver: { accounts: 1, missing: 0 }, distrusted: 0, log: 'in-place' });
      expect((await withPassword()).ok).toBe(false);
      const again = await withPassword(next);
      expect(again.ok).toBe(true);
      expect((await proveTotp(portal, again.flow, { code: old.code(portal.now()) })).ok).toBe(false);
      expect((await proveRecoveryCode(portal, again.flow, { code: codes[0] ?? '' })).ok).toBe(false);
      expect((await proveRecoveryCode(portal, again.flow, { code: codes[1] ?? '' })).ok).toBe(true);
      portal.clock.advance(minutes(2));
      const third = await withPassword(next);
      expect((await proveTotp(portal, third.flow, { code: newer.code(portal.now()) })).ok).toBe(true);
      expect(await finishSignIn(portal, third.flow, 'browser')).toMatchObject({ accountId: claire.id });
      expect(await portal.store.db.select().from(portal.store.s.consents)).toEqual([]);
      expect(await portal.store.db.select().from(portal.store.s.roles)).toEqual([]);
    });

    test('SEC-114: the code that an app shows is not accepted a second time', async () => {
      const { flow } = await withPassword();
      const code = app.code();
      expect((await proveTotp(portal, flow, { code })).ok).toBe(true);
      await restore(true);
      const again = await withPassword();
      await proveEmailCode(portal, again.flow, { code: await lastCode(portal, claire.address) });
      expect((await proveTotp(portal, again.flow, { code })).ok).toBe(false);
      portal.clock.advance(seconds(61));
      expect((await proveTotp(portal, again.flow, { code: app.code(portal.now()) })).ok).toBe(true);
    });

    test('SEC-114: without the database that was in place, a factor proves only beside the mailbox until it has once; recovery codes and roles are void', async () => {
      await removeFactor(portal, member(), { factor: old.id });
      expect(await restore(true)).toMatchObject({ takenOver: null, distrusted: 1, log: 'copy' });
      portal.clock.advance(minutes(2));
      const { flow } = await withPassword();
      // Whoever found the old phone, and knows the password, is asked for the mailbox.
      expect(nextSignInStep(await signInFacts(portal, flow))).toBe('email-code');
      expect((await proveTotp(portal, flow, { code: old.code(portal.now()) })).ok).toBe(false);
      expect((await proveRecoveryCode(portal, flow, { code: codes[1] ?? '' })).ok).toBe(false);
      expect(await finishSignIn(portal, flow, 'browser')).toBeNull();
      // Its owner gets in, with the mailbox…
      expect((await proveEmailCode(portal, flow, { code: await lastCode(portal, claire.address) })).ok).toBe(true);
      expect(nextSignInStep(await signInFacts(portal, flow))).toBe('second-factor');
      expect((await proveTotp(portal, flow, { code: app.code(portal.now()) })).ok).toBe(true);
      expect(await finishSignIn(portal, flow, 'browser')).toMatchObject({ accountId: claire.id });
      // …which is asked for until the other factor has proven beside it too, or is removed.
      portal.clock.advance(minutes(2));
      const second = await withPassword();
      expect(nextSignInStep(await signInFacts(portal, second.flow))).toBe('email-code');
      await removeFactor(portal, member(), { factor: old.id });
      expect(nextSignInStep(await signInFacts(portal, second.flow))).toBe('second-factor');
      expect(await portal.store.db.select().from(portal.store.s.recoveryCodes)).toEqual([]);
      expect(await portal.store.db.select().from(portal.store.s.roles)).toEqual([]);
      expect(await portal.store.db.select().from(portal.store.s.consents)).toEqual([]);
    });

    test('SEC-109: the audit log goes on: none of it is lost with the database that had it, and it says what was restored', async () => {
      await withPassword();
      await sealEvents(portal);
      const before = await events(portal);
      await restore();
      expect((await events(portal)).slice(0, -1)).toEqual(before);
      expect((await events(portal)).at(-1)).toMatchObject({ type: 'restored', actor: 'cli:test', data: { log: 'in-place', takenOver: 1 } });
      await sealEvents(portal);
      expect(await verifyChain(portal)).toMatchObject({ verified: before.length + 1, unsealed: 0, broken: null });
    });

    test('SEC-114: who was frozen since stays frozen', async () => {
      await setAccountStatus(portal, testOperator(), claire.address, 'disabled');
      await restore();
      expect((await withPassword()).ok).toBe(false);
      expect(await portal.store.db.select().from(portal.store.s.accounts)).toMatchObject([{ id: claire.id, status: 'disabled' }]);
    });

    test('SEC-114: an address, and the entry of a directory, are those of now: the old ones may be somebody else’s', async () => {
      const paul = await testAccount(portal, { address: 'paul.petit@inserm.fr' });
      await portal.store.unit(paul.id, (tx) => setAccountIdentity(tx, paul.id, person('paul.petit@inserm.fr', 'entry-1'), ['paul']));
      rmSync(copy);
      await backUp(portal, copy, 'cli:test');
      // Paul has left, and his entry was another person's all along; Claire has his address now, and a newcomer hers.
      const identities = [
        [paul.id, person('paul.petit.1@inserm.fr', null), ['ancien']],
        [claire.id, person('paul.petit@inserm.fr', 'entry-1'), ['zoe']],
      ] as const;
      for (const [id, identity, terms] of identities) await portal.store.unit(id, (tx) => setAccountIdentity(tx, id, identity, terms));
      const newcomer = await testAccount(portal, { address: claire.address });
      expect(await restore()).toMatchObject({ takenOver: { accounts: 2, missing: 1 } });
      const rows = await portal.store.db.select().from(portal.store.s.accounts);
      expect(rows.map(({ id }) => id)).not.toContain(newcomer.id);
      for (const [id, identity, terms] of identities) {
        expect(rows.find((row) => row.id === id)).toMatchObject(identity);
        const words = await portal.store.db.select().from(portal.store.s.accountTerms).where(eq(portal.store.s.accountTerms.accountId, id));
        expect(words.map(({ term }) => term)).toEqual(terms);
      }
    });

    const person = (address: string, directoryId: string | null) => ({
      address,
      directoryId,
      givenName: 'Zoé',
      familyName: 'Petit',
      kind: 'internal' as const,
      affiliations: ['member'],
    });

    test('what was in place is kept, and may be put back', async () => {
      const { aside } = await restore();
      if (name === 'SQLite') {
        expect(existsSync(aside ?? '')).toBe(true);
        expect(readdirSync(world.folder).filter((file) => file.includes('restoring'))).toEqual([]);
        const kept = openSqlite(aside ?? '');
        expect(await kept.db.select().from(kept.s.portalSessions)).toHaveLength(1);
        await kept.close();
      } else expect(aside).toMatch(/^before_\d{17}$/);
      expect(await portal.store.db.select().from(portal.store.s.accounts)).toMatchObject([{ id: claire.id }]);
    });

    test('accounts that the copy lacks are counted; those that only the copy has are not trusted', async () => {
      await testAccount(portal, { address: 'new.x@inserm.fr' });
      const s = portal.store.s;
      await portal.store.write(portal.store.db.delete(s.accounts).where(eq(s.accounts.id, claire.id)));
      expect(await restore()).toMatchObject({ takenOver: { accounts: 0, missing: 1 }, distrusted: 1 });
      const { flow, ok } = await withPassword();
      expect(ok).toBe(true);
      expect(nextSignInStep(await signInFacts(portal, flow))).toBe('email-code');
    });
  });

  describe('is refused, and nothing is changed:', () => {
    beforeEach(async () => {
      // Enough for several chunks.
      for (let i = 0; i < 40; i++) await testRecoveryCodes(portal, (await testAccount(portal, { address: `p${i}.x@inserm.fr` })).id);
      await backUp(portal, copy, 'cli:test');
    });
    const refused = async (sentence: RegExp, ring_ = ring) => {
      const { settings } = portal;
      const before = await rowsOf(portal);
      await portal.close();
      const out: string[] = [];
      const code = await runCommand(['restore', copy], {
        print: (line) => out.push(line),
        tell: (line) => out.push(line),
        input: Readable.from([]),
        settings: () => ({ ...settings, keys: JSON.stringify(ring_) }),
        portal: async () => portal,
        operator: testOperator(),
      });
      portal = await world.open();
      expect(out.join('\n')).toMatch(sentence);
      expect(code).toBe(1);
      expect(await rowsOf(portal)).toEqual(before);
      expect(readdirSync(world.folder).filter((file) => /restoring|before/.test(file))).toEqual([]);
    };

    test('SEC-114: somebody of the copy alone has the address of somebody in both', async () => {
      const { db, s } = portal.store;
      const gone = 'p0.x@inserm.fr';
      await portal.store.write(db.delete(s.accounts).where(eq(s.accounts.address, gone)));
      await portal.store.write(db.update(s.accounts).set({ address: gone }).where(eq(s.accounts.address, 'p1.x@inserm.fr')));
      await refused(/whom the database in place does not know.*Nothing was changed/);
    });
    test('a foreign file', async () => {
      writeFileSync(copy, 'SQLite format 3\0 and so on');
      await refused(/is no backup of this portal.*Nothing was changed/);
    });
    test('a file of another format', async () => {
      writeFileSync(copy, readFileSync(copy, 'latin1').replace('backup 1', 'backup 2'), 'latin1');
      await refused(/format that this version does not know/);
    });
    test.each([1, 17, 300])('a file without its last %i bytes', async (bytes) => {
      truncateSync(copy, statSync(copy).size - bytes);
      await refused(/is not whole|was altered/);
    });
    test('a file cut off between two chunks', async () => {
      const bytes = readFileSync(copy);
      const start = bytes.indexOf('\n', bytes.indexOf('\n') + 1) + 1;
      writeFileSync(copy, bytes.subarray(0, start));
      await refused(/is not whole/);
    });
    test.each(['header', 'middle', 'end'])('a file with one bit turned at its %s', async (where) => {
      const bytes = readFileSync(copy);
      const at = { header: bytes.indexOf('madeAt') + 12, middle: bytes.length >> 1, end: bytes.length - 3 }[where] ?? 0;
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      writeFileSync(copy, bytes);
      await refused(/was altered/);
    });
    test('a file with something after its end', async () => {
      writeFileSync(copy, Buffer.concat([readFileSync(copy), Buffer.from('more')]));
      await refused(/was altered/);
    });
    test('a file of another key ring, and of the same with another pepper', async () => {
      await refused(/another key ring/, newKeyRing());
      await refused(/another key ring/, { ...ring, pepper: newKeyRing().pepper });
    });
    test('a file that is not there', async () => {
      rmSync(copy);
      await refused(/doesn't exist/);
    });
    test('a portal that runs', async () => {
      const other = await world.open();
      await refused(/is open: stop the portal/);
      await other.close();
    });
    test('a copy with what a key seals that has left the ring since', async () => {
      const both = { ...ring, sealing: [newSealingKey(), ...ring.sealing] };
      rmSync(copy);
      const { store } = portal;
      const newer = await testPortal({ store, ring: both, settings: portal.settings });
      await testApp(portal, claire.id);
      await backUp(newer, copy, 'cli:test');
      await refused(/sealed with a key that is not on the ring|another key ring/, { ...both, sealing: both.sealing.slice(0, 1) });
    });
  });

  test('a copy of earlier tables is brought to today’s; one of later tables is refused', async () => {
    const { store, secrets } = portal;
    // As the portal wrote it before its audit log had a chain, and people's words a table.
    const earlier = {
      accounts: { id: 'a', address: 'a.b@inserm.fr', given_name: 'A', family_name: 'B', kind: 'internal', affiliations: { json: ['member'] } },
      events: { id: newId(), at: 1, type: 'account-created', account_id: 'a', data: { json: { a: 1 } } },
    };
    const account = { ...earlier.accounts, status: 'active', created_at: 1 };
    const rows = { accounts: account, events: earlier.events };
    const lines = async function* () {
      for (const [table, row] of Object.entries(rows)) {
        yield JSON.stringify({ table, columns: Object.keys(row) });
        yield JSON.stringify(Object.values(row));
      }
      yield JSON.stringify({ end: { accounts: 1, events: 1 } });
    };
    const facts = { madeAt: '2026-11-01T00:00:00Z', engine: store.engine, head: { seq: 0, hash: '' } };
    await writeBackupFile(copy, secrets, { ...facts, migration: '0008_directory' }, lines());
    expect(await restore(true)).toMatchObject({ rows: 2, distrusted: 1 });
    expect(await portal.store.db.select().from(portal.store.s.accounts)).toMatchObject([{ id: 'a', affiliations: ['member'] }]);
    await sealEvents(portal);
    expect(await verifyChain(portal)).toMatchObject({ verified: 2, broken: null });
    rmSync(copy);
    await writeBackupFile(copy, secrets, { ...facts, migration: '9999_later' }, lines());
    await expect(restore(true)).rejects.toMatchObject({ problem: 'newer' });
    expect(await portal.store.db.select().from(portal.store.s.accounts)).toHaveLength(1);
  });

  test.runIf(server)('it is restored into the other engine, and its owner signs in there', async () => {
    expect(knownMigrations('sqlite').map(({ tag }) => tag)).toEqual(knownMigrations('postgres').map(({ tag }) => tag));
    const app = await testApp(portal, claire.id);
    await pairedPhone(portal, claire.id, 'pin');
    await backUp(portal, copy, 'cli:test');
    const elsewhere = await worldOn(name === 'SQLite' ? 'PostgreSQL' : 'SQLite');
    try {
      const settings = { ...portal.settings, database: elsewhere.database };
      await restoreBackup({ settings, secrets: portal.secrets, now: portal.now(), by: 'cli:test' }, copy, false);
      const there = await elsewhere.open();
      expect(await plannedRows(there.store, 'accounts')).toBe(there.store.engine === 'postgres' ? 1 : null);
      there.clock.set(portal.now() + minutes(2));
      const flow = testFlow(there);
      expect(await checkPassword(there, flow, claire)).toMatchObject({ ok: true });
      expect(await proveEmailCode(there, flow, { code: await lastCode(there, claire.address) })).toMatchObject({ ok: true });
      expect(await proveTotp(there, flow, { code: app.code(there.now()) })).toMatchObject({ ok: true });
      expect(await finishSignIn(there, flow, 'browser')).toMatchObject({ accountId: claire.id });
      await sealEvents(there);
      expect((await verifyChain(there)).broken).toBeNull();
      await there.close();
    } finally {
      await elsewhere.remove();
    }
  });

  test('it is restored into nothing at all, and the head of another log is forgotten', async () => {
    await backUp(portal, copy, 'cli:test');
    writeFileSync(headFile(portal.settings), '{"seq":9,"hash":"x"}');
    const elsewhere = await worldOn(name);
    try {
      const settings = { ...portal.settings, database: elsewhere.database };
      const { secrets, now } = portal;
      const restored = await restoreBackup({ settings, secrets, now: now(), by: 'cli:test' }, copy, false);
      expect(restored).toMatchObject({ aside: null, takenOver: null, distrusted: 1, log: 'copy' });
      expect(existsSync(headFile(portal.settings))).toBe(false);
      const there = await elsewhere.open();
      await sealEvents(there);
      expect((await verifyChain(there)).broken).toBeNull();
      await there.close();
    } finally {
      await elsewhere.remove();
    }
  });
});

/** Every row, but for events and what hangs on them. */
async function rowsOf({ store }: TestPortal): Promise<Record<string, unknown>> {
  const rows: Record<string, unknown> = {};
  for (const name of copiedTables(store.s))
    rows[name] = (await store.db.select().from(store.s[name] as typeof store.s.accounts)).map((row) => JSON.stringify(row)).sort();
  return rows;
}
