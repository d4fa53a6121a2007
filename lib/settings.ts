// Every setting, parsed once: the environment says where things are, the settings file (YAML) says how the institute wants them.
// The only reader of process.env. Defaults run the demo; a production start refuses what is unsafe, each with the mend.
import { existsSync, readFileSync } from 'node:fs';
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { days, hours, minutes, seconds } from './duration.ts';
import { judgeRange } from './networks/rules.ts';
import { pushHost } from './push/endpoints.ts';

/** Both languages, always: a missing one does not parse. */
const words = z.strictObject({ fr: z.string().min(1), en: z.string().min(1) });
export type Words = z.infer<typeof words>;

const url = z.url({ protocol: /^https?$/ });

/** Data about a person that an application may ask for; OpenID Connect scopes. */
export const scopes = ['openid', 'profile', 'email', 'eduperson', 'offline_access'] as const;

const application = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'small letters, digits and hyphens'),
  name: z.string().min(1).max(60),
  /** Shown under the name, e.g. biblio.inserm.fr; the first redirect URI's host when left out. */
  host: z.string().optional(),
  /** Where « back to the application » leads after a problem. */
  home: url.optional(),
  redirectUris: z.array(url).min(1),
  postLogoutRedirectUris: z.array(url).default([]),
  backchannelLogoutUri: url.optional(),
  /** Left out for a public client (PKCE alone). */
  secret: z.string().min(32, '32 characters at least').optional(),
  scopes: z.array(z.enum(scopes)).default(['openid', 'profile', 'email']),
  requiresMfa: z.boolean().default(true),
});
export type Application = z.infer<typeof application>;
export const applicationSchema = application;

const namedRange = z.strictObject({
  range: z.string().superRefine((range, context) => {
    const wrong = judgeRange(range);
    if (wrong) context.addIssue({ code: 'custom', message: wrong });
  }),
  name: words,
});

