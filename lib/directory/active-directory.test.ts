// Active Directory, as a real domain controller of Samba's answers.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAccount } from '../accounts/create-account.ts';
import { freezeLeavers } from '../accounts/freeze-leavers.ts';
import { minutes } from '../duration.ts';
import { changePassword } from '../passwords/change-password.ts';
import { type TestPortal, testFlow, testOperator, testPortal, testVisitor } from '../portal.testing.ts';
import type { ActiveDirectorySettings } from '../settings.ts';
import { checkPassword } from '../sign-in/check-password.ts';
import { mint, type RecentlyProven } from '../visitor.ts';
import { activeDirectory } from './active-directory.ts';
import { directoryContract, worldElsewhere } from './directory.testing.ts';
import { AmbiguousAddress } from './directory.ts';
import { ldapDirectory } from './ldap.ts';
import { base, decoyDn, dnOf, type Samba, sambaRuns, service, startSamba } from './samba.testing.ts';
import { startProxy } from './slapd.testing.ts';

const right = 'Les sept girafes lisent';
const other = 'une autre phrase longue';
const claire = { uid: 'cmartin', mail: 'claire.martin@inserm.fr', givenName: 'Claire', sn: 'Martin', password: right } as const;

describe.skipIf(!sambaRuns)('on a domain controller', () => {
  let samba: Samba;
  let portal: TestPortal;
  const closing: (() => Promise<void> | void)[] = [];
  const people: string[] = [];
  beforeAll(async () => {
    samba = await startSamba();
  }, 120_000);
  afterAll(() => samba?.close());
  beforeEach(async () => {
    portal = await testPortal();
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    await portal.close();
    for (const uid of people.splice(0)) await samba.remove(uid).catch(() => {});
  });

  const directoryOf = (settings: Partial<ActiveDirectorySettings> = {}, password: string = service.password) => {
    const directory = activeDirectory({ settings: samba.settings(settings), password, store: portal.store, now: portal.now });
    closing.push(() => directory.close());
    return directory;
  };
  const add = async (entry: Parameters<Samba['add']>[0]) => {
    people.push(entry.uid);
    return samba.add(entry);
  };
  const account = async (address: string) => {
    const made = await createAccount(portal, testOperator(), { address, givenName: 'Claire', familyName: 'Martin', password: null });
    if (!made.ok) throw new Error(JSON.stringify(made.problems));
    return made.value.id;
  };
  const verify = (typed: string = right, settings: Partial<ActiveDirectorySettings> = {}) => directoryOf(settings).verifyPassword(claire.mail, typed);

  directoryContract(async () => {
    const own = await testPortal();
    const directory = activeDirectory({ settings: samba.settings(), password: service.password, store: own.store, now: own.now });
    return worldElsewhere(own, directory, samba);
  });

  describe('who somebody is', () => {
    test('is told with the right password, and only then; their number is written as Windows writes it', async () => {
      await add({ ...claire, givenName: 'Zoë, “Œ” (*)\\ <b>', sn: 'Müller-O’Neill 李' });
      expect(await verify()).toEqual({
        outcome: 'right',
        accountId: null,
        person: {
          directoryId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string,
          addresses: [claire.mail],
          givenName: 'Zoë, “Œ” (*)\\ <b>',
          familyName: 'Müller-O’Neill 李',
          affiliations: [],
        },
      });
      expect(await verify(other)).toEqual({ outcome: 'wrong', accountId: null });
    });

    test('may be looked up by the name they have for signing in', async () => {
      const { mail: userPrincipalName, ...without } = claire;
      await add({ ...without, userPrincipalName });
      expect(await verify()).toEqual({ outcome: 'wrong', accountId: null });
      const attributes = { ...samba.settings().attributes, address: 'userPrincipalName' };
      expect(await verify(right, { attributes })).toMatchObject({ outcome: 'right', person: { addresses: [claire.mail] } });
    });

    test('is found from the top of the domain too, whose answers come with referrals that nobody follows', async () => {
      await add(claire);
      expect(await verify(right, { base })).toMatchObject({ outcome: 'right' });
      expect(await directoryOf({ base }).verifyPassword('personne@inserm.fr', right)).toEqual({ outcome: 'wrong', accountId: null });
    });

    test('an entry that the filter leaves out is nobody, and no filter lets in who is disabled', async () => {
      const dn = await add(claire);
      expect(await verify(right, { filter: '(&(objectClass=user)(!(cn=cmartin)))' })).toEqual({ outcome: 'wrong', accountId: null });
      await samba.set(dn, { userAccountControl: '514' });
      expect(await verify(right, { filter: '(|(objectClass=*)(cn=cmartin))' })).toEqual({ outcome: 'wrong', accountId: null });
    });

    test('of two entries with one address, nobody gets in, and it is no wrong password', async () => {
      await add(claire);
      await add({ ...claire, uid: 'cmartin2' });
      await expect(verify()).rejects.toThrow(AmbiguousAddress);
      await add({ ...claire, uid: 'cmartin3' });
      await expect(verify()).rejects.toThrow(AmbiguousAddress);
    });
  });

  describe('who has left', () => {
    /** 512: an account that may be used; 514: one that is disabled. */
    const disable = () => samba.set(dnOf(claire.uid), { userAccountControl: '514' });
    const expire = () => samba.set(dnOf(claire.uid), { accountExpires: '116444736000000000' });

    test.each([
      ['is disabled', disable],
      ['has expired', expire],
      ['is not there any more', () => samba.remove(claire.uid)],
    ])('%s: no password opens, none can be chosen, no group counts, and the check closes the account', async (_name, leave) => {
      const dn = await add(claire);
      const roles = { agent: [await samba.group('agents', [dn])], 'lead-agent': [], administrator: [] };
      const directory = directoryOf({ roles });
      const id = await account(claire.mail);
      const told = await directory.verifyPassword(claire.mail, right);
      const directoryId = told.outcome === 'right' ? (told.person?.directoryId ?? '') : '';
      const known = [
        { directoryId, address: claire.mail },
        { directoryId: null, address: claire.mail },
      ];
      for (const one of known) expect([await directory.stillThere?.(one), (await directory.roleOf?.(one))?.role]).toEqual([true, 'agent']);
      await leave();
      expect(await directory.verifyPassword(claire.mail, right)).toEqual({ outcome: 'wrong', accountId: id });
      expect(await directory.setPassword(id, 'une phrase toute neuve')).toEqual({ outcome: 'refused', reason: 'other' });
      for (const one of known) expect([await directory.stillThere?.(one), await directory.roleOf?.(one)]).toEqual([false, null]);
      expect(await freezeLeavers({ ...portal, directory }, testOperator(), { atMost: 1, readOnly: false })).toEqual({
        outcome: 'frozen',
        checked: 1,
        leavers: [claire.mail],
      });
    });

    test('an account that expires later is there until then', async () => {
      await add(claire);
      // One hour from now, in the clock of the portal.
      const end = (BigInt(portal.now() + minutes(60)) + 11_644_473_600_000n) * 10_000n;
      await samba.set(dnOf(claire.uid), { accountExpires: end.toString() });
      const directory = directoryOf();
      expect(await directory.stillThere?.({ directoryId: null, address: claire.mail })).toBe(true);
      portal.clock.advance(minutes(61));
      expect(await directory.stillThere?.({ directoryId: null, address: claire.mail })).toBe(false);
    });

    test('whoever has another address now is still there by their number', async () => {
      await add(claire);
      const directory = directoryOf();
      const told = await directory.verifyPassword(claire.mail, right);
      const directoryId = told.outcome === 'right' ? (told.person?.directoryId ?? '') : '';
      await samba.set(dnOf(claire.uid), { mail: 'claire.dupont@inserm.fr' });
      expect(await directory.stillThere?.({ directoryId, address: claire.mail })).toBe(true);
      expect(await directory.stillThere?.({ directoryId: null, address: claire.mail })).toBe(false);
      expect(await directory.stillThere?.({ directoryId: 'no number of theirs', address: claire.mail })).toBe(false);
    });
  });

  describe('SEC-75: roles by groups', () => {
    test('groups in groups count, and whoever is taken out of one has no role at the next question', async () => {
      const dn = await add(claire);
      const inner = await samba.group('agents', [dn]);
      const middle = await samba.group('paris', [inner]);
      const outer = await samba.group('desk', [middle]);
      const roles = { agent: [outer], 'lead-agent': [await samba.group('leads', [])], administrator: [] };
      const directory = directoryOf({ roles });
      const role = async () => (await directory.roleOf?.({ directoryId: null, address: claire.mail }))?.role ?? null;
      expect(await role()).toBe('agent');
      await samba.group('leads', [dn]);
      expect(await role()).toBe('lead-agent');
      await samba.group('leads', []);
      await samba.group('agents', []);
      expect(await role()).toBeNull();
    });

    test('a group that is not there gives nobody a role, and the administrator is told', async () => {
      await add(claire);
      const directory = directoryOf({ roles: { agent: [`CN=gone,OU=groups,${base}`], 'lead-agent': [], administrator: [] } });
      expect(await directory.roleOf?.({ directoryId: null, address: claire.mail })).toBeNull();
      expect(await directory.complaints()).toEqual([expect.stringContaining('CN=gone') as string]);
    });
  });

  describe('what the domain’s own rules say', () => {
    afterEach(() => samba.policy({}));
    const seconds = (number: number) => `-${number}0000000`;

    test('locked: after its number of tries, even the right one, and a new password unlocks', async () => {
      await add(claire);
      const id = await account(claire.mail);
      await samba.policy({ lockoutThreshold: '2' });
      for (let i = 0; i < 2; i++) expect(await verify(other)).toMatchObject({ outcome: 'wrong' });
      expect(await verify(other)).toEqual({ outcome: 'locked', accountId: id });
      expect(await verify()).toEqual({ outcome: 'locked', accountId: id });
      expect(await directoryOf().setPassword(id, 'une phrase toute neuve')).toMatchObject({ outcome: 'ready' });
      expect(await verify('une phrase toute neuve')).toMatchObject({ outcome: 'right' });
    });

    test('expired: told to whoever knows it, to nobody else; a new one mends it', async () => {
      await add(claire);
      const id = await account(claire.mail);
      await samba.policy({ maxPwdAge: seconds(42 * 24 * 3600) });
      samba.passwordFrom(dnOf(claire.uid), Date.UTC(2025, 0, 1));
      expect(await verify()).toEqual({ outcome: 'expired', accountId: id });
      expect(await verify(other)).toEqual({ outcome: 'wrong', accountId: id });
      expect(await directoryOf().setPassword(id, 'une phrase toute neuve')).toMatchObject({ outcome: 'ready' });
      expect(await verify('une phrase toute neuve')).toMatchObject({ outcome: 'right' });
    });

    test('to be changed: told to whoever knows it; what is chosen here is not to be changed again', async () => {
      await add(claire);
      const id = await account(claire.mail);
      await samba.set(dnOf(claire.uid), { pwdLastSet: '0' });
      expect(await verify()).toEqual({ outcome: 'must-change', accountId: id });
      expect(await verify(other)).toMatchObject({ outcome: 'wrong' });
      expect(await directoryOf().setPassword(id, 'une phrase toute neuve')).toMatchObject({ outcome: 'ready' });
      expect(await verify('une phrase toute neuve')).toMatchObject({ outcome: 'right' });
    });

    test('a password that is too short or too simple is refused: it says that, not why', async () => {
      await add(claire);
      const id = await account(claire.mail);
      await samba.policy({ minPwdLength: '40' });
      for (const current of [undefined, right])
        expect(await directoryOf().setPassword(id, 'une phrase toute neuve', current)).toEqual({ outcome: 'refused', reason: 'other' });
      await samba.policy({ pwdProperties: '1' });
      expect(await directoryOf().setPassword(id, 'une phrase toute neuve')).toEqual({ outcome: 'refused', reason: 'other' });
      expect(await verify()).toMatchObject({ outcome: 'right' });
    });

    test('who changes their own is held to the history and to the age; who has forgotten it is not', async () => {
      await add(claire);
      const id = await account(claire.mail);
      await samba.policy({ pwdHistoryLength: '5' });
      const directory = directoryOf();
      expect(await directory.setPassword(id, 'une phrase toute neuve', right)).toMatchObject({ outcome: 'ready' });
      expect(await directory.setPassword(id, right, 'une phrase toute neuve')).toEqual({ outcome: 'refused', reason: 'other' });
      await samba.policy({ minPwdAge: seconds(3600) });
      expect(await directory.setPassword(id, 'une autre encore plus neuve', 'une phrase toute neuve')).toEqual({
        outcome: 'refused',
        reason: 'other',
      });
      expect(await directory.setPassword(id, 'une autre encore plus neuve', 'not the old one')).toEqual({ outcome: 'refused', reason: 'other' });
      expect(await directory.setPassword(id, 'une autre encore plus neuve')).toMatchObject({ outcome: 'ready' });
      expect(await verify('une autre encore plus neuve')).toMatchObject({ outcome: 'right' });
    });
  });

  describe('faults: no wrong password, and the mend is said', () => {
    const reason = (work: Promise<unknown>) =>
      work.then(
        (value) => JSON.stringify(value),
        (error: Error) => `${error.constructor.name}: ${error.message}`,
      );

    test('wrong service account, wrong base, an unknown certificate, nobody there', async () => {
      await add(claire);
      expect(await reason(directoryOf({}, 'not its password').verifyPassword(claire.mail, right))).toMatch(
        /DirectoryUnavailable: .*refuses the service/,
      );
      expect(await reason(verify(right, { base: `OU=nowhere,${base}` }))).toMatch(/DirectoryUnavailable: .*has no OU=nowhere/);
      const { caFile: _, ...system } = samba.settings();
      const unknown = activeDirectory({ settings: system, password: service.password, store: portal.store, now: portal.now });
      expect(await reason(unknown.verifyPassword(claire.mail, right))).toMatch(/DirectoryUnavailable: .*not to be believed/);
      expect(await reason(verify(right, { urls: ['ldaps://127.0.0.1:9'] }))).toMatch(/DirectoryUnavailable: .*can't be reached/);
    });

    test('a service account that may not set passwords', async () => {
      await samba.set(`CN=nobody,CN=Users,${base}`, { mail: claire.mail });
      const id = await account(claire.mail);
      const directory = directoryOf({ base: `CN=Users,${base}` });
      expect(await reason(directory.setPassword(id, 'une phrase toute neuve'))).toMatch(/DirectoryUnavailable: .*does not let the service account/);
      await samba.set(`CN=nobody,CN=Users,${base}`, { mail: [] });
    });

    test('the wrong kind of directory is told to the administrator', async () => {
      const { attributes, ...settings } = samba.settings();
      const ldap = ldapDirectory({
        settings: { ...settings, kind: 'ldap', passwordPolicy: false, attributes: { ...attributes, id: 'objectGUID', member: 'member' } },
        password: service.password,
        store: portal.store,
        now: portal.now,
      });
      closing.push(() => ldap.close());
      expect(await ldap.complaints()).toEqual([expect.stringContaining('active-directory') as string]);
    });
  });

  test('StartTLS: nothing that is a secret, and nobody’s name, is sent in clear, not after connections were cut either', async () => {
    await add(claire);
    const proxy = await startProxy(389, samba.host);
    closing.push(proxy.close);
    const id = await account(claire.mail);
    const directory = directoryOf({ urls: [`ldap://127.0.0.1:${proxy.port}`], startTls: true });
    expect(await directory.verifyPassword(claire.mail, right)).toMatchObject({ outcome: 'right' });
    proxy.cut();
    expect(await directory.setPassword(id, 'une phrase toute neuve')).toMatchObject({ outcome: 'ready' });
    proxy.cut();
    expect(await directory.setPassword(id, 'une phrase plus neuve', 'une phrase toute neuve')).toMatchObject({ outcome: 'ready' });
    expect(await directory.verifyPassword(claire.mail, 'une phrase plus neuve')).toMatchObject({ outcome: 'right' });
    expect(proxy.count()).toBeGreaterThan(3);
    const heard = proxy.sent();
    const secrets = [service.password, service.dn, right, claire.mail, base, 'une phrase toute neuve', 'une phrase plus neuve'];
    for (const secret of secrets) for (const encoding of ['utf8', 'utf16le'] as const) expect(heard.includes(secret, 0, encoding)).toBe(false);
  });

  describe('SEC-08: every answer costs one question and one bind', () => {
    test.each([
      ['unknown', 'personne@inserm.fr', right],
      ['wrong', claire.mail, other],
      ['empty', claire.mail, ''],
      ['disabled there', 'closed@inserm.fr', right],
      ['right', claire.mail, right],
    ])('%s', async (_name, address, typed) => {
      await add(claire);
      await samba.set(await add({ ...claire, uid: 'closed', mail: 'closed@inserm.fr' }), { userAccountControl: '514' });
      const proxy = await startProxy(636, samba.host);
      closing.push(proxy.close);
      const directory = directoryOf({ urls: [`ldaps://127.0.0.1:${proxy.port}`] });
      await directory.verifyPassword('somebody@inserm.fr', right);
      const before = proxy.count();
      await directory.verifyPassword(address, typed);
      expect(proxy.count() - before).toBe(1);
    });
  });

  test('people sign in for the first time, and choose another password with the old one', async () => {
    await add(claire);
    const directory = directoryOf();
    const signIn = (password: string) => checkPassword({ ...portal, directory }, testFlow(portal), { address: claire.mail, password });
    expect(await signIn(other)).toMatchObject({ ok: false });
    expect(await signIn(right)).toMatchObject({ ok: true });
    const [made] = await portal.store.db.select().from(portal.store.s.accounts);
    expect(made).toMatchObject({ givenName: 'Claire', familyName: 'Martin', kind: 'internal', affiliations: ['member', 'employee'] });
    const member = mint<RecentlyProven>({ accountId: made?.id ?? '', sessionId: 'a session', visitor: testVisitor, provenAt: portal.now() });
    const next = 'un nuage violet passe au-dessus';
    expect(await changePassword({ ...portal, directory }, member, { current: right, password: next })).toMatchObject({ ok: true });
    expect(await signIn(right)).toMatchObject({ ok: false });
    expect(await signIn(next)).toMatchObject({ ok: true });
  });

  test('what an administrator should know is said: no decoy', async () => {
    const { decoyDn: _, ...without } = samba.settings();
    const bare = activeDirectory({ settings: without, password: service.password, store: portal.store, now: portal.now });
    closing.push(() => bare.close());
    expect(await bare.complaints()).toEqual([expect.stringContaining('directory.decoyDn') as string]);
    expect(await directoryOf({ decoyDn }).complaints()).toEqual([]);
  });
});
