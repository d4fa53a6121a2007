// The helpdesk's figures: each account is counted where it is, in slices, once for all nodes; and handed out as numbers alone.
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { insertAccount, setAccountEnrolled } from '#db/accounts';
import { listFigures } from '#db/figures';
import { engines } from '#db/testing';
import type { EventType } from '../audit/events.ts';
import { recordEvent } from '../audit/record-event.ts';
import { openCase } from '../cases/open-case.ts';
import { days, hours, minutes, seconds } from '../duration.ts';
import {
  events,
  snapshot,
  type TestPortal,
  testAccount,
  testAgent,
  testAnswers,
  testApp,
  testOperator,
  testPortal,
  testRecoveryCodes,
} from '../portal.testing.ts';
import { countAgain } from './count-again.ts';
import { claimCount, finishCount } from './count-figures.ts';
import { exportFigures } from './export-figures.ts';
import { lastFigures } from './facts.ts';
import { csvOf, type Figures, figuresPolicy, parisMidnight, tallyOf, weekStarts } from './rules.ts';

describe.each(engines())('on $name', ({ open }) => {
  let portal: TestPortal;
  beforeEach(async () => {
    portal = await testPortal({ store: await open() });
  });
  afterEach(() => portal.close());

  const person = async (n: number) => (await testAccount(portal, { address: `p${n}.essai@inserm.fr`, givenName: 'P', familyName: 'Essai' })).id;
  const happens = (accountId: string, type: EventType, ago: number) =>
    portal.store.unit(accountId, (tx) => recordEvent(tx, portal.now() - ago, testOperator(), { type, accountId }));
  const enrols = (id: string, ago: number) => portal.store.unit(id, (tx) => setAccountEnrolled(tx, id, portal.now() - ago));
  const counts = async (): Promise<Figures> => {
    const at = await claimCount(portal, 0);
    const figures = at === null ? null : await finishCount(portal, at);
    if (!figures) throw new Error('Nothing was counted');
    return figures;
  };

  test('each account is counted at the step where it is, and as left after seven quiet days', async () => {
    const at: Record<string, string> = {};
    for (const [n, name] of ['nothing', 'came', 'chose', 'app', 'answers', 'enrolled', 'two', 'frozen', 'suspended'].entries())
      at[name] = await person(n);
    const of = (name: string) => at[name] ?? '';
    await happens(of('came'), 'email-code-right', days(8));
    await happens(of('chose'), 'app-chosen', days(2));
    for (const name of ['app', 'answers', 'enrolled', 'two', 'frozen', 'suspended']) await testApp(portal, of(name));
    await testApp(portal, of('two'), 'Another');
    for (const name of ['answers', 'enrolled', 'two', 'suspended']) await testAnswers(portal, of(name));
    for (const name of ['enrolled', 'two', 'suspended']) await testRecoveryCodes(portal, of(name));
    await happens(of('enrolled'), 'app-chosen', days(1) + minutes(6));
    await enrols(of('enrolled'), days(1));
    await happens(of('two'), 'pairing-begun', days(20) + hours(3));
    await enrols(of('two'), days(20));
    await enrols(of('suspended'), days(200));
    const { accounts, factors } = portal.store.s;
    await portal.store.write(
      portal.store.db
        .update(accounts)
        .set({ status: 'frozen' })
        .where(eq(accounts.id, of('frozen'))),
    );
    await portal.store.write(
      portal.store.db
        .update(factors)
        .set({ frozenAt: portal.now() })
        .where(eq(factors.accountId, of('suspended'))),
    );
    await happens(of('two'), 're-enrolled', days(3));
    await happens(of('two'), 're-enrolled', days(31));
    await happens(of('two'), 'pass-given', days(29));
    await portal.store.unit(of('two'), (tx) => openCase(portal, tx, portal.now(), of('two'), { kind: 'help', eventId: null, note: {} }));

    const figures = await counts();
    expect(figures).toMatchObject({
      accounts: { active: 8, frozen: 1, disabled: 0 },
      enrolled: 3,
      notStarted: 1,
      half: {
        'install-app': { now: 1, left: 1 },
        'scan-code': { now: 1, left: 0 },
        'answer-questions': { now: 1, left: 0 },
        'save-recovery-codes': { now: 1, left: 0 },
      },
      oneFactor: 1,
      noFactor: 1,
      suspended: 1,
      funnel: { started: 6, finished: 2, median: minutes(6) },
      reEnrolled: 1,
      passes: 1,
      cases: { open: 1, free: 1, oldest: portal.now() },
      waiting: { passwords: 0, factors: 0, answers: 0 },
    });
    expect(figures.weeks).toHaveLength(12);
    expect(figures.weeks.map(({ finished }) => finished).filter(Boolean)).toEqual([1, 1]);
    expect(figures.weeks.at(-1)?.finished).toBe(1);
  });

  test('more accounts than one query takes are all counted, once each', async () => {
    await portal.store.unit('many', function* (tx) {
      for (let n = 0; n < 1203; n++)
        yield* insertAccount(
          tx,
          {
            id: `many-${String(n).padStart(5, '0')}`,
            address: `m${n}@inserm.fr`,
            givenName: 'M',
            familyName: 'N',
            kind: 'internal',
            affiliations: [],
            status: 'active',
            createdAt: 1,
          },
          [],
        );
    });
    expect(await counts()).toMatchObject({ accounts: { active: 1203 }, notStarted: 1203 });
  });

  test('of ten who would count at once, one does; figures of a minute are not counted again, and of a day the last stay', async () => {
    const agent = await testAgent(portal);
    const claims = await Promise.all(Array.from({ length: 10 }, () => claimCount(portal, minutes(1))));
    expect(claims.filter((at) => at !== null)).toHaveLength(1);
    expect(await lastFigures(portal)).toMatchObject({ last: null, counting: true });
    expect(await countAgain(portal, agent, {})).toEqual({ ok: true, value: { finished: false } });
    // Its process has died.
    portal.clock.advance(figuresPolicy.givenUp);
    expect(await countAgain(portal, agent, {})).toEqual({ ok: true, value: { finished: true } });
    expect(await countAgain(portal, agent, {})).toMatchObject({ problems: [{ code: 'figures-fresh' }] });
    portal.clock.advance(minutes(1));
    expect(await countAgain(portal, agent, {})).toMatchObject({ ok: true });
    expect(await portal.store.read((tx) => listFigures(tx, 9))).toHaveLength(1);
    portal.clock.advance(days(1));
    await counts();
    expect(await portal.store.read((tx) => listFigures(tx, 9))).toHaveLength(2);
    expect((await lastFigures(portal)).last?.at).toBe(portal.now());
  });

  test('a count that is told to stop leaves nothing behind', async () => {
    await portal.store.unit('many', function* (tx) {
      for (let n = 0; n < 501; n++)
        yield* insertAccount(
          tx,
          {
            id: `many-${n}`,
            address: `m${n}@inserm.fr`,
            givenName: 'M',
            familyName: 'N',
            kind: 'internal',
            affiliations: [],
            status: 'active',
            createdAt: 1,
          },
          [],
        );
    });
    const before = await snapshot(portal);
    const at = await claimCount(portal, 0);
    expect(await finishCount(portal, at ?? 0, () => true)).toBeNull();
    expect(await snapshot(portal)).toBe(before);
  });

  test('SEC-79: the file holds numbers and no name, and that it was handed out is written down', async () => {
    const agent = await testAgent(portal, 'lead-agent');
    expect(await exportFigures(portal, agent)).toBeNull();
    await counts();
    const file = await exportFigures(portal, agent);
    expect(file?.text).toMatch(/^\ufeffPartie;Chiffre;Nombre\r\n/);
    expect(file?.text).toContain('Comptes;Actifs;1\r\n');
    expect(file?.text).not.toMatch(/benali|karim|@/i);
    for (const line of file?.text.trim().split('\r\n').slice(2) ?? []) expect(line).toMatch(/;\d+$/);
    expect((await events(portal)).filter(({ type }) => type === 'figures-exported')).toMatchObject([{ accountId: null, actor: agent.agentId }]);
  });
});

