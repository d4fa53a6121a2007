// Two processes on one store: what works once works once, whichever node it comes to.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inArray } from 'drizzle-orm';
import { type TOTP, URI } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listFactors } from '#db/factors';
import { migrate } from '#db/migrate';
import { emptyDatabase } from '#db/testing';
import { seconds } from './duration.ts';
import { answerQuestions } from './enrolment/answer-questions.ts';
import { pendingRecoveryCodes, pendingTotp } from './enrolment/facts.ts';
import { installApp } from './enrolment/install-app.ts';
import { saveRecoveryCodes } from './enrolment/save-recovery-codes.ts';
import { scanCode } from './enrolment/scan-code.ts';
import { letters, type TestAccount, testAccount, testFlow, testMemberFlow } from './portal.testing.ts';
import type { Portal } from './portal.ts';
import { newKeyRing, randomToken } from './secrets.ts';
import { checkPassword } from './sign-in/check-password.ts';
import { nodeOn, type Orders, type Task } from './two-nodes.testing.ts';

const people = 5;
/** How often each node tries each thing. */
const triesPerNode = 3;

interface Place {
  readonly database: string;
  remove(): Promise<void>;
}

async function sqliteFile(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-nodes-'));
  return { database: join(folder, 'portal.db'), remove: async () => rmSync(folder, { recursive: true }) };
}

function startNode(orders: Orders): { process: ChildProcess; answer(): Promise<string> } {
  const node = spawn(process.execPath, ['--import', 'tsx', 'lib/two-nodes.testing.ts', 'node'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  node.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const lines = createInterface({ input: node.stdout })[Symbol.asyncIterator]();
  node.stdin.write(`${JSON.stringify(orders)}\n`);
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`The node has ended: ${complaint}`);
    return value;
  };
  return { process: node, answer };
}

const server = process.env.TEST_DATABASE_URL;
const engines = [{ name: 'SQLite', open: sqliteFile }, ...(server ? [{ name: 'PostgreSQL', open: () => emptyDatabase(server) }] : [])];

