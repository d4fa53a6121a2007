// The commands, as whoever runs the portal types them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findAccountAt } from '../accounts/facts.ts';
import { findApplication } from '../applications/facts.ts';
import { resealSecrets } from '../operations/reseal-secrets.ts';
import { events, snapshot, type TestPortal, testAccount, testPassword, testPortal } from '../portal.testing.ts';
import { createSecrets, newKeyRing, newSealingKey } from '../secrets.ts';
import { readAccountsFile } from './accounts-file.ts';
import { typed } from './command.testing.ts';
import { commands } from './run-command.ts';

let portal: TestPortal;
let folder: string;
beforeEach(async () => {
  portal = await testPortal();
  folder = mkdtempSync(join(tmpdir(), 'portal-cli-'));
});
afterEach(async () => {
  await portal.close();
  rmSync(folder, { recursive: true });
});

const run = (words: readonly string[], input = '') => typed(portal, words, input);

describe('the command line', () => {
  test('every command explains itself', async () => {
    for (const [name, { summary }] of Object.entries(commands)) {
      const { code, out } = await run([...name.split(' '), '--help']);
      expect(code).toBe(0);
      expect(out).toContain(`Usage: npm run portal -- ${name}`);
      expect(out.toLowerCase()).toContain(summary.toLowerCase());
    }
  });

  test.each([
    [[]],
    [['nonsense']],
    [['accounts']],
    [['accounts', 'destroy']],
    [['doctor', '--fast']],
    [['accounts', 'disable']],
    [['keys', 'new', 'x']],
  ])('%j is no command: exit code 2 and what would be one', async (words) => {
    const { code, told, out } = await run(words);
    expect(code).toBe(2);
    expect(told + out).toContain('Usage: npm run portal --');
  });

  test('a defect is one sentence, without a stack', async () => {
    await portal.store.close();
    const { code, told } = await run(['accounts', 'list']);
    expect(code).toBe(1);
    expect(told.split('\n')).toHaveLength(1);
    portal = await testPortal();
  });
});

describe('one account', () => {
  test('SEC-03: a password that dictionaries guess makes none, and it is said why', async () => {
    const words = ['accounts', 'create', 'claire.martin@inserm.fr', '--given-name', 'Claire', '--family-name', 'Martin', '--password-stdin'];
    const { code, told } = await run(words, 'Les quatre lapins mangent\n');
    expect(code).toBe(1);
    expect(told).toContain('guessed in too few tries');
    expect((await run(['accounts', 'list', '--json'])).out).not.toContain('claire.martin');
  });

  test('it is made, can sign in, and the audit log says by whom', async () => {
    const made = await run(
      ['accounts', 'create', ' Claire.Martin@Inserm.fr ', '--given-name', 'Claire', '--family-name', 'Martin', '--password-stdin', '--json'],
      `${testPassword}\nanother line\n`,
    );
    expect(made.code).toBe(0);
    const { id, address } = JSON.parse(made.out) as { id: string; address: string };
    expect(address).toBe('claire.martin@inserm.fr');
    expect(await portal.directory.verifyPassword(address, testPassword)).toEqual({ outcome: 'right', accountId: id });
    expect(await events(portal)).toMatchObject([{ type: 'account-created', accountId: id, actor: 'cli:test' }]);
  });

  test('it is refused with everything that is wrong, and nothing is written', async () => {
    const before = await snapshot(portal);
    const { code, told } = await run(['accounts', 'create', 'claire@gmail.com', '--given-name', 'Cl\naire', '--family-name', ' ']);
    expect(code).toBe(1);
    expect(told).toContain('address is not an address of @inserm.fr or @ext.inserm.fr');
    expect(told).toContain('given_name has characters');
    expect(told).toContain('family_name is empty');
    expect(await snapshot(portal)).toBe(before);
  });

  test('it is disabled and enabled again; saying so twice changes nothing', async () => {
    const { address } = await testAccount(portal);
    expect((await run(['accounts', 'disable', address])).out).toBe(`${address} is disabled now.`);
    expect((await run(['accounts', 'disable', address])).out).toBe(`${address} was disabled already.`);
    expect((await findAccountAt(portal, address))?.status).toBe('disabled');
    expect((await run(['accounts', 'enable', address])).code).toBe(0);
    expect((await run(['accounts', 'enable', 'nobody@inserm.fr'])).told).toBe('no account has this address');
  });

  test('its password is set from the input; the same rules hold as for people', async () => {
    const { address } = await testAccount(portal);
    expect((await run(['accounts', 'set-password', address], 'too short\n')).code).toBe(1);
    expect((await run(['accounts', 'set-password', address])).code).toBe(2);
    expect((await run(['accounts', 'set-password', address], 'un nuage passe au-dessus\n')).code).toBe(0);
    expect((await portal.directory.verifyPassword(address, 'un nuage passe au-dessus')).outcome).toBe('right');
    expect((await events(portal)).at(-1)).toMatchObject({ type: 'password-set', actor: 'cli:test' });
  });

  test('accounts are listed a page at a time, each once', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await testAccount(portal, { address: `${name}.x@inserm.fr` });
    const seen: string[] = [];
    let after: string[] = [];
    for (let page = 0; page < 10; page++) {
      const { accounts, next } = JSON.parse((await run(['accounts', 'list', '--json', '--limit', '2', ...after])).out) as {
        accounts: { address: string }[];
        next: string | null;
      };
      seen.push(...accounts.map((a) => a.address));
      if (!next) break;
      after = ['--after', next];
    }
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e'].map((name) => `${name}.x@inserm.fr`));
    expect((await run(['accounts', 'list', '--limit', '0'])).code).toBe(2);
  });
});

