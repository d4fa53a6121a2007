// The LDAP directory, on a real OpenLDAP server.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '#db/testing';
import { createAccount } from '../accounts/create-account.ts';
import { findAccountAt } from '../accounts/facts.ts';
import { changePassword } from '../passwords/change-password.ts';
import { events, type TestPortal, testFlow, testOperator, testPortal, testVisitor } from '../portal.testing.ts';
import { type LdapSettings, UnusableSettings } from '../settings.ts';
import { checkPassword } from '../sign-in/check-password.ts';
import { mint, type RecentlyProven } from '../visitor.ts';
import { directoryContract, worldElsewhere } from './directory.testing.ts';
import { AmbiguousAddress, DirectoryUnavailable } from './directory.ts';
import { ldapDirectory } from './ldap.ts';
import { base, decoyDn, dnOf, type Slapd, service, slapdProgram, startProxy, startSlapd } from './slapd.testing.ts';

const right = 'Les sept girafes lisent';
const claire = { uid: 'cmartin', mail: 'claire.martin@inserm.fr', givenName: 'Claire', sn: 'Martin', password: right } as const;

describe.skipIf(slapdProgram === null).each(engines())('on OpenLDAP, the portal’s own tables on $name', ({ open }) => {
  let slapd: Slapd;
  let portal: TestPortal;
  const closing: (() => Promise<void> | void)[] = [];
  const people: string[] = [];
  beforeAll(async () => {
    slapd = await startSlapd();
  });
  afterAll(() => slapd?.close());
  beforeEach(async () => {
    portal = await testPortal({ store: await open() });
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    await portal.close();
    for (const uid of people.splice(0)) await slapd.remove(uid).catch(() => {});
  });

  const directoryOf = (settings: Partial<LdapSettings> = {}) => {
    const directory = ldapDirectory({ settings: slapd.settings(settings), password: service.password, store: portal.store, now: portal.now });
    closing.push(() => directory.close());
    return directory;
  };
  const add = async (entry: Parameters<Slapd['add']>[0]) => {
    people.push(entry.uid);
    return slapd.add(entry);
  };
  const account = async (address: string, givenName = 'Claire', familyName = 'Martin') => {
    const made = await createAccount(portal, testOperator(), { address, givenName, familyName, password: null });
    if (!made.ok) throw new Error(JSON.stringify(made.problems));
    return made.value.id;
  };
  const verify = (settings: Partial<LdapSettings> = {}, typed: string = right) => directoryOf(settings).verifyPassword(claire.mail, typed);

  directoryContract(async () => {
    const own = await testPortal({ store: await open() });
    const directory = ldapDirectory({ settings: slapd.settings(), password: service.password, store: own.store, now: own.now });
    return worldElsewhere(own, directory, slapd);
  });

  describe('who somebody is', () => {
    test('is told with the right password, and only then', async () => {
      await add({ ...claire, mail: ['Claire.Martin@inserm.fr', 'c.martin@inserm.fr'], affiliations: ['member', 'faculty'] });
      const told = await verify();
      expect(told).toEqual({
        outcome: 'right',
        accountId: null,
        person: {
          directoryId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
          addresses: ['Claire.Martin@inserm.fr', 'c.martin@inserm.fr'],
          givenName: 'Claire',
          familyName: 'Martin',
          affiliations: ['member', 'faculty'],
        },
      });
      expect(await verify({}, 'une autre phrase longue')).toEqual({ outcome: 'wrong', accountId: null });
    });

    test('names with every kind of sign come as they are', async () => {
      await add({ ...claire, givenName: 'Zoë, “Œ” (*)\\ <b>', sn: 'Müller-O’Neill 李' });
      expect(await verify()).toMatchObject({ person: { givenName: 'Zoë, “Œ” (*)\\ <b>', familyName: 'Müller-O’Neill 李' } });
    });

    test('of two entries with one address, nobody gets in, and it is no wrong password', async () => {
      await add(claire);
      await add({ ...claire, uid: 'cmartin2' });
      await expect(verify()).rejects.toThrow(AmbiguousAddress);
      await add({ ...claire, uid: 'cmartin3' });
      await expect(verify()).rejects.toThrow(AmbiguousAddress);
    });

    test('an entry outside the filter or the base is nobody', async () => {
      await add(claire);
      expect(await verify({ filter: '(&(objectClass=inetOrgPerson)(!(uid=cmartin)))' })).toEqual({ outcome: 'wrong', accountId: null });
      expect(await verify({ filter: '(|(uid=nobody)(uid=cmartin))' })).toMatchObject({ outcome: 'right' });
    });

    test('an account of somebody else with the same address opens to nobody', async () => {
      await add(claire);
      const id = await account(claire.mail);
      await portal.store.write(portal.store.db.update(portal.store.s.accounts).set({ directoryId: 'somebody else' }));
      await expect(verify()).rejects.toThrow(AmbiguousAddress);
      expect(await verify({}, 'une autre phrase longue')).toEqual({ outcome: 'wrong', accountId: id });
    });

    test('settings of another world: filter and authority are named before anybody signs in', () => {
      expect(() => directoryOf({ filter: '(&(objectClass=person)' })).toThrow(UnusableSettings);
      expect(() => directoryOf({ caFile: '/nowhere/ca.pem' })).toThrow(/directory\.caFile/);
    });
  });

  describe('still there', () => {
    test('by number, whatever the address has become; by address until there is a number', async () => {
      await add(claire);
      const directory = directoryOf();
      const told = await directory.verifyPassword(claire.mail, right);
      const directoryId = told.outcome === 'right' ? (told.person?.directoryId ?? '') : '';
      await slapd.set(dnOf(claire.uid), { mail: 'claire.dupont@inserm.fr' });
      expect(await directory.stillThere?.({ directoryId, address: claire.mail })).toBe(true);
      expect(await directory.stillThere?.({ directoryId: null, address: claire.mail })).toBe(false);
      expect(await directory.stillThere?.({ directoryId: null, address: 'claire.dupont@inserm.fr' })).toBe(true);
      await slapd.remove(claire.uid);
      expect(await directory.stillThere?.({ directoryId, address: claire.mail })).toBe(false);
    });
  });

  describe('SEC-75: roles by groups', () => {
    const none = { agent: [], 'lead-agent': [], administrator: [] };
    const known = { directoryId: null, address: claire.mail };

    test('whoever is in a group has its role, in several the highest, and in none any more none, at the next question', async () => {
      const dn = await add(claire);
      const directory = directoryOf({
        roles: { agent: [await slapd.group('agents', [])], 'lead-agent': [await slapd.group('leads', [])], administrator: [] },
      });
      const role = async () => (await directory.roleOf?.(known))?.role ?? null;
      expect(await role()).toBeNull();
      await slapd.group('agents', [dn]);
      expect(await role()).toBe('agent');
      await slapd.group('leads', [dn.toUpperCase()]);
      expect(await role()).toBe('lead-agent');
      await slapd.group('leads', []);
      expect(await role()).toBe('agent');
      await slapd.group('agents', [dnOf('somebody')]);
      expect(await role()).toBeNull();
    });

    test('several groups may give one role, and whoever has left has none', async () => {
      const dn = await add(claire);
      const roles = { ...none, administrator: [await slapd.group('chiefs', []), await slapd.group('deputies', [dn])] };
      const directory = directoryOf({ roles });
      expect(await directory.roleOf?.(known)).toEqual({ role: 'administrator', group: roles.administrator[1] });
      await slapd.remove(claire.uid);
      expect(await directory.roleOf?.(known)).toBeNull();
    });

    test('a group that is not there gives nobody a role, and the administrator is told', async () => {
      await add(claire);
      const directory = directoryOf({ roles: { ...none, agent: [`cn=gone,ou=groups,${base}`] } });
      expect(await directory.roleOf?.(known)).toBeNull();
      expect(await directory.complaints()).toEqual([
        expect.stringContaining('cn=gone,ou=groups,dc=inserm,dc=fr of directory.roles.agent is not there'),
      ]);
    });

    test('names that are no names are nobody’s groups', async () => {
      await add(claire);
      await expect(directoryOf({ roles: { ...none, agent: ['assistance'] } }).roleOf?.(known)).rejects.toThrow(DirectoryUnavailable);
    });

    test('no groups: nobody is asked; no server: no role and no answer', async () => {
      expect(directoryOf().roleOf).toBeNull();
      const down = directoryOf({ urls: ['ldaps://127.0.0.1:9'], roles: { ...none, agent: [`cn=agents,ou=groups,${base}`] } });
      await expect(down.roleOf?.(known)).rejects.toThrow(DirectoryUnavailable);
    });
  });

  describe('what the directory’s own policy says', () => {
    afterEach(() => slapd.policy({}));
    const choose = async (password: string, settings: Partial<LdapSettings> = {}) =>
      directoryOf(settings).setPassword(await account(claire.mail), password);

    test('locked: after its number of tries, even the right one, and one cannot tell', async () => {
      await slapd.policy({ pwdLockout: 'TRUE', pwdMaxFailure: '2', pwdLockoutDuration: '600' });
      await add(claire);
      for (let i = 0; i < 2; i++) expect(await verify({}, 'une autre phrase longue')).toMatchObject({ outcome: 'wrong' });
      expect(await verify({}, 'une autre phrase longue')).toEqual({ outcome: 'locked', accountId: null });
      expect(await verify()).toEqual({ outcome: 'locked', accountId: null });
      expect(await verify({ passwordPolicy: false })).toEqual({ outcome: 'wrong', accountId: null });
    });

    test('a new password unlocks', async () => {
      await slapd.policy({ pwdLockout: 'TRUE', pwdMaxFailure: '1', pwdLockoutDuration: '600' });
      await add(claire);
      await verify({}, 'une autre phrase longue');
      expect(await verify()).toMatchObject({ outcome: 'locked' });
      expect(await choose('une phrase toute neuve')).toMatchObject({ outcome: 'ready' });
      expect(await verify({}, 'une phrase toute neuve')).toMatchObject({ outcome: 'right' });
    });

    test('expired: told to whoever knows it, to nobody else', async () => {
      await add(claire);
      const id = await account(claire.mail);
      await directoryOf().setPassword(id, right);
      await slapd.policy({ pwdMaxAge: '1', pwdGraceAuthNLimit: '0' });
      await sleep(2100);
      expect(await verify()).toEqual({ outcome: 'expired', accountId: id });
      expect(await verify({}, 'une autre phrase longue')).toEqual({ outcome: 'wrong', accountId: id });
    });

    test('to be changed: told to whoever knows it; what is chosen here is not to be changed again', async () => {
      await slapd.policy({ pwdMustChange: 'TRUE' });
      await add(claire);
      await slapd.set(dnOf(claire.uid), { pwdReset: 'TRUE' });
      expect(await verify()).toEqual({ outcome: 'must-change', accountId: null });
      expect(await verify({}, 'une autre phrase longue')).toMatchObject({ outcome: 'wrong' });
      expect(await choose('une phrase toute neuve')).toMatchObject({ outcome: 'ready' });
      expect(await verify({}, 'une phrase toute neuve')).toMatchObject({ outcome: 'right' });
    });

    test.each([
      ['too-short', { pwdCheckQuality: '1', pwdMinLength: '30' }],
      ['too-young', { pwdMinAge: '3600' }],
      ['in-history', { pwdInHistory: '5' }],
    ])('a new password is refused with its reason: %s', async (reason, policy) => {
      await slapd.policy(policy);
      await add(claire);
      const id = await account(claire.mail);
      const directory = directoryOf();
      const first = await directory.setPassword(id, 'une phrase toute neuve');
      const second = first.outcome === 'ready' ? await directory.setPassword(id, 'une phrase toute neuve') : first;
      expect(second).toEqual({ outcome: 'refused', reason });
    });

    test('without the control, the reason is not known', async () => {
      await slapd.policy({ pwdCheckQuality: '1', pwdMinLength: '30' });
      await add(claire);
      expect(await choose('une phrase toute neuve', { passwordPolicy: false })).toEqual({ outcome: 'refused', reason: 'other' });
    });

    test('who has left has no password to choose', async () =>
      expect(await choose('une phrase toute neuve')).toEqual({ outcome: 'refused', reason: 'other' }));
  });

  describe('faults: no wrong password, and the mend is said', () => {
    const reason = async (settings: Partial<LdapSettings>, password: string = service.password) => {
      const directory = ldapDirectory({ settings: slapd.settings(settings), password, store: portal.store, now: portal.now });
      closing.push(() => directory.close());
      return directory.verifyPassword(claire.mail, right).then(
        ({ outcome }) => outcome,
        (error: Error) => `${error.constructor.name}: ${error.message}`,
      );
    };
    beforeEach(async () => {
      await add(claire);
    });

    test('nothing listens', async () =>
      expect(await reason({ urls: ['ldaps://127.0.0.1:9'] })).toMatch(
        /^DirectoryUnavailable: ldaps:\/\/127\.0\.0\.1:9 can't be reached \(ECONNREFUSED\)/,
      ));

    test('the next server is asked when one can’t be', async () => {
      const directory = directoryOf({ urls: ['ldaps://127.0.0.1:9', `ldaps://127.0.0.1:${slapd.securePort}`] });
      for (let i = 0; i < 3; i++) expect(await directory.verifyPassword(claire.mail, right)).toMatchObject({ outcome: 'right' });
    });

    test('wrong service account, wrong base, no rights', async () => {
      expect(await reason({}, 'not its password')).toMatch(/DirectoryUnavailable: .*refuses the service account/);
      expect(await reason({ base: 'ou=nowhere,dc=inserm,dc=fr' })).toMatch(/DirectoryUnavailable: .*has no ou=nowhere/);
      expect(await reason({ attributes: { ...slapd.settings().attributes, id: 'employeeNumber' } })).toMatch(
        /DirectoryUnavailable: .*no employeeNumber/,
      );
    });

    test('a certificate of an unknown authority, or for another name', async () => {
      const { caFile: _, ...system } = slapd.settings();
      const directory = ldapDirectory({ settings: system, password: service.password, store: portal.store, now: portal.now });
      await expect(directory.verifyPassword(claire.mail, right)).rejects.toThrow(/not to be believed .*directory\.caFile/);
      expect(await reason({ urls: [`ldaps://localhost:${slapd.securePort}`] })).toMatch(/certificate for another name/);
      expect(await reason({ urls: [`ldap://localhost:${slapd.port}`], startTls: true })).toMatch(/certificate for another name/);
    });

    test('TLS where there is none', async () =>
      expect(await reason({ urls: [`ldaps://127.0.0.1:${slapd.port}`] })).toMatch(/^DirectoryUnavailable: /));

    test('a server that takes connections and never answers: within its time', async () => {
      const proxy = await startProxy(slapd.securePort);
      closing.push(proxy.close);
      proxy.watch = () => true;
      const before = process.hrtime.bigint();
      expect(await reason({ urls: [`ldaps://127.0.0.1:${proxy.port}`], connectTimeout: 0.3 })).toMatch(/does not answer in time/);
      expect(Number(process.hrtime.bigint() - before) / 1e6).toBeLessThan(3000);
    });

    test('a server that stops answering in the middle, and goes on: within its time, then again', async () => {
      const directory = directoryOf({ timeout: 0.5, connectTimeout: 0.5 });
      expect(await directory.verifyPassword(claire.mail, right)).toMatchObject({ outcome: 'right' });
      await slapd.signal('SIGSTOP');
      try {
        await expect(directory.verifyPassword(claire.mail, right)).rejects.toThrow(/does not answer in time/);
      } finally {
        await slapd.signal('SIGCONT');
      }
      expect(await directory.verifyPassword(claire.mail, right)).toMatchObject({ outcome: 'right' });
    });

    test('a server that dies during the bind is an outage; started again, it is asked again', async () => {
      const proxy = await startProxy(slapd.securePort);
      closing.push(proxy.close);
      const directory = directoryOf({ urls: [`ldaps://127.0.0.1:${proxy.port}`] });
      expect(await directory.verifyPassword(claire.mail, right)).toMatchObject({ outcome: 'right' });
      const connections = proxy.count();
      let killed: Promise<void> | undefined;
      // The person's own connection is the next one: its first piece greets, the second one ends the handshake and carries the bind.
      proxy.watch = (_piece, number) => {
        if (proxy.count() > connections && number === 2) killed = slapd.signal('SIGKILL');
        return killed !== undefined;
      };
      await expect(directory.verifyPassword(claire.mail, right)).rejects.toThrow(/hung up|can't be reached|does not answer/);
      expect(killed).toBeDefined();
      await killed;
      await expect(directory.verifyPassword(claire.mail, right)).rejects.toThrow(/hung up|can't be reached/);
      proxy.watch = () => false;
      await slapd.start();
      expect(await directory.verifyPassword(claire.mail, right)).toMatchObject({ outcome: 'right' });
    });

    test('idle connections that were cut are noticed by nobody', async () => {
      const proxy = await startProxy(slapd.securePort);
      closing.push(proxy.close);
      const directory = directoryOf({ urls: [`ldaps://127.0.0.1:${proxy.port}`] });
      for (let i = 0; i < 4; i++) {
        expect(await directory.verifyPassword(claire.mail, right)).toMatchObject({ outcome: 'right' });
        proxy.cut();
      }
    });

    test('more people than the pool wait their turn, and are told when it takes too long', async () => {
      const directory = directoryOf({ pool: 2 });
      const many = await Promise.all(Array.from({ length: 30 }, () => directory.verifyPassword(claire.mail, right)));
      expect(many.every(({ outcome }) => outcome === 'right')).toBe(true);
      const slow = directoryOf({ pool: 1, timeout: 0.3, connectTimeout: 0.9 });
      await slapd.signal('SIGSTOP');
      const answers = await Promise.allSettled(Array.from({ length: 300 }, () => slow.verifyPassword(claire.mail, right)));
      await slapd.signal('SIGCONT');
      const names = answers.map((answer) => (answer.status === 'rejected' ? (answer.reason as Error).constructor.name : answer.value.outcome));
      expect(new Set(names)).toEqual(new Set(['DirectoryUnavailable', 'Busy']));
    });
  });

  describe('StartTLS', () => {
    const overStartTls = (port: number) => directoryOf({ urls: [`ldap://127.0.0.1:${port}`], startTls: true, connectTimeout: 1 });
    beforeEach(async () => {
      await add(claire);
    });

    test('what somebody in between adds to the answer in clear is no answer: a wrong password stays wrong', async () => {
      const proxy = await startProxy(slapd.port);
      closing.push(() => proxy.close());
      const settings = { urls: [`ldap://127.0.0.1:${proxy.port}`], startTls: true, passwordPolicy: false };
      expect(await verify(settings, 'Ce n’est pas le bon')).toMatchObject({ outcome: 'wrong' });
      // The beginning of a bind's success, whose message is as long as the true answer, which is then read as that message.
      const success = Buffer.from('301a02010361150a01000400040e', 'hex');
      proxy.answer = (piece, number) => (number === 1 ? Buffer.concat([piece, success]) : piece);
      await expect(verify(settings, 'Ce n’est pas le bon')).rejects.toThrow(DirectoryUnavailable);
      await expect(verify(settings)).rejects.toThrow(/said more before TLS than the answer to StartTLS/);
    });

    test('nothing that is a secret, and nobody’s name, is sent in clear: not at first, and not after connections were cut', async () => {
      const proxy = await startProxy(slapd.port);
      closing.push(proxy.close);
      const directory = overStartTls(proxy.port);
      for (let i = 0; i < 3; i++) {
        expect(await directory.verifyPassword(claire.mail, right)).toMatchObject({ outcome: 'right' });
        proxy.cut();
        await sleep(20);
      }
      expect(proxy.count()).toBeGreaterThan(3);
      const heard = proxy.sent().toString('latin1');
      for (const secret of [service.password, service.dn, right, claire.mail, base]) expect(heard).not.toContain(secret);
    });

    test.each([
      ['refuses it', Buffer.from('300c02010278070a010204000400', 'hex')],
      ['agrees, and goes on in clear', Buffer.from('300c02010278070a010004000400', 'hex')],
      ['answers something else', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
      ['hangs up', null],
    ])('a server between that %s hears nothing', async (_name, answer) => {
      const heard: Buffer[] = [];
      const server = createServer((socket) => {
        socket.on('error', () => {});
        socket.on('data', (piece: Buffer) => {
          heard.push(piece);
          if (answer) socket.write(answer);
          else socket.destroy();
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
      const { port } = server.address() as { port: number };
      const asked = overStartTls(port).verifyPassword(claire.mail, right);
      await expect(asked).rejects.toThrow(DirectoryUnavailable);
      const all = Buffer.concat(heard).toString('latin1');
      for (const secret of [service.password, service.dn, right, claire.mail, base]) expect(all).not.toContain(secret);
    });
  });

  describe('people', () => {
    const signIn = (directory: ReturnType<typeof directoryOf>, password: string = right) =>
      checkPassword({ ...portal, directory }, testFlow(portal), { address: claire.mail, password });

    test('sign in for the first time, and choose another password with the old one', async () => {
      await add(claire);
      const directory = directoryOf();
      expect(await signIn(directory, 'une autre phrase longue')).toMatchObject({ ok: false });
      expect(await signIn(directory)).toMatchObject({ ok: true });
      const made = await findAccountAt(portal, claire.mail);
      if (!made) throw new Error('No account was made.');
      expect(made).toMatchObject({ givenName: 'Claire', familyName: 'Martin', kind: 'internal' });
      const member = mint<RecentlyProven>({ accountId: made.id, sessionId: 'a session', visitor: testVisitor, provenAt: portal.now() });
      const change = (current: string, password: string) => changePassword({ ...portal, directory }, member, { current, password });
      expect(await change('une autre phrase longue', 'un nuage violet passe au-dessus')).toMatchObject({ problems: [{ code: 'wrong-password' }] });
      await slapd.policy({ pwdCheckQuality: '1', pwdMinLength: '60' });
      expect(await change(right, 'un nuage violet passe au-dessus')).toMatchObject({
        problems: [{ code: 'directory-too-short', field: 'password' }],
      });
      await slapd.policy({});
      expect(await change(right, 'un nuage violet passe au-dessus')).toMatchObject({ ok: true });
      expect(await signIn(directory)).toMatchObject({ ok: false });
      expect(await signIn(directory, 'un nuage violet passe au-dessus')).toMatchObject({ ok: true });
      expect((await events(portal)).map(({ type }) => type)).toContain('password-changed');
    });

    test('are told that the directory is down, and no try of theirs is counted', async () => {
      await add(claire);
      const down = directoryOf({ urls: ['ldaps://127.0.0.1:9'] });
      for (let i = 0; i < 6; i++) expect(await signIn(down)).toEqual({ ok: false, problems: [{ code: 'directory-down' }] });
      expect(await signIn(directoryOf())).toMatchObject({ ok: true });
    });
  });

  describe('SEC-08: every answer costs one question and one bind', () => {
    test.each([
      ['unknown', 'personne@inserm.fr', right],
      ['nobody at all', '', right],
      ['wrong', claire.mail, 'une autre phrase longue'],
      ['empty', claire.mail, ''],
      ['a megabyte', claire.mail, 'x'.repeat(1_000_000)],
      ['disabled', 'closed@inserm.fr', right],
      ['right', claire.mail, right],
    ])('%s', async (_name, address, typed) => {
      await add(claire);
      await add({ ...claire, uid: 'closed', mail: 'closed@inserm.fr' });
      await account('closed@inserm.fr');
      await portal.store.write(portal.store.db.update(portal.store.s.accounts).set({ status: 'disabled' }));
      const proxy = await startProxy(slapd.securePort);
      closing.push(proxy.close);
      const directory = directoryOf({ urls: [`ldaps://127.0.0.1:${proxy.port}`] });
      await directory.verifyPassword('somebody@inserm.fr', right);
      const before = proxy.count();
      await directory.verifyPassword(address, typed);
      // One connection for a bind; the question goes over the one that is there already.
      expect(proxy.count() - before).toBe(1);
    });
  });

  test('what an administrator should know is said: no decoy, or one that is not there', async () => {
    const { decoyDn: _, ...without } = slapd.settings();
    const bare = ldapDirectory({ settings: without, password: service.password, store: portal.store, now: portal.now });
    closing.push(() => bare.close());
    expect(await bare.complaints()).toEqual([expect.stringContaining('directory.decoyDn')]);
    expect(await directoryOf({ decoyDn: `cn=gone,${base}` }).complaints()).toEqual([expect.stringContaining(`cn=gone,${base} is not there`)]);
    expect(await directoryOf({ decoyDn }).complaints()).toEqual([]);
  });

  test('the settings’ filter and authority come from files that people write', () => {
    const folder = mkdtempSync(join(tmpdir(), 'portal-ca-'));
    closing.push(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'ca.pem'), 'not a certificate');
    expect(() => directoryOf({ caFile: folder })).toThrow(UnusableSettings);
  });
});