const attribute = z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/, 'the name of an attribute, e.g. mail');
const ldapUrl = z
  .string()
  .refine((url) => /^ldaps?:\/\/[^\s/?#@]+$/.test(url) && URL.canParse(url), 'ldaps://host or ldap://host, with a port if it is not the usual one');
/** In seconds. */
const patience = z.number().positive().max(60, '60 seconds at most');

/** One group or several, e.g. `cn=assistance,ou=groups,dc=example,dc=org`. */
const groups = z
  .union([z.string().min(1), z.array(z.string().min(1))])
  .default([])
  .transform((names) => [names].flat());

/** What every directory elsewhere is told by. */
const elsewhere = {
  /** Asked in this order: the next one when one can't be. */
  urls: z.array(ldapUrl).min(1),
  /** Encrypts ldap:// before anything is said (RFC 4511 §4.14). */
  startTls: z.boolean().default(false),
  /** PEM of the authorities that sign the servers' certificates; those of Node when left out. */
  caFile: z.string().min(1).optional(),
  /** Who searches, and sets forgotten passwords; its password is LDAP_PASSWORD in the environment. */
  bindDn: z.string().min(1),
  base: z.string().min(1),
  /** Groups whose members have a role here, by their names: whoever is in several has the highest. */
  roles: z.strictObject({ agent: groups, 'lead-agent': groups, administrator: groups }).prefault({}),
  /** An entry that nobody uses, with a password that nobody knows: unknown addresses are compared with it, so that they take the same time (SEC-08). */
  decoyDn: z.string().min(1).optional(),
  /** Until a server is connected and encrypted. */
  connectTimeout: patience.default(3),
  /** Until it has answered one question. */
  timeout: patience.default(5),
  /** How many people are looked up at once. */
  pool: z.number().int().min(1).max(100).default(10),
};
const attributesOfPeople = {
  address: attribute.default('mail'),
  givenName: attribute.default('givenName'),
  familyName: attribute.default('sn'),
  affiliations: attribute.default('eduPersonAffiliation'),
};
const encryptedOnce = ({ urls, startTls }: { urls: string[]; startTls: boolean }, context: z.RefinementCtx) => {
  for (const [i, url] of urls.entries()) {
    if (startTls && url.startsWith('ldaps:'))
      context.addIssue({ code: 'custom', path: ['urls', i], message: 'startTls is for ldap://, which begins in clear' });
  }
};

const ldapDirectory = z
  .strictObject({
    kind: z.literal('ldap'),
    ...elsewhere,
    /** Who is a person there, beside having the address. */
    filter: z.string().default('(objectClass=inetOrgPerson)'),
    attributes: z
      .strictObject({
        ...attributesOfPeople,
        /** Never given to anybody else, and the same when names and addresses change. */
        id: attribute.default('entryUUID'),
        /** Of a group: its members, by their names there (groupOfNames; uniqueMember of groupOfUniqueNames). */
        member: attribute.default('member'),
      })
      .prefault({}),
    /** Whether the server is asked for its reasons (password policy control): locked, expired, to be changed, too short, … */
    passwordPolicy: z.boolean().default(true),
  })
  .superRefine(encryptedOnce);
export type LdapSettings = z.infer<typeof ldapDirectory>;

const activeDirectory = z
  .strictObject({
    kind: z.literal('active-directory'),
    ...elsewhere,
    /** Who is a person there, beside having the address, being enabled and not having expired. */
    filter: z.string().default('(&(objectCategory=person)(objectClass=user))'),
    attributes: z.strictObject(attributesOfPeople).prefault({}),
  })
  .superRefine(encryptedOnce)
  .superRefine(({ urls, startTls }, context) => {
    for (const [i, url] of urls.entries())
      if (!startTls && url.startsWith('ldap:'))
        context.addIssue({ code: 'custom', path: ['urls', i], message: 'Active Directory takes passwords over ldaps://, or with startTls: true' });
  });
export type ActiveDirectorySettings = z.infer<typeof activeDirectory>;

const authenticatorApp = z.strictObject({ name: z.string().min(1), android: url, ios: url });

const timeServer = z.string().refine((server) => /^[^\s/?#@]+$/.test(server) && URL.canParse(`ntp://${server}`), 'a host, e.g. ntp.example.org');

const fileSchema = z.strictObject({
  institute: z
    .strictObject({
      name: z.string().default('Inserm'),
      product: words.default({ fr: 'Mon compte', en: 'My account' }),
      fullName: z.string().default('Institut national de la santé et de la recherche médicale'),
      /** Who answers for personal data; the privacy notice names it. */
      dataProtectionOfficer: z.email().default('dpo@inserm.fr'),
    })
    .prefault({}),
  addresses: z
    .strictObject({
      /** Domains of internal and external staff, e.g. of prenom.nom@inserm.fr. */
      internal: z.string().default('inserm.fr'),
      external: z.string().default('ext.inserm.fr'),
    })
    .prefault({}),
  helpdesk: z
    .strictObject({
      /** Its spaces don't break at a line's end. */
      phone: z
        .string()
        .prefault('01 99 00 47 12')
        .transform((number) => number.replaceAll(' ', '\u00a0')),
      email: z.email().default('assistance@inserm.fr'),
      hours: words.default({ fr: 'du lundi au vendredi, de 8 h à 18 h', en: 'Monday to Friday, 8:00 to 18:00' }),
    })
    .prefault({}),
  /** Where people and their passwords are: in the portal's own tables, or in a directory that the institute has already (docs/directory.md). */
  directory: z
    .discriminatedUnion('kind', [z.strictObject({ kind: z.literal('embedded') }), ldapDirectory, activeDirectory])
    .default({ kind: 'embedded' }),
  mail: z.strictObject({ from: z.string().default('portail@auth.inserm.fr') }).prefault({}),
  authenticatorApps: z.array(authenticatorApp).default([
    {
      name: 'Google Authenticator',
      android: 'https://play.google.com/store/apps/details?id=com.google.android.apps.authenticator2',
      ios: 'https://apps.apple.com/app/google-authenticator/id388497605',
    },
    {
      name: 'Sign&go Authenticator',
      android: 'https://play.google.com/store/apps/details?id=com.ilex.signgo.authenticator',
      ios: 'https://apps.apple.com/app/sign-go-authenticator/id1508484023',
    },
  ]),
  push: z
    .strictObject({
      /** Push services beside those of the known browsers, e.g. `*.push.example.org` (lib/push/endpoints.ts). */
      hosts: z.array(pushHost).default([]),
    })
    .prefault({}),
  /** Over all accounts together: from when on the helpdesk is told, and what follows (docs/operations.md). */
  alerts: z
    .strictObject({
      /** Wrong passwords, codes and answers outside of known browsers; sign-ins from unknown browsers are then slowed down (SEC-09). */
      failuresPerMinute: z.number().int().min(1).default(30),
      failuresPerHour: z.number().int().min(1).default(300),
      /** E-mail codes of one purpose; no more leave within an hour (SEC-20). */
      codesPerHour: z.number().int().min(1).default(600),
    })
    .prefault({}),
  /** How many reverse proxies of ours append to X-Forwarded-For; 0 believes none of it (SEC-71). */
  proxies: z.number().int().min(0).max(5).default(0),
  /**
   * Seconds during which a process that was told to stop still takes requests while /health answers 503, so that a load balancer which asks it
   * sends no more; those that notice a closed port, as nginx does, need none.
   */
  drain: z.number().int().min(0).max(120).default(0),
  /** Names that people recognise, e.g. range: 10.1.0.0/16, name: { fr: 'Réseau Inserm, Paris', en: 'Inserm network, Paris' }. The narrowest wins. */
  networks: z
    .array(namedRange)
    .superRefine((networks, context) => {
      for (const [i, { range }] of networks.entries())
        if (networks.findIndex((other) => other.range === range) < i)
          context.addIssue({ code: 'custom', path: [i, 'range'], message: 'named twice: keep one' });
    })
    .default([]),
  /** A file in MaxMind's format (.mmdb, cities or countries), for networks without a name above. */
  networksFile: z.string().min(1).optional(),
  /**
   * Time servers (NTP) that the clock is compared with: one-time codes depend on it. A host, with a port if it is not 123, or a list of them.
   * Two that agree, or one and PostgreSQL's clock, can tell that ours is wrong; one alone is only told of (decision 0039).
   */
  timeServer: z
    .union([
      timeServer.transform((server) => [server]),
      z
        .array(timeServer)
        .max(8)
        .refine((all) => new Set(all).size === all.length, 'named twice: one server must not count as two'),
    ])
    .default([]),
  /** Whether secret questions are part of enrolment. */
  questions: z.boolean().default(true),
  passwordReset: z
    .strictObject({
      /** Whether secret answers reset a password: `without-factor` only for whoever has none. Never where there are no `questions`. */
      answers: z.enum(['always', 'without-factor', 'never']).default('always'),
    })
    .prefault({}),
  lostPhone: z
    .strictObject({
      /** Hours between the four answers and a new factor; 0: none. A recovery code and a pass never wait. */
      wait: z.number().int().min(0).max(168, '168 hours (7 days) at most').default(0),
    })
    .prefault({}),
  applications: z.array(application).default([]),
});

const environmentSchema = z.object({
  PORTAL_MODE: z.enum(['demo', 'production']).default('production'),
  PORTAL_ORIGIN: url.default('http://localhost:3000').transform((u) => new URL(u).origin),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  PORTAL_HOST: z.string().min(1).default('127.0.0.1'),
  NODE_ENV: z.string().optional(),
  DATABASE_URL: z.string().optional(),
  PORTAL_DATA: z.string().default('var'),
  PORTAL_SETTINGS: z.string().optional(),
  PORTAL_KEYS: z.string().optional(),
  SMTP_URL: z.string().default('smtp://127.0.0.1:1025'),
  LDAP_PASSWORD: z.string().min(1).optional(),
  PUSH_PROXY: url.optional(),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{32,}$/, '32 characters at least, without spaces')
    .optional(),
});

/** What the design fixes and no institute needs to change; a test may. Sources: PRODUCT.md, security.md. */
const policy = {
  emailCode: { digits: 6, lifetime: minutes(10), tries: 5, between: seconds(60), burst: { sendings: 5, within: minutes(15) }, perDay: 10 },
  totp: { digits: 6, period: seconds(30), secretBytes: 20, stepsBack: 1, pendingLifetime: minutes(30) },
  hashing: { memoryKiB: 19_456, passes: 2 },
  /** Waits after the 4th, 5th, … consecutive failure; the last one repeats. */
  attempts: {
    free: 3,
    waits: [seconds(30), minutes(1), minutes(2), minutes(5), minutes(10), minutes(30), hours(1)],
    perDay: 25,
    cap: 100,
  },
  /** Sets of four secret answers: 5 wrong ones in a day close them for a week (SEC-57). */
  answers: { free: 5, waits: [] as number[], perDay: 5, rest: days(7), cap: 100 },
  passwordReset: { lifetime: minutes(30) },
  /** Telephones that confirm: what lib/factors/phone/rules.ts asks for. Sources: PRODUCT.md, SEC-28, SEC-29, phone.md. */
  phone: {
    pairing: minutes(10),
    request: seconds(60),
    answer: minutes(2),
    numbers: 2,
    requests: 5,
    unanswered: 3,
    window: minutes(10),
    skew: seconds(120),
    pin: { shortest: 6, longest: 12 },
    /** Five wrong PINs in a row lock the telephone. */
    pinTries: { free: 5, waits: [] as number[], perDay: 100, cap: 5 },
    /** Pairing codes that nobody has, by network: many people may share one. */
    typedCode: { free: 20, waits: [seconds(10), seconds(30), minutes(1)], perDay: 500, rest: hours(1), cap: 100_000 },
    betweenTests: seconds(30),
  },
  session: { idle: minutes(30), overall: hours(12), warning: minutes(2) },
  interaction: minutes(15),
  /** How old a proof may be when a credential is changed. */
  recentProof: minutes(10),
  /** The console. `proof`: how old an agent's may be, `idle`: how long it may rest (SEC-78); `verified`: how long a caller stays verified. */
  helpdesk: { proof: minutes(15), idle: minutes(10), verified: minutes(30), toAnswer: minutes(5), removal: hours(1), apart: hours(24) },
  recoveryCodes: { count: 10 },
  questions: { asked: 4 },
  consent: days(90),
  keepEvents: days(365),
};
export type Policy = typeof policy;

export interface Settings extends z.infer<typeof fileSchema> {
  readonly mode: 'demo' | 'production';
  /** e.g. https://auth.inserm.fr; never read from a request. */
  readonly origin: string;
  /** The OpenID Provider's identifier. */
  readonly issuer: string;
  /** Where this process reaches itself. */
  readonly internalOrigin: string;
  readonly port: number;
  /** The address that the server listens on: loopback, where a reverse proxy serves TLS, or 0.0.0.0 in a container. */
  readonly host: string;
  /** Whether this is `next dev`. */
  readonly development: boolean;
  /** A file's path, or postgres://… */
  readonly database: string;
  /** Folder for the database and keys when nothing else is said. */
  readonly dataFolder: string;
  /** The key ring as JSON, from the environment; else it is kept in `dataFolder`. */
  readonly keys: string | undefined;
  readonly smtpUrl: string;
  /** Of the directory's service account; there whenever the directory is one elsewhere. */
  readonly ldapPassword: string | undefined;
  /** An HTTP proxy on the way to the browsers' push services, http:// or https://, with its user and password if it wants them. */
  readonly pushProxy: string | undefined;
  /** Who scrapes /metrics sends it as a bearer token; without it, nobody can. */
  readonly metricsToken: string | undefined;
  readonly policy: Policy;
}

/** Listening on these includes loopback. */
const everywhere = new Set(['0.0.0.0', '::', 'localhost']);

/** Settings that can't be used; each line names the place and the mend. */
export class UnusableSettings extends Error {
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
  }
}

/** Throws UnusableSettings. Reads files, but nothing else: whether settings are safe for production is `unsafeSettings`. */
export function readSettings(environment: Record<string, string | undefined> = process.env): Settings {
  const env = environmentSchema.safeParse(environment);
  if (!env.success) throw new UnusableSettings(env.error.issues.map((i) => `${i.path.join('.')} in the environment: ${i.message}`));
  const e = env.data;
  const file = e.PORTAL_SETTINGS ?? 'portal.yaml';
  if (e.PORTAL_SETTINGS && !existsSync(/* turbopackIgnore: true */ file))
    throw new UnusableSettings([`PORTAL_SETTINGS names ${file}, which does not exist.`]);
  const chosen = existsSync(/* turbopackIgnore: true */ file)
    ? parseSettingsFile(readFileSync(/* turbopackIgnore: true */ file, 'utf8'), file)
    : fileSchema.parse({});
  // An empty one would be an anonymous bind, which many servers answer with success.
  if (chosen.directory.kind !== 'embedded' && e.LDAP_PASSWORD === undefined)
    throw new UnusableSettings(['LDAP_PASSWORD is not set: put the password of directory.bindDn in the service’s secret environment.']);
  return {
    ...chosen,
    mode: e.PORTAL_MODE,
    origin: e.PORTAL_ORIGIN,
    issuer: `${e.PORTAL_ORIGIN}/oidc`,
    internalOrigin: `http://${everywhere.has(e.PORTAL_HOST) ? '127.0.0.1' : e.PORTAL_HOST}:${e.PORT}`,
    port: e.PORT,
    host: e.PORTAL_HOST,
    development: e.NODE_ENV === 'development',
    database: e.DATABASE_URL ?? `${e.PORTAL_DATA}/portal.db`,
    dataFolder: e.PORTAL_DATA,
    keys: e.PORTAL_KEYS,
    smtpUrl: e.SMTP_URL,
    ldapPassword: e.LDAP_PASSWORD,
    pushProxy: e.PUSH_PROXY,
    metricsToken: e.METRICS_TOKEN,
    policy,
  };
}

/** @returns the file's settings with defaults; throws UnusableSettings with `file:line: key: what is wrong` */
export function parseSettingsFile(text: string, name: string): z.infer<typeof fileSchema> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number | undefined) => (offset === undefined ? name : `${name}:${lines.linePos(offset).line}`);
  if (document.errors.length) throw new UnusableSettings(document.errors.map((e) => `${at(e.pos[0])}: ${e.message.split('\n')[0]}`));
  const parsed = fileSchema.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  const found = parsed.error.issues.flatMap((issue) => {
    const unknown = issue.code === 'unrecognized_keys';
    const paths = unknown ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => ({ offset: offsetOf(document, path), sentence: `${path.join('.')}: ${unknown ? 'no such setting' : issue.message}` }));
  });
  const inOrder = found.sort((a, b) => (a.offset ?? 0) - (b.offset ?? 0));
  throw new UnusableSettings(inOrder.map(({ offset, sentence }) => `${at(offset)}: ${sentence}`));
}