describe('a file of accounts', () => {
  const fileOf = (content: string | Uint8Array) => {
    const file = join(folder, 'people.csv');
    writeFileSync(file, content);
    return file;
  };
  const load = async (content: string | Uint8Array, ...more: string[]) => {
    const file = fileOf(content);
    const { told, ...rest } = await run(['accounts', 'import', file, ...more]);
    return { ...rest, told: told.replaceAll(`${file}:`, 'line ') };
  };
  const header = 'address,given_name,family_name,affiliations,password';

  test('its people are there, with passwords and what their kind implies', async () => {
    const { code, out } = await load(
      `${header}\nclaire.martin@inserm.fr,Claire,Martin,,${testPassword}\newa.nowak@ext.inserm.fr,Ewa,"Nowak, née Zajac",student|member,\n`,
    );
    expect({ code, out }).toEqual({ code: 0, out: '2 accounts were made.' });
    expect(await findAccountAt(portal, 'claire.martin@inserm.fr')).toMatchObject({
      kind: 'internal',
      affiliations: ['member', 'employee'],
      status: 'active',
    });
    expect(await findAccountAt(portal, 'ewa.nowak@ext.inserm.fr')).toMatchObject({
      familyName: 'Nowak, née Zajac',
      affiliations: ['student', 'member'],
    });
    expect((await portal.directory.verifyPassword('claire.martin@inserm.fr', testPassword)).outcome).toBe('right');
    expect((await events(portal)).map((e) => e.type)).toEqual(['account-created', 'account-created']);
  });

  test('semicolons, the mark of UTF-8 and Windows line ends are read', async () => {
    const { code } = await load('\ufeffAddress;Given_Name;Family_Name\r\nzoe.lefevre@inserm.fr;Zoé;Lefèvre\r\n');
    expect(code).toBe(0);
    expect(await findAccountAt(portal, 'zoe.lefevre@inserm.fr')).toMatchObject({ givenName: 'Zoé' });
  });

  test('all or nothing: each wrong line is named as an editor counts it, and nothing is written', async () => {
    await testAccount(portal);
    const before = await snapshot(portal);
    const { code, told } = await load(
      [
        header,
        'good.one@inserm.fr,Good,One,,',
        '',
        'two.lines@inserm.fr,Two,"Li\r\nnes",,',
        'someone@gmail.com,Some,One,,',
        'claire.martin@inserm.fr,Claire,Martin,,',
        'Good.One@inserm.fr,Good,Again,,',
        'short.pass@inserm.fr,Short,Pass,,court',
        'nul.byte@inserm.fr,\u0007Bell,Byte,chief,',
        'few@inserm.fr,Few',
      ].join('\r\n'),
    );
    expect(code).toBe(1);
    expect(told.split('\n').filter((line) => line.startsWith('line '))).toEqual([
      "line 4: family_name has characters that can't be shown: line breaks, NUL or other control characters",
      'line 6: address is not an address of @inserm.fr or @ext.inserm.fr',
      'line 7: an account has this address already',
      'line 8: address is on line 2 already',
      'line 9: password has fewer than 15 characters',
      "line 10: given_name has characters that can't be shown: line breaks, NUL or other control characters",
      'line 10: affiliations has other words than faculty, student, staff, alum, member, affiliate, employee, library-walk-in',
      'line 11: 2 columns where the first line has 5',
    ]);
    expect(told).toContain('8 problems: no account was made.');
    expect(await snapshot(portal)).toBe(before);
  });

  test('only the first fifty problems are shown, with the count of all', async () => {
    const { told } = await load(`${header}\n${'x@y.fr,A,B,,\n'.repeat(70)}`);
    expect(told.split('\n').filter((line) => line.startsWith('line '))).toHaveLength(50);
    expect(told).toContain('… and 20 more.');
  });

  test('T29: a name that looks like a formula is a name', async () => {
    expect((await load(`${header}\nf.f@inserm.fr,=cmd(),+1-1,,\n`)).code).toBe(0);
    expect(await findAccountAt(portal, 'f.f@inserm.fr')).toMatchObject({ givenName: '=cmd()', familyName: '+1-1' });
  });

  test.each<[string, string | Uint8Array, RegExp]>([
    ['an empty file', '', /is empty/],
    ['wrong columns', 'adress,given_name,family_name,family_name\n', /"adress" is no column, family_name is there twice, address is missing/],
    ['a file of another encoding', Buffer.from('address,given_name,family_name\nz.z@inserm.fr,Zoé,Z\n', 'latin1'), /line 2: is not UTF-8/],
    ['a file of 16-bit characters', Buffer.from('\ufeffaddress', 'utf16le'), /is not UTF-8/],
    ['a quote that is never closed', 'address,given_name,family_name\nz.z@inserm.fr,"Z,Z\n', /is never closed/],
    ['a quote in the middle', 'address,given_name,family_name\nz.z@inserm.fr,Z"oe"x,Z\n', /quote stands where none may/],
  ])('%s is refused as a whole', async (_what, content, sentence) => {
    const before = await snapshot(portal);
    const { code, told } = await load(content);
    expect(code).toBe(1);
    expect(told).toMatch(sentence);
    expect(await snapshot(portal)).toBe(before);
  });

  test('a file that is not there is one sentence', async () => {
    const { code, told } = await run(['accounts', 'import', join(folder, 'none.csv')]);
    expect({ code, told }).toEqual({ code: 1, told: `${join(folder, 'none.csv')} doesn't exist.` });
  });

  test('a dry run writes nothing', async () => {
    const before = await snapshot(portal);
    expect((await load(`${header}\na.b@inserm.fr,A,B,,\n`, '--dry-run')).out).toBe('1 accounts could be made; nothing was changed.');
    expect(await snapshot(portal)).toBe(before);
  });

  test('the line after the millionth is refused, by its number', { timeout: 120_000 }, async () => {
    const file = fileOf(`address,given_name,family_name\n${'a,b,c\n'.repeat(1_000_001)}`);
    let lines = 0;
    const reading = (async () => {
      for await (const { cells } of readAccountsFile(file)) lines += cells ? 1 : 0;
    })();
    await expect(reading).rejects.toThrow(`${file}:1000002: a file has 1,000,000 accounts at most: make several of it.`);
    expect(lines).toBe(1_000_000);
  });

  test('ten thousand lines go in as one', async () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => `p${i}.x@inserm.fr,P,X,,`);
    expect((await load(`${header}\n${lines.join('\n')}\n`, '--json')).out).toBe('{"made":10000,"lines":10000}');
    const again = await load(`${header}\nnew.x@inserm.fr,N,X,,\n${lines.join('\n')}\n`);
    expect(again.told).toContain('10000 problems');
    expect(await findAccountAt(portal, 'new.x@inserm.fr')).toBeNull();
  });
});

