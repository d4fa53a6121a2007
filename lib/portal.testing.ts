// A small real world for tests: a portal on its own database, with a clock that tests move and mail that they read.
import { createHmac } from 'node:crypto';
import { devNull } from 'node:os';
import { asc } from 'drizzle-orm';
import { setAnswers } from '#db/answers';
import { insertFactor } from '#db/factors';
import { migrate } from '#db/migrate';
import { setRecoveryCodes } from '#db/recovery-codes';
import { openSqlite } from '#db/store';
import type { Store } from '#db/unit';
import { createAccount } from './accounts/create-account.ts';
import { createChanges, telling } from './changes.ts';
import { createClockTrust } from './clock-trust.ts';
import { embeddedDirectory } from './directory/embedded.ts';
import { newRecoveryCodes, recoveryCodeHash } from './factors/recovery-codes/rules.ts';
import { newTotpSecret } from './factors/totp/rules.ts';
import { createHashing } from './hashing.ts';
import { newId } from './ids.ts';
import type { Mailer, Message } from './mail/mailer.ts';
import { createMetrics } from './metrics.ts';
import { namedNetworks } from './networks/named-networks.ts';
import type { Portal } from './portal.ts';
import type { PushMessage, PushOutcome, PushSender, PushSubscription } from './push/sender.ts';
import { answerToHash, normaliseAnswer, questionKeys } from './questions/rules.ts';
import { giveRole } from './roles/give-role.ts';
import type { Role } from './roles/rules.ts';
import { createSecrets, digest, type KeyRing, newKeyRing, randomToken } from './secrets.ts';
import { type NewPortalSession, startPortalSession } from './sessions/portal-session.ts';
import { readSettings, type Settings } from './settings.ts';
import { type Acr, acrValues } from './sign-in/assurance.ts';
import { createSlowMode } from './slow-mode.ts';
import { type Agent, type Destination, type Flow, type Member, type MemberFlow, mint, type Operator, type Reset, type Visitor } from './visitor.ts';

export interface TestPortal extends Portal {
  readonly clock: {
    now(): number;
    /** @param milliseconds as `minutes(10)` */
    advance(milliseconds: number): void;
    set(instant: number): void;
  };
  /** What the mailer took, oldest first. Letters not yet delivered: `letters(portal)`. */
  readonly sent: readonly { readonly id: string; readonly to: string; readonly message: Message }[];
  /** Set to a reason to make the mail server refuse everything. */
  readonly mailServer: { down: string | null };
  /** What was sent to phones, oldest first. */
  readonly pushed: readonly { readonly subscription: PushSubscription; readonly message: PushMessage }[];
  /** How long sign-ins waited for one another in slow mode, milliseconds each. */
  readonly pauses: readonly number[];
  /** What the browsers' push services answer; set it to `{ outcome: 'gone' }` for a subscription that is no more. */
  readonly pushService: { answer: PushOutcome };
}

export interface TestPortalOptions {
  /** An empty, migrated store; its own SQLite in memory when left out. */
  readonly store?: Store;
  readonly settings?: Partial<Settings>;
  readonly directory?: Portal['directory'];
  readonly mailer?: Mailer;
  /** One of its own when left out. */
  readonly ring?: KeyRing;
}

/** Tuesday 9 March 2027, 14:02 in Paris: an instant in the middle of a TOTP step. */
export const testStart = Date.UTC(2027, 2, 9, 13, 2, 14);

/** A point on P-256, as browsers are subscribed with; its private half is nowhere. */
const testVapidKey = 'BBrpiZzWB16bIJqq4v4G-dcPWEtDRObb_VqTK7rINZW1fAV1Qn_O1kU8Lh60THhyqqW210Z-shSziaxaUMMhZWU';

