// A real OpenLDAP server for tests, on loopback, with its own certificate, people and password policy; gone when the test ends.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Attribute, Change, Client } from 'ldapts';
import { type LdapSettings, parseSettingsFile } from '../settings.ts';

/** Where Debian and others put it; null: its suites are left out. */
export const slapdProgram = ['/usr/sbin/slapd', '/usr/libexec/slapd', '/usr/lib/openldap/slapd', '/usr/local/libexec/slapd'].find(existsSync) ?? null;
if (slapdProgram === null) process.stderr.write('slapd is not installed: the suites of the LDAP directory are left out.\n');

const folderOf = (...folders: string[]) => folders.find(existsSync) ?? '';
export const base = 'dc=inserm,dc=fr';
export const service = { dn: `cn=portal,${base}`, password: 'le portail cherche des gens' } as const;
export const decoyDn = `cn=nobody,${base}`;
const root = { dn: `cn=root,${base}`, password: 'root-of-the-tests' } as const;

export interface Entry {
  readonly uid: string;
  readonly mail?: string | readonly string[];
  readonly givenName?: string;
  readonly sn?: string;
  readonly affiliations?: readonly string[];
  readonly password?: string;
}

export interface Slapd {
  readonly port: number;
  readonly securePort: number;
  /** PEM file of the authority that signed its certificate; the certificate is for 127.0.0.1 alone. */
  readonly caFile: string;
  settings(other?: Partial<LdapSettings>): LdapSettings;
  /** The same as an administrator writes them, with the service account's password beside. */
  asSettings(): Readonly<Record<string, unknown>> & { readonly password: string };
  /** Whether this is somebody's password, as the server itself says. */
  accepts(dn: string, password: string): Promise<boolean>;
  add(entry: Entry): Promise<string>;
  remove(uid: string): Promise<void>;
  /** Makes, or replaces, a group of these entries. @returns its name there */
  group(cn: string, members: readonly string[]): Promise<string>;
  /** Replaces attributes; an empty list takes one away. */
  set(dn: string, attributes: Readonly<Record<string, string | readonly string[]>>): Promise<void>;
  /** Replaces the password policy of everybody. */
  policy(rules: Readonly<Record<string, string>>): Promise<void>;
  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): Promise<void>;
  /** After it was killed. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const ssha = (password: string) => {
  const salt = randomBytes(8);
  return `{SSHA}${Buffer.concat([createHash('sha1').update(password).update(salt).digest(), salt]).toString('base64')}`;
};

export const dnOf = (uid: string) => `uid=${uid},ou=people,${base}`;

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** An authority, and a certificate that it signed for an address. */
export function makeCertificate(folder: string, name: string, subject = 'IP:127.0.0.1') {
  const file = (what: string) => join(folder, `${name}-${what}.pem`);
  const openssl = (...words: string[]) => execFileSync('openssl', words, { stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl('req', '-x509', ...key, '-days', '2', '-subj', `/CN=${name} authority`, '-keyout', file('ca-key'), '-out', file('ca'));
  openssl('req', ...key, '-subj', `/CN=${name}`, '-keyout', file('key'), '-out', file('request'));
  writeFileSync(file('extensions'), `subjectAltName=${subject}\n`);
  const authority = ['-CA', file('ca'), '-CAkey', file('ca-key'), '-CAcreateserial', '-days', '2', '-extfile', file('extensions')];
  openssl('x509', '-req', '-in', file('request'), ...authority, '-out', file('certificate'));
  return { ca: file('ca'), key: file('key'), certificate: file('certificate') };
}

export async function startSlapd(): Promise<Slapd> {
  if (slapdProgram === null) throw new Error('slapd is not installed.');
  const folder = mkdtempSync(join(tmpdir(), 'portal-slapd-'));
  mkdirSync(join(folder, 'data'));
  // Profiles of AppArmor, which are for the program's usual path, would keep it out of our folder.
  const program = join(folder, 'slapd');
  copyFileSync(slapdProgram, program);
  const [port, securePort] = [await freePort(), await freePort()];
  const tls = makeCertificate(folder, 'slapd');
  const schemas = folderOf('/etc/ldap/schema', '/etc/openldap/schema', '/usr/local/etc/openldap/schema');
  const modules = folderOf('/usr/lib/ldap', '/usr/lib/openldap', '/usr/lib64/openldap', '/usr/libexec/openldap', '/usr/local/libexec/openldap');
  writeFileSync(join(folder, 'slapd.conf'), configuration({ folder, schemas, modules, tls }));

  let child: ChildProcess;
  const admin = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
    const client = new Client({ url: `ldap://127.0.0.1:${port}`, timeout: 5000, connectTimeout: 2000 });
    try {
      await client.bind(root.dn, root.password);
      return await work(client);
    } finally {
      await client.unbind();
    }
  };
  const start = async () => {
    const urls = `ldap://127.0.0.1:${port}/ ldaps://127.0.0.1:${securePort}/`;
    let said = '';
    child = spawn(program, ['-f', join(folder, 'slapd.conf'), '-h', urls, '-d', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    for (let i = 0; i < 200; i++) {
      if (child.exitCode !== null) throw new Error(`slapd ended: ${said}`);
      const answers = await admin(async () => true).catch(() => false);
      if (answers) return;
      await sleep(25);
    }
    throw new Error(`slapd does not answer: ${said}`);
  };
  await start();
  await admin(async (client) => {
    await client.add(base, { objectClass: ['dcObject', 'organization'], dc: 'inserm', o: 'Inserm' });
    for (const ou of ['people', 'groups']) await client.add(`ou=${ou},${base}`, { objectClass: 'organizationalUnit', ou });
    for (const [dn, password] of [
      [service.dn, service.password],
      [decoyDn, randomBytes(16).toString('hex')],
    ] as const)
      await client.add(dn, { objectClass: ['organizationalRole', 'simpleSecurityObject'], userPassword: ssha(password) });
    await client.add(`cn=policy,${base}`, { objectClass: ['device', 'pwdPolicy'], cn: 'policy', pwdAttribute: 'userPassword' });
    await client.add(`cn=no-policy,${base}`, { objectClass: ['device', 'pwdPolicy'], cn: 'no-policy', pwdAttribute: 'userPassword' });
    // Tries at the decoy lock nobody out.
    for (const dn of [service.dn, decoyDn])
      await client.modify(dn, [
        new Change({ operation: 'add', modification: new Attribute({ type: 'pwdPolicySubentry', values: [`cn=no-policy,${base}`] }) }),
      ]);
  });

  const kill = async (signal: NodeJS.Signals) => {
    const ended = signal === 'SIGKILL' && child.exitCode === null && child.signalCode === null ? new Promise((r) => child.once('exit', r)) : null;
    child.kill(signal);
    await ended;
    // A stop takes a moment, in which an answer may still come.
    while (signal === 'SIGSTOP' && !execFileSync('ps', ['-o', 'state=', '-p', String(child.pid)], { encoding: 'utf8' }).startsWith('T'))
      await sleep(5);
  };
  const written = {
    kind: 'ldap',
    urls: [`ldaps://127.0.0.1:${securePort}`],
    caFile: tls.ca,
    bindDn: service.dn,
    base: `ou=people,${base}`,
    decoyDn,
  };
  return {
    port,
    securePort,
    caFile: tls.ca,
    settings(other = {}) {
      const { directory } = parseSettingsFile(JSON.stringify({ directory: written }), 'test.yaml');
      if (directory.kind !== 'ldap') throw new Error('No LDAP.');
      return { ...directory, ...other };
    },
    asSettings: () => ({ ...written, password: service.password }),
    async accepts(dn, password) {
      const client = new Client({ url: `ldap://127.0.0.1:${port}`, timeout: 5000, connectTimeout: 2000 });
      try {
        return await client.bind(dn, password).then(
          () => true,
          () => false,
        );
      } finally {
        await client.unbind();
      }
    },
    async add({ uid, mail, givenName, sn, affiliations, password }) {
      const attributes = {
        objectClass: ['inetOrgPerson', 'eduPerson'],
        uid,
        cn: `${givenName ?? ''} ${sn ?? ''}`.trim() || uid,
        sn: sn ?? '-',
        ...(givenName !== undefined && { givenName }),
        ...(mail !== undefined && { mail: [mail].flat() as string[] }),
        ...(affiliations && { eduPersonAffiliation: [...affiliations] }),
        ...(password !== undefined && { userPassword: ssha(password) }),
      };
      await admin((client) => client.add(dnOf(uid), attributes));
      return dnOf(uid);
    },
    remove: (uid) => admin((client) => client.del(dnOf(uid))),
    group: (cn, members) =>
      admin(async (client) => {
        const dn = `cn=${cn},ou=groups,${base}`;
        await client.del(dn).catch(() => {});
        // Such a group has one member at least.
        await client.add(dn, { objectClass: 'groupOfNames', cn, member: [decoyDn, ...members] });
        return dn;
      }),
    set: (dn, attributes) =>
      admin((client) =>
        client.modify(
          dn,
          Object.entries(attributes).map(
            ([type, values]) => new Change({ operation: 'replace', modification: new Attribute({ type, values: [values].flat() as string[] }) }),
          ),
        ),
      ),
    policy: (rules) =>
      admin(async (client) => {
        await client.del(`cn=policy,${base}`);
        await client.add(`cn=policy,${base}`, { objectClass: ['device', 'pwdPolicy'], cn: 'policy', pwdAttribute: 'userPassword', ...rules });
      }),
    signal: kill,
    start,
    async close() {
      await kill('SIGKILL');
      rmSync(folder, { recursive: true });
    },
  };
}

interface Places {
  readonly folder: string;
  readonly schemas: string;
  readonly modules: string;
  readonly tls: { readonly ca: string; readonly key: string; readonly certificate: string };
}

const configuration = ({ folder, schemas, modules, tls }: Places) => `
include ${schemas}/core.schema
include ${schemas}/cosine.schema
include ${schemas}/inetorgperson.schema
attributetype ( 1.3.6.1.4.1.5923.1.1.1.1 NAME 'eduPersonAffiliation' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
objectclass ( 1.3.6.1.4.1.5923.1.1.2 NAME 'eduPerson' AUXILIARY MAY eduPersonAffiliation )
modulepath ${modules}
moduleload back_mdb
moduleload ppolicy
pidfile ${folder}/slapd.pid
TLSCACertificateFile ${tls.ca}
TLSCertificateFile ${tls.certificate}
TLSCertificateKeyFile ${tls.key}
database mdb
suffix ${base}
directory ${folder}/data
maxsize 16777216
rootdn ${root.dn}
rootpw ${root.password}
index mail,entryUUID eq
overlay ppolicy
ppolicy_default cn=policy,${base}
ppolicy_hash_cleartext
ppolicy_use_lockout
access to attrs=userPassword by dn.exact=${service.dn} write by self =xw by anonymous auth by * none
access to * by dn.exact=${service.dn} read by * none
`;

export interface Proxy {
  readonly port: number;
  /** Bytes that clients have sent. */
  readonly sent: () => Buffer;
  /** Connections so far. */
  readonly count: () => number;
  /** Called with each piece that a client sends, and its number on its connection; true: it is not passed on. */
  watch: (piece: Buffer, number: number) => boolean;
  /** What clients get in the place of each piece that the server sends, by its number on its connection. */
  answer: (piece: Buffer, number: number) => Buffer;
  cut(): void;
  close(): Promise<void>;
}

/** Stands between clients and a server, hears everything, and can hang up. */
export async function startProxy(to: number, host = '127.0.0.1'): Promise<Proxy> {
  const sent: Buffer[] = [];
  const sockets = new Set<Socket>();
  let count = 0;
  const server: Server = createServer((client) => {
    count++;
    let number = 0;
    const upstream = connect(to, host);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => {});
      one.once('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    client.on('data', (piece: Buffer) => {
      sent.push(piece);
      if (!proxy.watch(piece, ++number)) upstream.write(piece);
    });
    let answers = 0;
    upstream.on('data', (piece: Buffer) => client.write(proxy.answer(piece, ++answers)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const proxy: Proxy = {
    port: (server.address() as AddressInfo).port,
    sent: () => Buffer.concat(sent),
    count: () => count,
    watch: () => false,
    answer: (piece) => piece,
    cut,
    close() {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return proxy;
}
