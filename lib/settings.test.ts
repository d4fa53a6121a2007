// Settings are read once, wrong ones are named with their line, and unsafe ones don't serve real people.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseSettingsFile, readSettings, type Settings, UnusableSettings, unsafeSettings } from './settings.ts';

const linesOf = (read: () => unknown): readonly string[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof UnusableSettings) return error.lines;
    throw error;
  }
  throw new Error('Nothing was wrong.');
};

describe('the settings file', () => {
  const wrong = (text: string) => linesOf(() => parseSettingsFile(text, 'portal.yaml'));

  test('an empty file leaves every default', () => {
    expect(parseSettingsFile('', 'portal.yaml').institute.name).toBe('Inserm');
    expect(parseSettingsFile('# nothing\n', 'portal.yaml').questions).toBe(true);
    expect(parseSettingsFile('# nothing\n', 'portal.yaml').passwordReset.answers).toBe('always');
    expect(() => parseSettingsFile('passwordReset:\n  answers: sometimes\n', 'portal.yaml')).toThrow(/^portal\.yaml:2: passwordReset\.answers: /);
  });

  test('a misspelt key is named with its line', () => {
    expect(wrong('institute:\n  name: Inserm\nhelpdesc:\n  phone: "01"\n')).toEqual(['portal.yaml:3: helpdesc: no such setting']);
  });

  test('a misspelt key inside a section is named with its path and line', () => {
    expect(wrong('helpdesk:\n  email: a@inserm.fr\n  fone: "01"\n')).toEqual(['portal.yaml:3: helpdesk.fone: no such setting']);
  });

  test('a value of the wrong kind is named with its line, and so is every other one', () => {
    const lines = wrong('questions: maybe\nproxies: 9\nhelpdesk:\n  email: nowhere\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^portal\.yaml:1: questions: /);
    expect(lines[1]).toMatch(/^portal\.yaml:2: proxies: /);
    expect(lines[2]).toMatch(/^portal\.yaml:4: helpdesk\.email: /);
  });

  test('a push service is added by its host’s name, and by nothing else', () => {
    expect(parseSettingsFile('push:\n  hosts: ["*.push.example.net"]\n', 'portal.yaml').push.hosts).toEqual(['*.push.example.net']);
    expect(wrong('push:\n  hosts:\n    - push.example.net\n    - 10.0.0.1\n    - "*"\n').map((line) => line.slice(0, 14))).toEqual([
      'portal.yaml:4:',
      'portal.yaml:5:',
    ]);
  });

  test('SEC-115: a time server that is named twice is not two that agree', () => {
    expect(parseSettingsFile('timeServer: ntp.example.org\n', 'portal.yaml').timeServer).toEqual(['ntp.example.org']);
    expect(parseSettingsFile('timeServer: [a.example.org, b.example.org]\n', 'portal.yaml').timeServer).toHaveLength(2);
    expect(wrong('timeServer: [a.example.org, a.example.org]\n')).toEqual([
      'portal.yaml:1: timeServer: named twice: one server must not count as two',
    ]);
  });

  test('words are wanted in both languages', () => {
    expect(wrong('institute:\n  product:\n    fr: Mon compte\n')[0]).toMatch(/^portal\.yaml:2: institute\.product\.en: /);
    expect(wrong('helpdesk:\n  hours:\n    fr: ""\n    en: always\n')[0]).toMatch(/^portal\.yaml:3: helpdesk\.hours\.fr: /);
  });

  test('a file that is no YAML is named with the line where it breaks', () => {
    expect(wrong('institute:\n  name: "Inserm\n')[0]).toMatch(/^portal\.yaml:\d: /);
    expect(wrong('a: b: c\n')[0]).toMatch(/^portal\.yaml:1: /);
    expect(wrong('- a\n- b\n')[0]).toMatch(/^portal\.yaml:1: /);
  });

  test('a key given twice is refused', () => {
    expect(wrong('questions: true\nquestions: false\n')[0]).toMatch(/^portal\.yaml:2: /);
  });

  test('a directory elsewhere is known by its line: addresses, encryption, what is missing', () => {
    const head = 'directory:\n  kind: ldap\n  bindDn: cn=portal\n  base: dc=inserm,dc=fr\n';
    expect(parseSettingsFile(`${head}  urls: [ldaps://ldap.inserm.fr]\n`, 'portal.yaml').directory).toMatchObject({
      filter: '(objectClass=inetOrgPerson)',
      attributes: { address: 'mail', id: 'entryUUID' },
      passwordPolicy: true,
      startTls: false,
    });
    expect(parseSettingsFile('', 'portal.yaml').directory).toEqual({ kind: 'embedded' });
    for (const url of [
      'http://ldap.inserm.fr',
      'ldaps://ldap.inserm.fr/dc=inserm',
      'ldaps://portal:secret@ldap.inserm.fr',
      'ldap.inserm.fr',
      'ldap://a:b:c',
    ])
      expect(wrong(`${head}  urls: ["${url}"]\n`)).toEqual([expect.stringMatching(/^portal\.yaml:5: directory\.urls\.0: /)]);
    expect(wrong(`${head}  startTls: true\n  urls: [ldaps://ldap.inserm.fr]\n`)[0]).toContain('startTls is for ldap://');
    expect(wrong(`${head}  urls: []\n`)).toHaveLength(1);
    expect(wrong(`${head}  urls: [ldaps://a]\n  password: secret\n`)).toEqual(['portal.yaml:6: directory.password: no such setting']);
    expect(wrong('directory:\n  kind: ldap\n').map((line) => line.split(': ')[1])).toEqual(['directory.urls', 'directory.bindDn', 'directory.base']);
    expect(wrong('directory:\n  kind: novell\n')[0]).toMatch(/^portal\.yaml:2: directory\.kind: /);
    const windows = 'directory:\n  kind: active-directory\n  bindDn: portail@ad.inserm.fr\n  base: dc=inserm,dc=fr\n';
    expect(wrong(`${windows}  urls: [ldap://dc1.inserm.fr]\n`)[0]).toContain('takes passwords over ldaps://');
    expect(
      parseSettingsFile(`${windows}  startTls: true\n  urls: [ldap://dc1.inserm.fr]\n  roles: { agent: cn=a }\n`, 'portal.yaml').directory,
    ).toMatchObject({
      kind: 'active-directory',
      attributes: { address: 'mail' },
      roles: { agent: ['cn=a'], 'lead-agent': [], administrator: [] },
    });
  });

  test('an application is known by its line: short secret, no redirect, unknown scope', () => {
    const lines = wrong('applications:\n  - id: Biblio\n    name: B\n    redirectUris: []\n    secret: short\n    scopes: [openid, everything]\n');
    expect(lines.map((line) => line.split(': ').slice(0, 2).join(' '))).toEqual([
      'portal.yaml:2 applications.0.id',
      'portal.yaml:4 applications.0.redirectUris',
      'portal.yaml:5 applications.0.secret',
      'portal.yaml:6 applications.0.scopes.1',
    ]);
  });
});

describe('the environment', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portal-settings-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('with nothing set, the portal is on http://localhost:3000 with its own database', () => {
    expect(readSettings({})).toMatchObject({
      mode: 'production',
      origin: 'http://localhost:3000',
      issuer: 'http://localhost:3000/oidc',
      internalOrigin: 'http://127.0.0.1:3000',
      database: 'var/portal.db',
      host: '127.0.0.1',
    });
  });

  test('a path after the origin is dropped, and a portal in a container reaches itself by loopback', () => {
    const settings = readSettings({ PORTAL_ORIGIN: 'https://auth.inserm.fr/anything', PORTAL_HOST: '0.0.0.0', PORT: '8080' });
    expect(settings).toMatchObject({ origin: 'https://auth.inserm.fr', internalOrigin: 'http://127.0.0.1:8080', host: '0.0.0.0' });
  });

  test('what can’t be used is named', () => {
    expect(linesOf(() => readSettings({ PORT: '70000' }))[0]).toMatch(/^PORT in the environment: /);
    expect(linesOf(() => readSettings({ PORTAL_MODE: 'test' }))[0]).toMatch(/^PORTAL_MODE in the environment: /);
    expect(linesOf(() => readSettings({ PORTAL_ORIGIN: 'auth.inserm.fr' }))[0]).toMatch(/^PORTAL_ORIGIN in the environment: /);
    const absent = join(folder, 'absent.yaml');
    expect(linesOf(() => readSettings({ PORTAL_SETTINGS: absent }))).toEqual([`PORTAL_SETTINGS names ${absent}, which does not exist.`]);
  });

  test('a typo in the settings file that the environment names is told with that file’s name', () => {
    const file = join(folder, 'institute.yaml');
    writeFileSync(file, 'mail:\n  form: portail@inserm.fr\n');
    expect(linesOf(() => readSettings({ PORTAL_SETTINGS: file }))).toEqual([`${file}:2: mail.form: no such setting`]);
  });
});