test('T29, SEC-79: no cell of a file begins a formula', () => {
  const text = csvOf([['=1+1', '+33', '-2', '@x', '\tx', '\rx', ' =1', 'a;b', 'say "yes"', 'two\nlines', 'plain', -3]]);
  expect(text).toBe('\ufeff\'=1+1;\'+33;\'-2;\'@x;"\'\tx";"\'\rx";"\' =1";"a;b";"say ""yes""";"two\nlines";plain;-3\r\n'.replace('"\' =1"', "' =1"));
});

test('weeks begin on Monday at midnight in Paris, through both changes of the clock', () => {
  // Tuesday 30 March 2027: summer time began on the 28th.
  expect(weekStarts(Date.UTC(2027, 2, 30, 10), 3).map((at) => new Date(at).toISOString())).toEqual([
    '2027-03-14T23:00:00.000Z',
    '2027-03-21T23:00:00.000Z',
    '2027-03-28T22:00:00.000Z',
  ]);
  // A Monday, ten minutes after midnight; winter time began the day before.
  expect(weekStarts(Date.UTC(2027, 9, 31, 23, 10), 2).map((at) => new Date(at).toISOString())).toEqual([
    '2027-10-24T22:00:00.000Z',
    '2027-10-31T23:00:00.000Z',
  ]);
  expect(new Date(parisMidnight(Date.UTC(2027, 0, 1, 12))).toISOString()).toBe('2026-12-31T23:00:00.000Z');
});

test('the median is told to ten seconds within the hour, whatever the number of people', () => {
  const now = Date.UTC(2027, 2, 9);
  const tally = tallyOf(now, { questions: 4 });
  const done = {
    status: 'active',
    factors: 1,
    working: 1,
    answers: 4,
    recoveryCodes: 10,
    pendingUntil: null,
    lastFactorAt: 1,
    lastAnswerAt: 1,
  } as const;
  const more = { lastRecoveryCodeAt: 1, lastMailboxAt: null, lastChoiceAt: null } as const;
  for (let n = 0; n < 100_001; n++)
    tally.add({
      ...done,
      ...more,
      enrolledAt: now - days(1),
      firstChoiceAt: now - days(1) - minutes(4) - (n % 3 === 0 ? seconds(9) : minutes(n % 3)),
    });
  expect(tally.total().funnel).toEqual({ started: 100_001, finished: 100_001, median: minutes(5) });
  expect(tallyOf(now, { questions: 4 }).total().funnel.median).toBeNull();
});
