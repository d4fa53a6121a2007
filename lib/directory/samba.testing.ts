// A real Active Directory for tests, as Samba's domain controller speaks it: on a loopback address of its own, gone when the test ends.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Attribute, Change, Client } from 'ldapts';
import { type ActiveDirectorySettings, parseSettingsFile } from '../settings.ts';
import { activeDirectoryTime, quotedPassword } from './rules.ts';
import { makeCertificate } from './slapd.testing.ts';

const programs = { server: '/usr/sbin/samba', tool: '/usr/bin/samba-tool', schema: '/usr/share/samba/setup/ad-schema' } as const;
const missing = Object.values(programs).filter((file) => !existsSync(file));
const why =
  missing.length > 0
    ? `${missing.join(', ')} not installed (Debian: samba-ad-dc, samba-ad-provision)`
    : process.getuid?.() !== 0
      ? 'Samba takes ports 389 and 636, which only root may'
      : null;
/** Whether a domain controller can be started; else its suite is left out. */
export const sambaRuns = why === null;
if (why !== null) process.stderr.write(`${why}: the suite of Active Directory is left out.\n`);

export const base = 'DC=ad,DC=inserm,DC=fr';
const domain = 'ad.inserm.fr';
export const service = { dn: `portail@${domain}`, password: 'le portail cherche des gens' } as const;
export const decoyDn = `CN=nobody,CN=Users,${base}`;
const administrator = { dn: `administrator@${domain}`, password: 'Administrator-of-the-tests-1' } as const;

export interface Entry {
  readonly uid: string;
  readonly mail?: string | readonly string[];
  readonly userPrincipalName?: string;
  readonly givenName?: string;
  readonly sn?: string;
  readonly password?: string;
}

export interface Samba {
  /** Its address; 389 and 636 are its ports. Its certificate is for 127.0.0.1 as well, where a test may stand between. */
  readonly host: string;
  readonly caFile: string;
  settings(other?: Partial<ActiveDirectorySettings>): ActiveDirectorySettings;
  add(entry: Entry): Promise<string>;
  remove(uid: string): Promise<void>;
  /** Makes, or replaces, a group of these entries. @returns its name there */
  group(cn: string, members: readonly string[]): Promise<string>;
  set(dn: string, attributes: Readonly<Record<string, string | readonly string[]>>): Promise<void>;
  /** Replaces the domain's rules for passwords; without any, every password will do. */
  policy(rules: Readonly<Record<string, string>>): Promise<void>;
  /** Makes a password as old as this: no administrator may, so it is written into the domain's own file. */
  passwordFrom(dn: string, instant: number): void;
  close(): Promise<void>;
}

/** DSDB_CONTROL_PASSWORD_BYPASS_LAST_SET_OID: what it is given is kept as it is. */
const writePasswordAge = `
import sys, ldb
from samba.samdb import SamDB
from samba.param import LoadParm
from samba.auth import system_session
file, configuration, dn, filetime = sys.argv[1:]
lp = LoadParm()
lp.load(configuration)
domain = SamDB(url=file, session_info=system_session(), lp=lp)
message = ldb.Message(ldb.Dn(domain, dn))
message['pwdLastSet'] = ldb.MessageElement(filetime, ldb.FLAG_MOD_REPLACE, 'pwdLastSet')
domain.modify(message, controls=['local_oid:1.3.6.1.4.1.7165.4.3.20:0'])
`;

export const dnOf = (uid: string) => `CN=${uid},OU=people,${base}`;
const noPolicy = {
  pwdProperties: '0',
  minPwdLength: '0',
  minPwdAge: '0',
  maxPwdAge: '-9223372036854775808',
  pwdHistoryLength: '0',
  lockoutThreshold: '0',
  lockoutDuration: '-18000000000',
  lockOutObservationWindow: '-18000000000',
};
const replace = (type: string, values: readonly string[]) =>
  new Change({ operation: 'replace', modification: new Attribute({ type, values: [...values] }) });