/** Where the last known part of a path begins: at its key, not at its value, which may be lines below. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0];
  for (const part of path) {
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === part) : undefined;
    if (isMap(node) && !pair) break;
    node = pair ? pair.value : isSeq(node) ? node.items[Number(part)] : undefined;
    if (!isNode(node) && !pair) break;
    offset = (isNode(pair?.key) ? pair.key.range?.[0] : isNode(node) ? node.range?.[0] : undefined) ?? offset;
  }
  return offset;
}

/** Why these settings must not serve real people, each with its mend; empty when they may. (SEC-104) */
export function unsafeSettings(s: Settings): string[] {
  const found: string[] = [];
  if (s.mode === 'demo') return found;
  if (!s.origin.startsWith('https://')) found.push(`PORTAL_ORIGIN is ${s.origin}: serve the portal over TLS and give its https:// address.`);
  if (!s.keys) found.push('PORTAL_KEYS is not set: run `npm run portal -- keys new` and put what it prints in the service’s secret environment.');
  if (/^smtp:\/\/(127\.0\.0\.1|localhost|\[::1\]):1025/.test(s.smtpUrl))
    found.push(`SMTP_URL is ${s.smtpUrl}, a mail catcher: name the institute’s mail server.`);
  if (s.directory.kind === 'ldap' && !s.directory.startTls)
    for (const url of s.directory.urls)
      if (url.startsWith('ldap:')) found.push(`directory.urls: ${url} is not encrypted: use ldaps://, or set startTls: true.`);
  for (const a of s.applications) {
    for (const uri of a.redirectUris) {
      const { protocol, hostname } = new URL(uri);
      if (protocol !== 'https:' && hostname !== 'localhost' && hostname !== '127.0.0.1')
        found.push(`applications: ${a.id}: ${uri} is not https: give the application’s https:// address.`);
    }
    if (a.secret?.startsWith('demo-'))
      found.push(`applications: ${a.id}: its secret is the demo’s: make another with \`npm run portal -- applications add\`.`);
  }
  return found;
}

/** next-auth takes its own address from the environment and from nowhere else. */
export function tellNextAuth({ origin }: Settings, environment: Record<string, string | undefined> = process.env): void {
  environment.NEXTAUTH_URL = origin;
}