describe('applications', () => {
  const add = (...more: string[]) => run(['applications', 'add', 'essai', '--name', 'Essai', '--redirect-uri', 'https://essai.fr/cb', ...more]);

  test('one is added, its secret shown once, sealed at rest', async () => {
    const { clientSecret } = JSON.parse((await add('--json')).out) as { clientSecret: string };
    expect(clientSecret).toMatch(/^[\w-]{43}$/);
    expect(await findApplication(portal, 'essai')).toMatchObject({ name: 'Essai', secret: clientSecret, requiresMfa: true });
    expect(await snapshot(portal)).not.toContain(clientSecret);
    expect((await run(['applications', 'list', '--json'])).out).not.toContain(clientSecret);
    expect((await add()).told).toContain('There is an application essai already');
  });

  test('a public one has no secret, and one may do with a password alone', async () => {
    expect((await add('--public', '--without-mfa', '--scope', 'openid')).out).not.toContain('client_secret');
    const application = await findApplication(portal, 'essai');
    expect(application).toMatchObject({ requiresMfa: false, scopes: ['openid'] });
    expect(application?.secret).toBeUndefined();
  });

  test('the portal’s own name, wrong addresses and unknown scopes are refused', async () => {
    expect((await run(['applications', 'add', 'portal', '--name', 'X', '--redirect-uri', 'https://x.fr/cb'])).code).toBe(1);
    expect((await run(['applications', 'add', 'x', '--name', 'X', '--redirect-uri', 'javascript:alert(1)'])).code).toBe(2);
    expect((await run(['applications', 'add', 'x', '--name', 'X'])).code).toBe(2);
    expect((await add('--scope', 'everything')).code).toBe(2);
  });

  test('a removed one takes consents with it, so that a namesake starts from nothing', async () => {
    await add();
    const { id } = await testAccount(portal);
    const { consents } = portal.store.s;
    await portal.store.write(
      portal.store.db.insert(consents).values({ accountId: id, applicationId: 'essai', scopes: ['openid'], givenAt: 1, expiresAt: 2 }),
    );
    expect((await run(['applications', 'remove', 'essai'])).code).toBe(0);
    expect(await portal.store.db.select().from(consents)).toEqual([]);
    expect((await run(['applications', 'remove', 'essai'])).told).toBe('There is no application essai.');
  });
});