export async function startSamba(): Promise<Samba> {
  if (!sambaRuns) throw new Error('No domain controller can be started.');
  const folder = mkdtempSync(join(tmpdir(), 'portal-samba-'));
  // Its ports are what they are, so every run has an address of its own.
  const host = `127.83.${1 + (process.pid % 250)}.${1 + ((process.pid >> 8) % 250)}`;
  const tls = makeCertificate(folder, 'samba', `IP:${host},IP:127.0.0.1`);
  chmodSync(tls.key, 0o600);
  const own = [`interfaces=${host}/8`, 'bind interfaces only=yes', 'server services=ldap'].map((option) => `--option=${option}`);
  const tool = (...words: string[]) => execFileSync(programs.tool, words, { stdio: 'pipe', encoding: 'utf8' });
  const realm = [`--realm=${domain.toUpperCase()}`, '--domain=INSERM', '--host-name=dc1', '--dns-backend=NONE'];
  tool(
    'domain',
    'provision',
    '--use-rfc2307',
    '--server-role=dc',
    ...realm,
    `--adminpass=${administrator.password}`,
    `--targetdir=${folder}`,
    ...own,
  );
  const configuration = join(folder, 'etc', 'smb.conf');
  const encrypted = [`tls keyfile=${tls.key}`, `tls certfile=${tls.certificate}`, `tls cafile=${tls.ca}`, `pid directory=${folder}`];
  const quiet = ['logging=stderr', `log file=${join(folder, 'log')}`];
  const options = [...encrypted, ...quiet].map((option) => `--option=${option}`);
  let said = '';
  const child: ChildProcess = spawn(programs.server, ['-i', '-M', 'single', '-s', configuration, ...options], { stdio: ['pipe', 'ignore', 'pipe'] });
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const admin = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
    // Its own authority signed the certificate; what is tested is the portal's look at it.
    const client = new Client({ url: `ldaps://${host}`, timeout: 10_000, connectTimeout: 2000, tlsOptions: { rejectUnauthorized: false } });
    try {
      await client.bind(administrator.dn, administrator.password);
      return await work(client);
    } finally {
      await client.unbind().catch(() => {});
    }
  };
  const policy = (rules: Readonly<Record<string, string>>) =>
    admin((client) =>
      client.modify(
        base,
        Object.entries({ ...noPolicy, ...rules }).map(([type, value]) => replace(type, [value])),
      ),
    );
  const started = async () => {
    for (let i = 0; i < 1200; i++) {
      if (child.exitCode !== null) throw new Error(`samba ended: ${said}`);
      if (await admin(async () => true).catch(() => false)) return;
      await sleep(25);
    }
    throw new Error(`samba does not answer: ${said}`);
  };
  await started();
  await policy({});
  // 512: a usual account; 65536: its password never expires; 32: it may have none.
  const user = (name: string, password: string | undefined, control: number) => ({
    objectClass: 'user',
    sAMAccountName: name,
    userPrincipalName: `${name}@${domain}`,
    userAccountControl: String(control),
    ...(password !== undefined && { unicodePwd: quotedPassword(password) as unknown as string }),
  });
  await admin(async (client) => {
    for (const ou of ['people', 'groups']) await client.add(`OU=${ou},${base}`, { objectClass: 'organizationalUnit' });
    await client.add(`CN=portail,CN=Users,${base}`, user('portail', service.password, 512 + 65_536));
    await client.add(decoyDn, user('nobody', `Nobody-1-${randomBytes(16).toString('hex')}`, 512 + 65_536));
    await client.modify(`CN=Administrator,CN=Users,${base}`, replace('userAccountControl', ['66048']));
  });
  // « Reset password » and « Write lockoutTime » on everybody below, for the service account.
  const people = 'bf967aba-0de6-11d0-a285-00aa003049e2';
  const sid = tool('user', 'show', 'portail', '--attributes=objectSid', '-H', join(folder, 'private', 'sam.ldb'), '-s', configuration).match(
    /S-1-[\d-]+/,
  )?.[0];
  for (const right of ['CR;00299570-246d-11d0-a768-00aa006e0529', 'WP;28630ebf-41d5-11d1-a9c1-0000f80367c1'])
    tool(
      ...['dsacl', 'set', '--action=allow', `--objectdn=OU=people,${base}`, `--sddl=(OA;CIIO;${right};${people};${sid})`],
      ...['-H', join(folder, 'private', 'sam.ldb'), '-s', configuration],
    );

  return {
    host,
    caFile: tls.ca,
    settings(other = {}) {
      const { directory } = parseSettingsFile(
        JSON.stringify({
          directory: {
            kind: 'active-directory',
            urls: [`ldaps://${host}`],
            caFile: tls.ca,
            bindDn: service.dn,
            base: `OU=people,${base}`,
            decoyDn,
          },
        }),
        'test.yaml',
      );
      if (directory.kind !== 'active-directory') throw new Error('No Active Directory.');
      return { ...directory, ...other };
    },
    async add({ uid, mail, userPrincipalName, givenName, sn, password }) {
      const attributes = {
        ...user(uid, password, password === undefined ? 512 + 32 : 512),
        ...(userPrincipalName !== undefined && { userPrincipalName }),
        ...(mail !== undefined && { mail: [mail].flat()[0] as string }),
        ...(givenName !== undefined && { givenName }),
        ...(sn !== undefined && { sn }),
      };
      await admin((client) => client.add(dnOf(uid), attributes));
      return dnOf(uid);
    },
    remove: (uid) => admin((client) => client.del(dnOf(uid))),
    group: (cn, members) =>
      admin(async (client) => {
        const dn = `CN=${cn},OU=groups,${base}`;
        await client.del(dn).catch(() => {});
        await client.add(dn, { objectClass: 'group', sAMAccountName: `group-${cn}`, ...(members.length > 0 && { member: [...members] }) });
        return dn;
      }),
    set: (dn, attributes) =>
      admin((client) =>
        client.modify(
          dn,
          Object.entries(attributes).map(([type, values]) => replace(type, [values].flat() as string[])),
        ),
      ),
    policy,
    passwordFrom(dn, instant) {
      const words = [join(folder, 'private', 'sam.ldb'), configuration, dn, activeDirectoryTime(instant)];
      execFileSync('/usr/bin/python3', ['-c', writePasswordAge, ...words], { stdio: 'pipe' });
    },
    async close() {
      const ended = child.exitCode === null && child.signalCode === null ? new Promise((resolve) => child.once('exit', resolve)) : null;
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