/** Close it when the test ends. */
export async function testPortal(options: TestPortalOptions = {}): Promise<TestPortal> {
  const settings: Settings = { ...readSettings({ PORTAL_MODE: 'demo', PORTAL_SETTINGS: devNull, DATABASE_URL: ':memory:' }), ...options.settings };
  const ring = options.ring ?? newKeyRing();
  const secrets = createSecrets(() => ring);
  // The least that Argon2 accepts: tests compare outcomes, not resistance.
  const hashing = createHashing({ memoryKiB: 8, passes: 1 }, secrets.pepper, 1000);
  const changes = createChanges();
  const metrics = createMetrics({ version: 'test', engine: 'sqlite' });
  let instant = testStart;
  const now = () => instant;
  const pauses: number[] = [];
  const slowMode = createSlowMode({
    now,
    pause: async (milliseconds) => {
      pauses.push(milliseconds);
    },
  });
  const store = telling(options.store ?? openSqlite(':memory:'), changes, (event) => {
    metrics.happened(event.type);
    slowMode.note(event);
  });
  if (!options.store) await migrate(store);
  const sent: { id: string; to: string; message: Message }[] = [];
  const mailServer: { down: string | null } = { down: null };
  const mailer: Mailer = options.mailer ?? {
    async send(id, to, message) {
      if (mailServer.down) throw new Error(mailServer.down);
      sent.push({ id, to, message });
    },
    check: async () => mailServer.down,
    close() {},
  };
  const pushed: { subscription: PushSubscription; message: PushMessage }[] = [];
  const pushService: { answer: PushOutcome } = { answer: { outcome: 'sent' } };
  const counters = { sent: 0, gone: 0, refused: 0, failed: 0, retried: 0 };
  const push: PushSender = {
    publicKey: async () => testVapidKey,
    async send(subscription, message) {
      pushed.push({ subscription, message });
      counters[pushService.answer.outcome] += 1;
      return pushService.answer;
    },
    counters,
    close() {},
  };
  const silent = () => {};
  return {
    settings,
    store,
    changes,
    metrics,
    slowMode,
    clockTrust: createClockTrust(settings.policy.totp.period * settings.policy.totp.stepsBack),
    pauses,
    now,
    secrets,
    hashing,
    directory: options.directory ?? embeddedDirectory({ store, hashing, now }),
    mailer,
    push,
    networks: namedNetworks(settings),
    log: { info: silent, warn: silent, error: silent },
    close: () => store.close(),
    clock: {
      now,
      advance(milliseconds) {
        instant += milliseconds;
      },
      set(to) {
        instant = to;
      },
    },
    sent,
    mailServer,
    pushed,
    pushService,
  };
}

export const testVisitor: Visitor = { browser: null, network: '192.0.2.0/24', userAgent: 'Mozilla/5.0 (test)', language: 'fr' };
const testApplication: Destination = { id: 'biblio', name: 'InsermBiblio', host: 'biblio.inserm.fr' };

export interface TestFlowFacts extends Partial<Visitor> {
  readonly uid?: string;
  readonly accountId?: string | null;
  readonly prompt?: Flow['prompt'];
  readonly application?: Destination;
  /** What the browser's session is worth; two factors unless said otherwise: no step of the wizard is then refused for it. */
  readonly acr?: Acr | null;
}

/** A browser's place in a new interaction, or in the one named by `uid`; prompt login unless said otherwise. */
export function testFlow(_portal: Portal, facts: TestFlowFacts = {}): Flow {
  const { uid = randomToken(128), accountId = null, prompt = 'login', application = testApplication, ...visitor } = facts;
  return mint<Flow>({ uid, accountId, prompt, application, visitor: { ...testVisitor, ...visitor } });
}

/** A flow in which the provider already knows the person; prompt enrol unless said otherwise. */
export function testMemberFlow(_portal: Portal, facts: TestFlowFacts & { readonly accountId: string }): MemberFlow {
  const { uid = randomToken(128), accountId, prompt = 'enrol', application = testApplication, acr = acrValues[1], ...visitor } = facts;
  return mint<MemberFlow>({ uid, accountId, prompt, application, acr, visitor: { ...testVisitor, ...visitor } });
}