describe('keys', () => {
  test('a new ring is one line that PORTAL_KEYS takes', async () => {
    const { out } = await run(['keys', 'new']);
    expect(out).not.toContain('\n');
    const ring = JSON.parse(out) as ReturnType<typeof newKeyRing>;
    const secrets = createSecrets(() => ring);
    expect(secrets.open('x', secrets.seal('x', 'kept')).toString()).toBe('kept');
  });

  test('SEC-107: after sealing again, the older key may leave the ring', async () => {
    await run(['applications', 'add', 'essai', '--name', 'Essai', '--redirect-uri', 'https://essai.fr/cb']);
    const before = await findApplication(portal, 'essai');
    const old = newKeyRing();
    const first = createSecrets(() => old);
    const { applications } = portal.store.s;
    const sealed = first.seal('applications:essai', before?.secret ?? '');
    await portal.store.write(portal.store.db.update(applications).set({ secret: sealed }));

    const both = { ...old, sealing: [newSealingKey(), ...old.sealing] };
    expect(await resealSecrets({ store: portal.store, secrets: createSecrets(() => both) })).toBe(1);
    expect(await resealSecrets({ store: portal.store, secrets: createSecrets(() => both) })).toBe(0);

    const newOnly = createSecrets(() => ({ ...both, sealing: both.sealing.slice(0, 1) }));
    expect((await findApplication({ ...portal, secrets: newOnly }, 'essai'))?.secret).toBe(before?.secret);
  });
});

describe('roles', () => {
  test('one is given, listed and taken back; what is no role is named', async () => {
    await testAccount(portal);
    const address = 'claire.martin@inserm.fr';
    expect(await run(['roles', 'give', address, 'agent'])).toMatchObject({ code: 0, out: `${address} is agent now.` });
    expect(await run(['roles', 'give', address, 'agent'])).toMatchObject({ code: 0, out: `${address} was agent already.` });
    expect((await run(['roles', 'list'])).out).toBe(`${address}\tagent\tsince 2027-03-09\tby cli:test`);
    expect(JSON.parse((await run(['roles', 'list', '--json'])).out)).toMatchObject({ roles: [{ address, role: 'agent', givenBy: 'cli:test' }] });
    expect(await run(['roles', 'give', address, 'king'])).toMatchObject({ code: 1, told: 'a role is one of agent, lead-agent, administrator' });
    expect(await run(['roles', 'take', address])).toMatchObject({ code: 0, out: `${address} is no longer agent.` });
    expect(await run(['roles', 'take', address])).toMatchObject({ code: 0, out: `${address} had no role.` });
    expect(await run(['roles', 'take', 'nobody@inserm.fr'])).toMatchObject({ code: 1, told: 'no account has this address' });
  });
});