describe.each(engines)('two nodes on $name', ({ open }) => {
  let place: Place;
  let portal: Portal;
  let nodes: { readonly process: ChildProcess; answer(): Promise<string> }[];
  beforeAll(async () => {
    place = await open();
    const ring = newKeyRing();
    portal = await nodeOn(place.database, ring);
    await migrate(portal.store);
    nodes = [1, 2].map(() => startNode({ database: place.database, ring }));
    for (const node of nodes) expect(await node.answer()).toBe('ready');
  });
  afterAll(async () => {
    for (const node of nodes) node.process.kill();
    await portal.close();
    await place.remove();
  });

  /** Both nodes play all tasks at the same moment. @returns for each task, how it went, on either node */
  async function onBothNodes(tasks: readonly Task[]): Promise<string[][]> {
    for (const node of nodes) node.process.stdin?.write(`${JSON.stringify(tasks)}\n`);
    const outcomes = await Promise.all(nodes.map(async (node) => JSON.parse(await node.answer()) as string[]));
    return tasks.map((_, i) => outcomes.map((ofNode) => ofNode[i] ?? ''));
  }

  /** Tasks that say the same are one thing: its outcomes together. */
  async function outcomesOf(things: readonly Task[], each = triesPerNode): Promise<string[][]> {
    const tasks = Array.from({ length: each }, () => things).flat();
    const outcomes = await onBothNodes(tasks);
    return things.map((_, i) => outcomes.filter((_, k) => k % things.length === i).flat());
  }
  const right = (outcomes: readonly string[]) => outcomes.filter((outcome) => outcome === 'ok').length;

  let made = 0;
  const makePeople = () => Promise.all(Array.from({ length: people }, () => testAccount(portal, { address: `personne.${made++}@inserm.fr` })));
  /** A flow in which the password has been given. */
  const givePassword = async ({ address, password }: TestAccount, uid = randomToken(128)) => {
    expect(await checkPassword(portal, testFlow(portal, { uid }), { address, password })).toMatchObject({ ok: true });
    return uid;
  };
  const codesSent = async () => new Map((await letters(portal)).filter((l) => l.kind === 'code').map((l) => [l.to, l.subject.replace(/\D/g, '')]));
  const chooseApp = async (accountId: string) => {
    const flow = testMemberFlow(portal, { accountId });
    await installApp(portal, flow, { app: 'other' });
    return { flow, app: URI.parse((await pendingTotp(portal, flow))?.uri ?? '') as TOTP };
  };
  /** @returns the app, whose current code is still good, and a recovery code */
  const enrol = async (accountId: string) => {
    const { flow, app } = await chooseApp(accountId);
    expect(await scanCode(portal, flow, { code: app.generate({ timestamp: portal.now() - seconds(30) }) })).toMatchObject({ ok: true });
    const questions = { q1: 'first-soft-toy', q2: 'driving-instructor', q3: 'school-trip', q4: 'first-film' };
    const answers = { a1: 'Capitaine Patate', a2: 'Bérengère', a3: 'Rocamadour', a4: 'Le Roi et l’Oiseau' };
    expect(await answerQuestions(portal, flow, { ...questions, ...answers })).toMatchObject({ ok: true });
    const codes = (await pendingRecoveryCodes(portal, flow))?.codes ?? [];
    expect(await saveRecoveryCodes(portal, flow, { kept: 'yes' })).toMatchObject({ ok: true });
    return { app, recoveryCode: codes[0] ?? '' };
  };

  test('each e-mail code works exactly once, and each sign-in is finished once: SEC-19', async () => {
    const everybody = await makePeople();
    const uids = await Promise.all(everybody.map((person) => givePassword(person)));
    const codes = await codesSent();
    const things = everybody.map(
      ({ id, address }, i): Task => ({ act: 'proveEmailCode', uid: uids[i] ?? '', accountId: id, code: codes.get(address) ?? '' }),
    );
    const proven = await outcomesOf(things);
    expect(proven.map(right)).toEqual(everybody.map(() => 1));
    const finished = await outcomesOf(things.map((thing): Task => ({ ...thing, act: 'finishSignIn' })));
    expect(finished.map(right)).toEqual(everybody.map(() => 1));
  });

  test('a wrong code is compared five times over both nodes, and the right one is then refused: SEC-19, T1', async () => {
    const everybody = await makePeople();
    const uids = await Promise.all(everybody.map((person) => givePassword(person)));
    const codes = await codesSent();
    const rightOnes = everybody.map(
      ({ id, address }, i): Task => ({ act: 'proveEmailCode', uid: uids[i] ?? '', accountId: id, code: codes.get(address) ?? '' }),
    );
    const wrongOnes = rightOnes.map((task) => ({ ...task, code: String((Number(task.code) + 1) % 1_000_000).padStart(6, '0') }));
    const wrong = await outcomesOf(wrongOnes, 4);
    // Four are told how many are left; the fifth and all later ones, that none is.
    expect(wrong.map((outcomes) => outcomes.filter((o) => o === 'wrong-code').length)).toEqual(everybody.map(() => 4));
    expect(wrong.map((outcomes) => outcomes.filter((o) => o === 'no-tries-left').length)).toEqual(everybody.map(() => 4));
    const { emailCodes } = portal.store.s;
    const rows = await portal.store.db.select({ tries: emailCodes.tries }).from(emailCodes).where(inArray(emailCodes.flow, uids));
    expect(rows.map((row) => row.tries)).toEqual(everybody.map(() => 5));
    expect((await outcomesOf(rightOnes, 1)).flat()).toEqual(Array.from({ length: 2 * people }, () => 'no-tries-left'));
  });

  test('each step of a code app is accepted once, in whichever flow: SEC-23, T9', async () => {
    const everybody = await makePeople();
    const tasks: Task[] = [];
    for (const person of everybody) {
      const { app } = await enrol(person.id);
      const code = app.generate({ timestamp: portal.now() });
      // Two browsers of the same person, or the person and whoever looked over their shoulder.
      for (const uid of [await givePassword(person), await givePassword(person)]) tasks.push({ act: 'proveTotp', uid, accountId: person.id, code });
    }
    const outcomes = await outcomesOf(tasks, 1);
    const byPerson = everybody.map((_, i) => [...(outcomes[2 * i] ?? []), ...(outcomes[2 * i + 1] ?? [])]);
    expect(byPerson.map(right)).toEqual(everybody.map(() => 1));
  });

  test('each recovery code is accepted once, in whichever flow: SEC-24', async () => {
    const everybody = await makePeople();
    const tasks: Task[] = [];
    for (const person of everybody) {
      const { recoveryCode: code } = await enrol(person.id);
      for (const uid of [await givePassword(person), await givePassword(person)])
        tasks.push({ act: 'proveRecoveryCode', uid, accountId: person.id, code });
    }
    const outcomes = await outcomesOf(tasks, 1);
    const byPerson = everybody.map((_, i) => [...(outcomes[2 * i] ?? []), ...(outcomes[2 * i + 1] ?? [])]);
    expect(byPerson.map(right)).toEqual(everybody.map(() => 1));
  });

  test('the wizard takes an app’s first code once: one factor, one notice (REL-01)', async () => {
    const everybody = await makePeople();
    const things: Task[] = [];
    for (const { id } of everybody) {
      const { flow, app } = await chooseApp(id);
      things.push({ act: 'scanCode', uid: flow.uid, accountId: id, code: app.generate({ timestamp: portal.now() }) });
    }
    expect((await outcomesOf(things)).map(right)).toEqual(everybody.map(() => 1));
    for (const { id } of everybody) expect(await portal.store.read((tx) => listFactors(tx, id))).toHaveLength(1);
    const ids = everybody.map(({ id }) => id);
    expect((await letters(portal)).filter((l) => l.kind === 'factor-added' && ids.includes(l.accountId ?? ''))).toHaveLength(people);
  });
});