/** A browser that begins a password reset, or goes on with the one named by `uid`. */
export function testReset(_portal: Portal, facts: Partial<Visitor> & { readonly uid?: string } = {}): Reset {
  const { uid = digest(randomToken(256)), ...visitor } = facts;
  return mint<Reset>({ uid, visitor: { ...testVisitor, ...visitor } });
}

export const testOperator = (name = 'cli:test'): Operator => mint<Operator>({ name });

/** A colleague of the helpdesk who may use the console now: the role in the store, the proof fresh. */
export async function testAgent(portal: Portal, role: Role = 'agent', address = 'karim.benali@inserm.fr'): Promise<Agent> {
  const [givenName = '', familyName = ''] = address
    .slice(0, address.indexOf('@'))
    .split('.')
    .map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`);
  const { id } = await testAccount(portal, { address, givenName, familyName });
  const given = await giveRole(portal, testOperator(), { address, role });
  if (!given.ok) throw new Error('No such role');
  return mint<Agent>({ agentId: id, role, sessionId: `session of ${id}`, visitor: testVisitor });
}

/** As if this agent had just made sure that the caller is the account's owner. */
export async function testVerifiedCaller(
  portal: Portal,
  agent: Agent,
  accountId: string,
  method: 'phone' | 'email-code' | 'answers' = 'email-code',
): Promise<void> {
  const now = portal.now();
  const { agentId } = agent;
  const row = { id: newId(), accountId, agentId, method, begunAt: now, expiresAt: now, provenAt: now, failedAt: null };
  await portal.store.write(portal.store.db.insert(portal.store.s.callerVerifications).values(row));
}

export const testMember = (accountId: string, sessionId = 'a session'): Member => mint<Member>({ accountId, sessionId, visitor: testVisitor });

/** Somebody signed in at a browser, by their password alone unless said otherwise. */
export const testSession = (portal: TestPortal, accountId: string, token: string, traits: Partial<NewPortalSession> = {}) => {
  const session = { sid: null, idToken: null, acr: null, amr: [], authenticatedAt: portal.now(), userAgent: null, network: null };
  return startPortalSession(portal, { ...session, ...traits, token, accountId });
};

/** Fit for every test account: long, and made of none of their names. */
export const testPassword = 'Les sept girafes lisent';

export interface TestAccount {
  readonly id: string;
  readonly address: string;
  readonly password: string;
}

/** An active account that can sign in; claire.martin@inserm.fr unless said otherwise. */
export async function testAccount(
  portal: Portal,
  facts: { readonly address?: string; readonly givenName?: string; readonly familyName?: string; readonly password?: string } = {},
): Promise<TestAccount> {
  const { address = 'claire.martin@inserm.fr', givenName = 'Claire', familyName = 'Martin', password = testPassword } = facts;
  const made = await createAccount(portal, testOperator(), { address, givenName, familyName, password });
  if (!made.ok) throw new Error(`No such test account: ${JSON.stringify(made.problems)}`);
  return { id: made.value.id, address: made.value.address, password };
}

export interface TestApp {
  /** The factor's id. */
  readonly id: string;
  readonly secret: Buffer;
  /** What the app shows; at the portal's time unless said otherwise. @param at epoch milliseconds */
  code(at?: number): string;
}

/** RFC 6238 by hand: the portal's own library must not vouch for itself. @param at epoch milliseconds */
export function totpCode(secret: Uint8Array, at: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = mac.readUInt8(19) & 15;
  return String((mac.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0');
}

/** A proven authenticator app, without going through the wizard. */
export async function testApp(portal: Portal, accountId: string, name = 'Google Authenticator'): Promise<TestApp> {
  const id = newId();
  const secret = newTotpSecret(portal.settings.policy.totp);
  const sealed = portal.secrets.seal(`factors:${id}`, secret);
  await portal.store.unit(accountId, (tx) =>
    insertFactor(tx, { id, accountId, kind: 'totp', name, secret: sealed, lastStep: 0, createdAt: portal.now(), lastUsedAt: null }),
  );
  return { id, secret, code: (at = portal.now()) => totpCode(secret, at) };
}

/** Kept recovery codes, without going through the wizard. */
export async function testRecoveryCodes(portal: Portal, accountId: string): Promise<string[]> {
  const codes = newRecoveryCodes(portal.settings.policy.recoveryCodes.count);
  const rows = codes.map((code) => ({
    id: newId(),
    accountId,
    hash: recoveryCodeHash(portal.secrets, accountId, code),
    createdAt: portal.now(),
    usedAt: null,
  }));
  await portal.store.unit(accountId, (tx) => setRecoveryCodes(tx, accountId, rows));
  return codes;
}

/** What `testAnswers` makes right, as typed. */
export const rightAnswers = { a1: 'Université de Rennes', a2: 'Micheline', a3: 'Saint-Étienne', a4: 'L’Œil du lynx' } as const;

/** Four secret answers in place, without going through the wizard. */
export async function testAnswers(portal: Portal, accountId: string, answers: { readonly [F in keyof typeof rightAnswers]: string } = rightAnswers) {
  const changedAt = portal.now();
  const rows = await Promise.all(
    [answers.a1, answers.a2, answers.a3, answers.a4].map(async (typed, slot) => {
      const question = questionKeys[slot] ?? 'first-film';
      const hash = await portal.hashing.hash(answerToHash({ question, answer: normaliseAnswer(typed) }));
      return { accountId, slot, question, hash, changedAt };
    }),
  );
  await portal.store.unit(accountId, (tx) => setAnswers(tx, accountId, rows));
}

export interface TestLetter extends Message {
  readonly id: string;
  readonly accountId: string | null;
  readonly to: string;
  readonly kind: string;
  readonly uselessAt: number | null;
}

/** Letters that wait in the outbox, opened, oldest first. */
export async function letters(portal: Portal): Promise<TestLetter[]> {
  const { outbox } = portal.store.s;
  const rows = await portal.store.db.select().from(outbox).orderBy(asc(outbox.createdAt), asc(outbox.id));
  return rows.flatMap(({ id, accountId, to, kind, message, uselessAt }) =>
    message ? [{ id, accountId, to, kind, uselessAt, ...(JSON.parse(portal.secrets.open(`outbox:${id}`, message).toString()) as Message) }] : [],
  );
}

/** The audit log, oldest first. */
export async function events(portal: Portal) {
  const { events } = portal.store.s;
  return portal.store.db.select().from(events).orderBy(asc(events.id));
}

/** Every row of every table, as text: two of these are equal when nothing was changed between them. */
export async function snapshot(portal: Portal, ...except: (keyof Store['s'])[]): Promise<string> {
  // What waits for its place in the audit log's chain comes and goes with the events.
  const left = new Set(except.includes('events') ? [...except, 'unsealedEvents'] : except);
  const names = (Object.keys(portal.store.s) as (keyof Store['s'])[]).filter((name) => !left.has(name)).sort();
  const tables: Record<string, string[]> = {};
  for (const name of names) {
    const rows = await portal.store.db.select().from(portal.store.s[name] as Store['s']['accounts']);
    tables[name] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return JSON.stringify(tables);
}

/** The digits of the newest code sent to an address; throws when none waits in the outbox. */
export async function lastCode(portal: Portal, to: string): Promise<string> {
  const letter = (await letters(portal)).findLast((sent) => sent.kind === 'code' && sent.to === to);
  const code = letter && /#(\d{6})\s*$/.exec(letter.text)?.[1];
  if (!code) throw new Error(`No code for ${to} in the outbox.`);
  return code;
}
