// An institute moves from the embedded directory to LDAP: fifty people keep their accounts, factors and consents; and it can go back.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setConsent } from '#db/consents';
import { engines } from '#db/testing';
import { DirectoryUnavailable } from '../directory/directory.ts';
import { ldapDirectory } from '../directory/ldap.ts';
import { dnOf, type Slapd, service, slapdProgram, startSlapd } from '../directory/slapd.testing.ts';
import { days } from '../duration.ts';
import { putPassword } from '../passwords/put-password.ts';
import { events, snapshot, type TestPortal, testAccount, testAnswers, testApp, testFlow, testOperator, testPortal } from '../portal.testing.ts';
import { checkPassword } from '../sign-in/check-password.ts';
import { findAccountAt, listAccounts } from './facts.ts';
import { linkAccounts } from './link-accounts.ts';
import { setAccountStatus } from './set-account-status.ts';

const there = 'quatre girafes au bord du lac';
const here = 'Les sept girafes lisent';
const people = Array.from({ length: 50 }, (_, i) => ({
  uid: `personne${i}`,
  address: `personne.${i}@${i % 5 === 4 ? 'ext.inserm.fr' : 'inserm.fr'}`,
  givenName: 'Camille',
  familyName: `Essai-${i}`,
}));

describe.skipIf(slapdProgram === null).each(engines())('on OpenLDAP, the portal’s own tables on $name', ({ open }) => {
  let slapd: Slapd;
  let portal: TestPortal;
  /** The same tables, with the directory that the settings name after the move. */
  let moved: TestPortal;
  const inDirectory: string[] = [];
  const add = async (uid: string, mail: string | readonly string[], familyName: string) => {
    inDirectory.push(uid);
    await slapd.add({ uid, mail, givenName: 'Camille', sn: familyName, password: there });
  };
  beforeAll(async () => {
    slapd = await startSlapd();
  });
  afterAll(() => slapd?.close());
  beforeEach(async () => {
    portal = await testPortal({ store: await open() });
    const directory = ldapDirectory({ settings: slapd.settings(), password: service.password, store: portal.store, now: portal.now });
    moved = { ...portal, directory };
  });
  afterEach(async () => {
    moved.directory.close();
    await portal.close();
    for (const uid of inDirectory.splice(0)) await slapd.remove(uid);
  });

  const signIn = (on: TestPortal, address: string, password: string) => checkPassword(on, testFlow(on), { address, password });
  const link = (readOnly = false) => linkAccounts(moved, testOperator(), { readOnly });
  const kept = () =>
    Promise.all(
      (['factors', 'answers', 'consents', 'recoveryCodes', 'passwords', 'roles'] as const).map((table) =>
        portal.store.db.select().from(portal.store.s[table]),
      ),
    );

  test('fifty people: the same number for applications, the same factors, answers and consents, the directory’s password; and back', async () => {
    for (const [i, { uid, address, familyName, givenName }] of people.entries()) {
      const { id } = await testAccount(portal, { address, givenName, familyName, password: here });
      await testApp(portal, id);
      await testAnswers(portal, id);
      await portal.store.unit(id, (tx) =>
        setConsent(tx, {
          accountId: id,
          applicationId: 'insermbiblio',
          scopes: ['openid', 'profile'],
          givenAt: 1,
          expiresAt: portal.now() + days(90),
        }),
      );
      // Written there with capitals, and, for one of five, another name and a second address.
      const mail = address.replace('personne', 'Personne');
      await add(uid, i % 5 === 0 ? [mail, `p${i}@inserm.fr`] : mail, i % 5 === 0 ? `${familyName}-Marié` : familyName);
    }
    const numbers = new Map((await listAccounts(portal, 100)).map(({ address, id }) => [address, id]));
    const before = await kept();

    // Dry run: nothing changes, and everybody is found.
    const still = await snapshot(moved);
    expect(await link(true)).toMatchObject({ outcome: 'looked', checked: 50, absent: [], ambiguous: [] });
    expect(await snapshot(moved)).toBe(still);
    const done = await link();
    expect(done).toMatchObject({ outcome: 'linked', checked: 50, absent: [], ambiguous: [] });
    expect(done.linked).toHaveLength(50);
    expect(await link()).toMatchObject({ checked: 0, linked: [] });

    for (const { address } of people) {
      expect(await signIn(moved, address, here)).toMatchObject({ ok: false });
      expect(await signIn(moved, address, there)).toMatchObject({ ok: true });
    }
    const after = await listAccounts(moved, 100);
    expect(new Map(after.map(({ address, id }) => [address, id]))).toEqual(numbers);
    expect(after.every(({ directoryId }) => directoryId !== null)).toBe(true);
    expect(after.filter(({ familyName }) => familyName.endsWith('-Marié'))).toHaveLength(10);
    expect(await kept()).toEqual(before);
    expect((await events(moved)).filter(({ type, data }) => type === 'account-refreshed' && data.what === 'directoryId')).toHaveLength(50);

    // Back: the passwords of before work again, whatever was chosen in the directory meanwhile.
    const [first] = people;
    const id = numbers.get(first?.address ?? '') ?? '';
    const chosen = await moved.directory.setPassword(id, 'un nuage violet passe au-dessus');
    if (chosen.outcome === 'ready') await moved.store.unit(id, (tx) => putPassword(tx, id, chosen));
    expect(await signIn(moved, first?.address ?? '', 'un nuage violet passe au-dessus')).toMatchObject({ ok: true });
    for (const { address } of people.slice(0, 5)) {
      expect(await signIn(portal, address, there)).toMatchObject({ ok: false });
      expect(await signIn(portal, address, here)).toMatchObject({ ok: true });
    }
    expect(await kept()).toEqual(before);
  });

  test('without linking, an address that was given to somebody else takes an account; after it, it opens nothing', async () => {
    const { id } = await testAccount(portal, { address: 'claire.martin@inserm.fr', password: here });
    await add('cmartin', 'claire.martin@inserm.fr', 'Martin');
    await link();
    // She leaves; another Claire Martin comes.
    await slapd.set(dnOf('cmartin'), { mail: 'claire.martin-partie@inserm.fr' });
    await add('cmartin2', 'claire.martin@inserm.fr', 'Martin');
    expect(await signIn(moved, 'claire.martin@inserm.fr', there)).toEqual({ ok: false, problems: [{ code: 'directory-ambiguous' }] });
    expect(await findAccountAt(moved, 'claire.martin@inserm.fr')).toMatchObject({ id });
  });

  test('who is not there, and who can’t be told from another, are named and left as they are', async () => {
    for (const address of [
      'absente@inserm.fr',
      'double@inserm.fr',
      'alias.un@inserm.fr',
      'alias.deux@inserm.fr',
      'seule@inserm.fr',
      'close@inserm.fr',
    ])
      await testAccount(portal, { address, password: here });
    await setAccountStatus(portal, testOperator(), 'close@inserm.fr', 'disabled');
    await add('double1', 'double@inserm.fr', 'A');
    await add('double2', 'double@inserm.fr', 'B');
    await add('alias', ['alias.un@inserm.fr', 'alias.deux@inserm.fr'], 'C');
    await add('seule', 'seule@inserm.fr', 'D');
    await add('close', 'close@inserm.fr', 'E');
    const expected = {
      checked: 6,
      linked: ['close@inserm.fr', 'seule@inserm.fr'],
      absent: ['absente@inserm.fr'],
      ambiguous: ['alias.deux@inserm.fr', 'alias.un@inserm.fr', 'double@inserm.fr'],
    };
    expect(await link(true)).toMatchObject({ outcome: 'looked', ...expected });
    expect(await link()).toMatchObject({ outcome: 'linked', ...expected });
    expect((await listAccounts(moved, 10)).filter(({ directoryId }) => directoryId !== null).map(({ address }) => address)).toEqual(expected.linked);
    // Closed stays closed.
    expect(await signIn(moved, 'close@inserm.fr', there)).toMatchObject({ ok: false });
  });

  test('a directory that does not answer links nobody, and with the embedded one there is nothing to link', async () => {
    await testAccount(portal);
    await add('cmartin', 'claire.martin@inserm.fr', 'Martin');
    const before = await snapshot(portal);
    const urls = ['ldaps://127.0.0.1:9'];
    const down = ldapDirectory({ settings: slapd.settings({ urls }), password: service.password, store: portal.store, now: portal.now });
    await expect(linkAccounts({ ...portal, directory: down }, testOperator(), { readOnly: false })).rejects.toThrow(DirectoryUnavailable);
    expect(await linkAccounts(portal, testOperator(), { readOnly: false })).toMatchObject({ outcome: 'elsewhere' });
    expect(await snapshot(portal)).toBe(before);
    down.close();
  });
});
