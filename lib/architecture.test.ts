// Who may import whom, as data, with the reasons; and the few things that only a few files may do. A failure's message is the reason.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';

interface Row {
  /** What the files are. */
  readonly name: string;
  /** A file belongs to the first row that it matches. */
  readonly files: RegExp | ((file: string, text: string) => boolean);
  /** Names of rows, packages (`node:*` for all of Node's own), or `own folder`. */
  readonly may: readonly string[];
  /** Beside these, as types only: nothing is left of them at run time. */
  readonly mayTypes?: readonly string[];
  readonly because: string;
}

const isClient = (_: string, text: string) => /^\s*['"]use client['"]/.test(text);

const table: readonly Row[] = [
  {
    name: 'tests',
    files: /\.(test|testing)\.ts$/,
    may: ['*'],
    because: 'tests build whatever world they need; nothing else imports them',
  },
  {
    name: 'bench',
    files: /^e2e\/bench\//,
    may: [
      'bench',
      'relying parties',
      'phone services',
      'phones',
      'tests',
      'database',
      'foundations',
      'pure',
      'facts',
      'acts',
      'acts that end sessions',
      'shared acts',
      'portal',
      'node:*',
      'drizzle-orm',
      'journeys',
      'otplib',
      '@playwright/test',
      'smtp-server',
      'yaml',
    ],
    because: 'what is measured is asked by HTTP; accounts are seeded by acts',
  },
  {
    name: 'relying parties',
    files: /^e2e\/applications\//,
    may: ['relying parties', 'openid-client', 'jose', 'node:*'],
    because: 'they are other people’s software: they know the portal by HTTP alone',
  },
  {
    name: 'phone services',
    files: /^e2e\/phone-services\//,
    may: ['phone services', 'portal', 'pure', 'ports', 'dbus-next', 'node:*'],
    because: 'they stand around a phone and play no part of the portal; one runs its own push sender, as it is, in a process',
  },
  {
    name: 'journeys',
    files: /^e2e\//,
    may: [
      'journeys',
      'phone services',
      'relying parties',
      'tests',
      'vocabulary',
      'pure',
      'better-sqlite3',
      '@playwright/test',
      '@axe-core/playwright',
      'otplib',
      'jsqr',
      'pngjs',
      'yaml',
      'openid-client',
      'jose',
      'postgres',
      'smtp-server',
      'node:*',
    ],
    mayTypes: ['ports'],
    because:
      'a journey sees what a browser sees, HTTP, pixels and mail; only the step tables and the directories of tests are shared, and rows are looked at to see that none changed',
  },
  {
    name: 'configuration',
    files: /^([a-z]+\.config\.(ts|js))$/,
    may: ['node:*', 'next', 'vitest/config', '@playwright/test', 'drizzle-kit'],
    because: 'tools read it before anything is built',
  },
  {
    name: 'entries',
    files: /^(proxy|instrumentation)\.ts$/,
    may: ['pages', 'pure', 'foundations', 'acts', 'shared acts', 'facts', 'operations', 'sessions', 'next/server'],
    mayTypes: ['next', 'portal'],
    because: 'Next wants them at the root; they start what others do',
  },

  {
    name: 'database',
    files: /^db\//,
    may: ['database', 'drizzle-orm', 'better-sqlite3', 'postgres', 'node:*'],
    because: 'storage knows nothing of the product: no rule, no clock',
  },

  {
    name: 'browser',
    files: (file, text) => file.startsWith('app/') && isClient(file, text),
    may: [
      'browser',
      'components',
      'actions',
      'pure',
      'vocabulary',
      'react',
      'react-dom',
      'next/link',
      'next/navigation',
      'react-hook-form',
      '@hookform/resolvers',
      'qrcode.react',
      '@simplewebauthn/browser',
      'jsqr',
      'password estimator',
    ],
    because: 'browsers see rules and words, never acts',
  },
  {
    name: 'components',
    files: /^app\/_ui\/(?!.*-actions\.ts$)/,
    may: ['components', 'browser', 'actions', 'pages', 'vocabulary', 'pure', 'react', 'next/link', 'qrcode.react'],
    because: 'components show; what they show is given to them',
  },
  {
    name: 'vocabulary',
    files: /^app\/(paths|form-state)\.ts$/,
    may: ['pure'],
    because: 'browsers get them too',
  },
  {
    name: 'actions',
    files: /^app\/(.*\/)?(actions|[a-z-]+-actions)\.ts$/,
    may: ['pages', 'vocabulary', 'pure', 'facts', 'acts', 'acts that end sessions', 'sessions', 'next/headers', 'next/navigation'],
    because: 'a server action is one line: what it does is an act',
  },
  {
    name: 'telephone routes',
    files: /^app\/authenticator\/(device-route|api\/[a-z]+\/route)\.ts$/,
    may: ['telephone routes', 'pages', 'browser', 'pure', 'phones', 'provider', 'server-only'],
    mayTypes: ['portal'],
    because: 'telephones call acts of their own, signed: no page or action of people does',
  },
  {
    name: 'pages',
    files: /^app\//,
    may: [
      'pages',
      'components',
      'browser',
      'actions',
      'vocabulary',
      'pure',
      'foundations',
      'facts',
      'acts',
      'shared acts',
      'sessions',
      'operations',
      'front door',
      'provider',
      'portal',
      'react',
      'next/headers',
      'next/navigation',
      'next/server',
      'next/cache',
      'next/link',
      'next-auth',
      'next-auth/providers/*',
      'next-auth/next',
      'server-only',
      'node:crypto',
    ],
    mayTypes: ['next', 'next-auth/adapters', 'next-auth/jwt'],
    because: 'pages reach storage only through lib, and choose no adapter',
  },

  {
    name: 'ports',
    files: /^lib\/(directory\/directory|mail\/mailer|networks\/networks|push\/sender)\.ts$/,
    may: [],
    mayTypes: ['database', 'pure'],
    because: 'a port names what the product needs; adapters depend on it, it depends on nothing',
  },
  {
    name: 'adapters',
    files: /^lib\/(directory\/(measured|embedded|ldap|ldap-[a-z]+|active-directory)|mail\/smtp|networks\/named-networks|push\/(web-push|vapid))\.ts$/,
    may: [
      'adapters',
      'ports',
      'pure',
      'foundations',
      'database',
      'nodemailer',
      'ldapts',
      'web-push',
      'https-proxy-agent',
      'mmdb-lib',
      'node:fs',
      'node:https',
      'node:net',
      'node:timers/promises',
      'node:tls',
    ],
    because: 'an adapter is its port on one library or on our own tables',
  },
  {
    name: 'foundations',
    files: /^lib\/(settings|secrets|hashing|changes|metrics|slow-mode|clock-trust|requests\/(log|current-request))\.ts$/,
    may: ['foundations', 'pure', 'zod', 'yaml', '@node-rs/argon2', 'pino', 'prom-client', 'node:*'],
    mayTypes: ['database'],
    because: 'settings, keys, hashes, the log and its figures stand under everything and know nothing of it',
  },
  {
    name: 'portal',
    files: /^lib\/portal\.ts$/,
    may: ['ports', 'adapters', 'foundations', 'database', 'pino', 'node:*'],
    because: 'the only place where adapters are chosen',
  },
  {
    name: 'password estimator',
    files: /^lib\/passwords\/estimator\.ts$/,
    may: ['pure', '@zxcvbn-ts/core', '@zxcvbn-ts/language-common', '@zxcvbn-ts/language-en', '@zxcvbn-ts/language-fr'],
    because: 'pure, but its dictionaries are heavy: only who changes a password loads it',
  },
  {
    name: 'acts that end sessions',
    files:
      /^lib\/(enrolment\/(scan-code|add-passkey|add-phone|replace-factors)|lost-phone\/(open-re-enrolment|prove-email-code|prove-recovery-code|redeem-pass|answer-questions)|passwords\/change-password|accounts\/(set-password|set-account-status|freeze-leavers|give-up)|password-reset\/choose-password|disavowal\/(disavow-event|disavow-by-link|take-away)|helpdesk\/(end-sessions|freeze|decide-removal))\.ts$/,
    may: [
      'own folder',
      'password estimator',
      'passkeys',
      'phones',
      'codes of factors',
      'pure',
      'facts',
      'foundations',
      'ports',
      'shared acts',
      'sessions',
      'provider',
      'database',
    ],
    mayTypes: ['portal'],
    because: 'a changed password and a replaced phone end sessions, in the same unit of work, and applications are told',
  },
  {
    name: 'front door',
    files: /^lib\/requests\/front-door\.ts$/,
    may: ['pure', 'foundations'],
    mayTypes: ['node:http'],
    because: 'it stands before every page and knows none',
  },
  {
    name: 'facts',
    files: /^lib\/(.*\/)?facts\.ts$/,
    may: ['facts', 'pure', 'foundations', 'ports', 'database'],
    mayTypes: ['portal'],
    because: 'the only place where rows become what rules speak of; they decide and change nothing',
  },
  {
    name: 'command line',
    files: /^lib\/cli\//,
    may: [
      'command line',
      'pure',
      'foundations',
      'ports',
      'portal',
      'facts',
      'acts',
      'acts that end sessions',
      'password estimator',
      'shared acts',
      'sessions',
      'operations',
      'provider',
      'relying parties',
      'csv-parse',
      'yaml',
      'otpauth',
      'next',
      'node:*',
    ],
    mayTypes: ['database'],
    because: 'the command line is another face of the same acts; the demo starts its applications from their one registration',
  },
  {
    name: 'provider',
    files: /^lib\/oidc\//,
    may: ['provider', 'pure', 'foundations', 'facts', 'shared acts', 'database', 'oidc-provider', 'jose', 'fetch-to-node', 'node:*'],
    mayTypes: ['portal', 'sessions'],
    because: 'one door to oidc-provider: no other file knows that library',
  },
  {
    name: 'pure',
    files:
      /^lib\/((.*\/)?(rules|steps|assurance|events)|attempts\/password-subject|result|duration|ids|visitor|language\/[a-z-]+(\.[a-z]{2})?|mail\/(messages(\.[a-z]{2})?|browser)|push\/endpoints|requests\/plain-page|sessions\/(origin|network|response-headers|return-to))\.ts$/,
    may: ['pure', 'zod', 'uuid', 'otpauth', 'ipaddr.js', 'node:crypto'],
    mayTypes: ['foundations', 'ports'],
    because: 'pure: no database, no clock, no framework. node:crypto and uuid for randomness only',
  },
  {
    name: 'shared acts',
    files:
      /^lib\/(re-enrolment\/cancel-re-enrolment\.ts$|passes\/(hear-of-issuers|try-pass)\.ts$|helpdesk\/(fail-caller|forget-callers)\.ts$|(alerts|codes|attempts|audit|cases|mail)\/|(questions\/try-answers|passwords\/put-password|accounts\/admit-person)\.ts$)/,
    may: ['shared acts', 'pure', 'facts', 'foundations', 'ports', 'database', 'node:timers/promises'],
    mayTypes: ['portal'],
    because: 'what every topic needs inside its own unit of work',
  },
  {
    name: 'operations',
    files: /^lib\/operations\//,
    may: ['operations', 'pure', 'foundations', 'ports', 'facts', 'shared acts', 'portal', 'provider', 'database', 'zod', 'node:*'],
    because: 'looking after a running portal: it examines and purges, and decides nothing about people',
  },
  {
    name: 'sessions',
    files: /^lib\/sessions\//,
    may: ['sessions', 'pure', 'foundations', 'facts', 'shared acts', 'provider', 'database'],
    mayTypes: ['portal'],
    because: 'a session begins and ends at the provider',
  },
  {
    name: 'passkeys',
    files: /^lib\/factors\/passkey\//,
    may: ['passkeys', 'pure', 'foundations', 'facts', 'shared acts', 'database', '@simplewebauthn/server'],
    mayTypes: ['portal'],
    because: 'one door to WebAuthn: signing in, the wizard and the account ask it, each inside its own unit of work',
  },
  {
    name: 'phones',
    files: /^lib\/factors\/phone\//,
    may: ['phones', 'passkeys', 'pure', 'foundations', 'facts', 'shared acts', 'sessions', 'provider', 'database', 'node:crypto'],
    mayTypes: ['portal'],
    because: 'one door to telephones: signing in, the wizard, the account and the telephones themselves ask it, each inside its own unit of work',
  },
  {
    name: 'codes of factors',
    files: /^lib\/factors\/(totp|recovery-codes)\/(try|new)-[a-z-]+\.ts$/,
    may: ['own folder', 'pure', 'facts', 'foundations', 'shared acts', 'database'],
    mayTypes: ['portal'],
    because: 'one rule for a code, wherever it is typed: signing in, the wizard and the account ask it, each inside its own unit of work',
  },
  {
    name: 'acts',
    files: /^lib\/[a-z-]+\/(.*\/)?[a-z-]+\.ts$/,
    may: ['own folder', 'pure', 'facts', 'foundations', 'ports', 'shared acts', 'passkeys', 'phones', 'codes of factors', 'database', 'node:os'],
    mayTypes: ['portal'],
    because: 'acts know neither Next nor which adapter is behind a port, and topics don’t call each other’s acts',
  },
];

/** What only a few files may do. Comments are not looked at. */
const confined: readonly { readonly what: string; readonly pattern: RegExp; readonly to: RegExp; readonly because: string }[] = [
  {
    what: 'process.env',
    pattern: /\bprocess\.env\b/,
    // Next replaces NEXT_RUNTIME while it builds; test and demo processes hand their environment on.
    to: /^(lib\/settings\.ts|[a-z]+\.config\.(ts|js)|instrumentation\.ts|lib\/cli\/(demo|install|start)[a-z-]*\.(ts|mjs)|e2e\/.*|.*\.(test|testing)\.ts|db\/testing\.ts)$/,
    because: 'settings are parsed and checked once, in lib/settings.ts',
  },
  {
    what: 'the clock',
    pattern: /\bnew Date\(\s*\)|\bDate\.now\b|\bDate\(\)|\bperformance\.now\b/,
    // A browser has a clock of its own: it shows how the time runs, and signs by it.
    to: /^(lib\/portal\.ts|app\/authenticator\/clock\.ts|e2e\/.*)$/,
    because: 'time comes from portal.now(), which tests move',
  },
  {
    what: 'Math.random',
    pattern: /\bMath\.random\b/,
    to: /^e2e\/bench\//,
    because: 'SEC-16: randomness comes from lib/secrets.ts',
  },
  {
    what: 'the console',
    pattern: /\bconsole\.\w/,
    to: /^(lib\/cli\/|e2e\/)/,
    because: 'what happens is logged by portal.log, one JSON object a line',
  },
  {
    what: 'mint(',
    pattern: /\bmint\s*[<(]/,
    to: /^(app\/(interaction|reset|session)\.ts|lib\/cli\/.*|lib\/visitor\.ts|.*\.(test|testing)\.ts)$/,
    because: 'authorisation is in the signature: only who has checked may say so',
  },
  {
    what: 'unparameterised SQL',
    pattern: /\bsql\.raw\b|\.unsafe\(|\bsql\(/,
    to: /^db\/(testing|[a-z]+\.test)\.ts$/,
    because: 'SEC-105: values reach a statement as parameters only (tests make databases by name)',
  },
  {
    what: 'the default locale or zone',
    pattern: /\.toLocale(Date|Time)?String\(\s*\)|Intl\.\w+\(\s*\)/,
    to: /^$/,
    because: 'words and hours are the reader’s, not the server’s',
  },
  {
    what: 'module mocks, skipped tests and waiting for the clock',
    pattern: /\bvi\.(mock|doMock)\b|\b(it|test|describe)\.(skip|only|todo)\b|\bwaitForTimeout\b|@ts-(ignore|expect-error)/,
    to: /^$/,
    because: 'a test builds a small real world, and tells the truth about it',
  },
];

const roots = ['app', 'db', 'lib', 'e2e'];
const source = /\.(ts|tsx|js|mjs)$/;
const generated = /^(db\/migrations\/(sqlite|postgres)\/|node_modules\/|next-env\.d\.ts$)/;
const files: ReadonlyMap<string, string> = new Map(
  [
    ...readdirSync('.', { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name),
    ...roots.filter(existsSync).flatMap((root) =>
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => posix.join(entry.parentPath, entry.name)),
    ),
  ]
    .filter((file) => source.test(file) && !generated.test(file))
    .sort()
    .map((file) => [file, readFileSync(file, 'utf8')]),
);

const rowOf = (file: string) => table.find((row) => (row.files instanceof RegExp ? row.files.test(file) : row.files(file, files.get(file) ?? '')));

interface Import {
  /** A file of the project, or a package. */
  readonly target: string;
  readonly typeOnly: boolean;
}

const aliases: readonly (readonly [RegExp, (name: string) => string])[] = [
  [/^#lib\/(.+)$/, (name) => `lib/${name}.ts`],
  [/^#db\/(.+)$/, (name) => `db/${name}.ts`],
  [/^#app\/(.+)$/, (name) => `app/${name}.ts`],
  [/^#ui\/(.+)$/, (name) => `app/_ui/${name}.tsx`],
  [/^(#dialect)$/, () => 'db/dialect.sqlite.ts'],
];

function targetOf(file: string, specifier: string): string {
  for (const [pattern, path] of aliases) {
    const name = pattern.exec(specifier)?.[1];
    if (name) return path(name);
  }
  if (!specifier.startsWith('.')) return specifier;
  const path = posix.join(posix.dirname(file), specifier);
  return [path, `${path}.ts`, `${path}.tsx`].find((candidate) => files.has(candidate)) ?? path;
}

const statement = /(?:^|\n)\s*(?:import|export)\s+(type\s)?([^'"`;]*?)\bfrom\s*['"]([^'"]+)['"]/g;
const bare = /(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g;
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;
/** `{ type A, type B }`: a statement that leaves nothing at run time. */
const onlyTypes = (names: string) =>
  /^\{[^}]*\}\s*$/.test(names) &&
  names
    .replace(/[{}\s]/g, ' ')
    .split(',')
    .every((name) => name.trim() === '' || name.trim().startsWith('type '));

const importsOf = (file: string): Import[] => {
  const text = files.get(file) ?? '';
  return [
    ...[...text.matchAll(statement)].map(([, type, names = '', from = '']) => ({
      target: targetOf(file, from),
      typeOnly: type !== undefined || onlyTypes(names),
    })),
    ...[...text.matchAll(bare), ...text.matchAll(dynamic)].map(([, from = '']) => ({ target: targetOf(file, from), typeOnly: false })),
  ].filter(({ target }) => !/\.(css|json)$/.test(target));
};

const allows = (names: readonly string[], target: string) =>
  names.some(
    (name) =>
      name === target ||
      (name.endsWith('*') && target.startsWith(name.slice(0, -1))) ||
      (!name.includes('*') && target.startsWith(`${name}/`) && name === 'drizzle-orm'),
  );

function mayImport(file: string, row: Row, { target, typeOnly }: Import): boolean {
  if (row.may.includes('*')) return true;
  const names = [...row.may, ...(typeOnly ? (row.mayTypes ?? []) : [])];
  if (!files.has(target)) return allows(names, target);
  if (names.includes('own folder') && target.split('/')[1] === file.split('/')[1] && [row.name, 'acts'].includes(rowOf(target)?.name ?? ''))
    return true;
  return names.includes(rowOf(target)?.name ?? '');
}

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');

test('every source file has a row, and every row has its reason', () => {
  expect([...files.keys()].filter((file) => !rowOf(file))).toEqual([]);
  for (const row of table) expect(row.because).not.toBe('');
  expect(files.size).toBeGreaterThan(100);
});

test('nothing imports what its row does not allow', () => {
  const wrong = [...files.keys()].flatMap((file) => {
    const row = rowOf(file);
    if (!row) return [];
    return importsOf(file)
      .filter((imported) => !mayImport(file, row, imported))
      .map(
        ({ target, typeOnly }) =>
          `${file} (${row.name}) imports ${typeOnly ? 'types of ' : ''}${target} (${rowOf(target)?.name ?? 'a package'}): ${row.because}`,
      );
  });
  expect(wrong).toEqual([]);
});

test('a project file that is imported exists', () => {
  const missing = [...files.keys()].flatMap((file) =>
    importsOf(file)
      .filter(({ target }) => /^(app|db|lib|e2e)\//.test(target) && !files.has(target))
      .map(({ target }) => `${file} imports ${target}, which is not there`),
  );
  expect(missing).toEqual([]);
});

test('what reaches a browser, through whatever file, is rules, words and components', () => {
  const reaching = new Map<string, string>();
  const visit = (file: string, from: string) => {
    if (reaching.has(file)) return;
    reaching.set(file, from);
    // A browser gets only the address of a server action.
    if (/^\s*['"]use server['"]/.test(files.get(file) ?? '')) return;
    for (const { target, typeOnly } of importsOf(file)) if (!typeOnly && files.has(target)) visit(target, file);
  };
  for (const [file, text] of files) if (file.startsWith('app/') && isClient(file, text)) visit(file, '');
  const allowed = ['browser', 'components', 'actions', 'vocabulary', 'pure', 'password estimator'];
  const wrong = [...reaching].filter(([file]) => !allowed.includes(rowOf(file)?.name ?? '')).map(([file, from]) => `${file}, imported by ${from}`);
  expect(wrong).toEqual([]);
});

const self = 'lib/architecture.test.ts';
describe('confined', () => {
  test.each(confined)('$what: $because', ({ pattern, to }) => {
    const elsewhere = [...files]
      .filter(([file, text]) => file !== self && !to.test(file) && pattern.test(withoutComments(text)))
      .map(([file]) => file);
    expect(elsewhere).toEqual([]);
  });
});

test('names say what is there: no junk drawers, no default exports but where Next demands one', () => {
  const junk = [...files.keys()].filter((file) => /(^|\/)(utils?|helpers?|common|services?|managers?|types|index|misc)(\.|\/)/.test(file));
  expect(junk).toEqual([]);
  const demanded =
    /^(app\/.*(page|layout|error|not-found|global-error|loading|template)\.tsx|[a-z]+\.config\.(ts|js)|proxy\.ts|e2e\/global-setup\.ts|e2e\/global-teardown\.ts)$/;
  expect([...files].filter(([file, text]) => /^export default /m.test(text) && !demanded.test(file)).map(([file]) => file)).toEqual([]);
});

test('every file begins by saying what it is for', () => {
  // A page says it for its own form and action.
  const ofPage = /^app\/.*\/(actions\.ts|form\.tsx)$/;
  const silent = [...files]
    .filter(([file, text]) => !ofPage.test(file) && !/^(#!.*\n)?(['"]use (client|server)['"];\s*)?\/[/*]/.test(text))
    .map(([file]) => file);
  expect(silent).toEqual([]);
});

describe('the table bites', () => {
  const refused = (file: string, target: string, typeOnly = false) => {
    const row = rowOf(file);
    return row !== undefined && !mayImport(file, row, { target, typeOnly });
  };
  test.each([
    ['lib/enrolment/steps.ts', 'db/factors.ts'],
    ['lib/enrolment/rules.ts', 'lib/portal.ts'],
    ['lib/enrolment/scan-code.ts', 'lib/sign-in/check-password.ts'],
    ['lib/enrolment/scan-code.ts', 'lib/mail/smtp.ts'],
    ['lib/enrolment/scan-code.ts', 'next/headers'],
    ['lib/enrolment/scan-code.ts', 'oidc-provider'],
    ['db/factors.ts', 'lib/duration.ts'],
    ['app/enrol/[uid]/scan-code/page.tsx', 'db/factors.ts'],
    ['app/interaction.ts', 'lib/mail/smtp.ts'],
    ['app/enrol/[uid]/scan-code/form.tsx', 'lib/enrolment/scan-code.ts'],
    ['app/enrol/[uid]/scan-code/form.tsx', 'lib/settings.ts'],
    ['lib/mail/outbox.ts', 'lib/portal.testing.ts'],
  ])('%s may not import %s', (file, target) => expect(refused(file, target)).toBe(true));

  test('an act may know the portal as a type, not make one', () => {
    expect(refused('lib/enrolment/scan-code.ts', 'lib/portal.ts', true)).toBe(false);
    expect(refused('lib/enrolment/scan-code.ts', 'lib/portal.ts')).toBe(true);
  });
});