test('the password of the directory’s service account is not forgotten, and never empty', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portal-settings-'));
  const file = join(folder, 'portal.yaml');
  writeFileSync(file, 'directory: { kind: ldap, urls: ["ldaps://ldap.inserm.fr"], bindDn: cn=portal, base: "dc=inserm,dc=fr" }\n');
  try {
    expect(linesOf(() => readSettings({ PORTAL_SETTINGS: file }))).toEqual([expect.stringMatching(/^LDAP_PASSWORD is not set: /)]);
    expect(linesOf(() => readSettings({ PORTAL_SETTINGS: file, LDAP_PASSWORD: '' }))).toEqual([expect.stringMatching(/^LDAP_PASSWORD /)]);
    expect(readSettings({ PORTAL_SETTINGS: file, LDAP_PASSWORD: 'x' }).ldapPassword).toBe('x');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('what must not serve real people', () => {
  const safe: Settings = {
    ...readSettings({}),
    origin: 'https://auth.inserm.fr',
    keys: JSON.stringify({ sealing: [], pepper: '' }),
    smtpUrl: 'smtps://smtp.inserm.fr',
  };
  const application = {
    id: 'biblio',
    name: 'InsermBiblio',
    redirectUris: ['https://biblio.inserm.fr/callback'],
    postLogoutRedirectUris: [],
    scopes: ['openid' as const],
    requiresMfa: true,
  };

  test('SEC-104: safe settings are not complained about', () => {
    expect(unsafeSettings({ ...safe, applications: [application] })).toEqual([]);
  });

  test.each<[string, Partial<Settings>, RegExp]>([
    ['an origin without TLS', { origin: 'http://auth.inserm.fr' }, /PORTAL_ORIGIN.*https:\/\//],
    ['keys beside the database', { keys: undefined }, /PORTAL_KEYS.*keys new/],
    [
      'a directory that is asked in clear',
      { directory: parseSettingsFile('directory: { kind: ldap, urls: ["ldap://ldap.inserm.fr"], bindDn: cn=portal, base: "dc=fr" }', 'x').directory },
      /directory\.urls: ldap:\/\/ldap\.inserm\.fr is not encrypted: .*startTls/,
    ],
    ['a mail catcher', { smtpUrl: 'smtp://localhost:1025' }, /SMTP_URL.*name the institute’s mail server/],
    ['an application without TLS', { applications: [{ ...application, redirectUris: ['http://biblio.inserm.fr/cb'] }] }, /biblio.*https:\/\//],
    ['an application’s demo secret', { applications: [{ ...application, secret: `demo-${'x'.repeat(40)}` }] }, /biblio.*applications add/],
  ])('SEC-104: %s is refused, with the mend', (_what, unsafe, sentence) => {
    const [first, ...others] = unsafeSettings({ ...safe, ...unsafe });
    expect(first).toMatch(sentence);
    expect(others).toEqual([]);
  });

  test('SEC-104: everything unsafe is named at once, and no secret is repeated', () => {
    const secret = `demo-${'s3cret'.repeat(8)}`;
    const found = unsafeSettings({ ...readSettings({}), applications: [{ ...application, secret }] });
    expect(found).toHaveLength(4);
    expect(found.join()).not.toContain(secret);
  });

  test('the demo may be all of that', () => {
    expect(unsafeSettings(readSettings({ PORTAL_MODE: 'demo' }))).toEqual([]);
  });
});
