// Cases from the queue to their end: taken by exactly one, noted, closed, told to the person; and calls for help, which open some.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '#db/testing';
import { caseLines, findCaseFacts } from '../cases/facts.ts';
import { openCase } from '../cases/open-case.ts';
import { hours, minutes } from '../duration.ts';
import { askFromAccount, askFromReset, askFromSignIn } from '../help/ask-for-help.ts';
import { openHelp } from '../help/facts.ts';
import {
  events,
  letters,
  type TestAccount,
  type TestPortal,
  testAccount,
  testAgent,
  testFlow,
  testMember,
  testPortal,
  testReset,
} from '../portal.testing.ts';
import { checkPassword } from '../sign-in/check-password.ts';
import type { Agent } from '../visitor.ts';
import { closeCase } from './close-case.ts';
import { giveBackCase } from './give-back-case.ts';
import { noteCase } from './note-case.ts';
import { reopenCase } from './reopen-case.ts';
import { seeAccount } from './see-account.ts';
import { takeCase } from './take-case.ts';

describe.each(engines())('on $name', ({ open }) => {
  let portal: TestPortal;
  let claire: TestAccount;
  let karim: Agent;
  let ewa: Agent;
  beforeEach(async () => {
    portal = await testPortal({ store: await open() });
    claire = await testAccount(portal);
    karim = await testAgent(portal);
    ewa = await testAgent(portal, 'agent', 'ewa.kowalska@inserm.fr');
  });
  afterEach(() => portal.close());

  const opens = async (accountId = claire.id, eventId: string | null = null) =>
    (await portal.store.unit(accountId, (tx) => openCase(portal, tx, portal.now(), accountId, { kind: 'not-me', eventId, note: {} }))).number;
  const asks = (text = '', topic = 'cannot-scan') => askFromAccount(portal, testMember(claire.id), { topic, text });
  const typesOf = async (number: string) => (await events(portal)).filter(({ data }) => data.case === number).map(({ type }) => type);

  test('of two agents who take a case at once, exactly one gets it, and the other is told who', async () => {
    const number = await opens();
    const both = await Promise.all([karim, ewa].map((agent) => takeCase(portal, agent, { case: number })));
    expect(both.map((r) => r.ok && r.value.taken).sort()).toEqual([false, true]);
    const { holder } = (await findCaseFacts(portal, number)) ?? {};
    expect(holder?.name).toBe(both[0]?.ok && both[0].value.taken ? 'Karim Benali' : 'Ewa Kowalska');
    expect(await typesOf(number)).toEqual(['case-taken']);
    const [taken] = (await events(portal)).filter(({ type }) => type === 'case-taken');
    expect(taken).toMatchObject({ accountId: claire.id, actor: holder?.id });
  });

  test('taken, noted, closed: each is written down, and the person is told of the end', async () => {
    const number = await opens();
    await takeCase(portal, karim, { case: number });
    expect(await noteCase(portal, karim, { case: number, note: '  Rappelée à 14 h.\r\nElle n’avait rien   fait. ' })).toMatchObject({ ok: true });
    expect(await closeCase(portal, karim, { case: number, outcome: 'helped' })).toMatchObject({ ok: true });
    expect(await typesOf(number)).toEqual(['case-taken', 'case-noted', 'case-closed']);
    const facts = await findCaseFacts(portal, number);
    expect(facts).toMatchObject({ outcome: 'helped', closedAt: portal.now(), closedBy: { name: 'Karim Benali' } });
    expect(facts?.notes).toMatchObject([{ text: 'Rappelée à 14 h.\nElle n’avait rien fait.', by: { name: 'Karim Benali' } }]);
    const letter = (await letters(portal)).find(({ kind }) => kind === 'case-closed');
    expect(letter?.to).toBe(claire.address);
    expect(letter?.text).toContain(number);
    expect(letter?.text).not.toContain('Rappelée');
    // What is said of it afterwards is nobody's any more.
    for (const again of [noteCase(portal, karim, { case: number, note: 'Encore' }), closeCase(portal, karim, { case: number, outcome: 'helped' })])
      expect(await again).toMatchObject({ problems: [{ code: 'case-not-yours' }] });
    expect(await takeCase(portal, ewa, { case: number })).toMatchObject({ value: { taken: false } });
  });

  test('SEC-73: nothing is noted, closed or given back by whom a case is not; a lead agent gives back and reopens', async () => {
    const lead = await testAgent(portal, 'lead-agent', 'paul.lefort@inserm.fr');
    const number = await opens();
    await takeCase(portal, karim, { case: number });
    for (const refused of [
      noteCase(portal, ewa, { case: number, note: 'Une note' }),
      closeCase(portal, ewa, { case: number, outcome: 'helped' }),
      giveBackCase(portal, ewa, { case: number }),
      noteCase(portal, lead, { case: number, note: 'Une note' }),
    ])
      expect(await refused).toMatchObject({ problems: [{ code: 'case-not-yours' }] });
    expect(await giveBackCase(portal, lead, { case: number })).toMatchObject({ ok: true });
    expect((await findCaseFacts(portal, number))?.holder).toBeNull();
    await takeCase(portal, ewa, { case: number });
    await closeCase(portal, ewa, { case: number, outcome: 'not-reached' });
    expect(await reopenCase(portal, ewa, { case: number })).toMatchObject({ problems: [{ code: 'not-your-role' }] });
    expect(await reopenCase(portal, lead, { case: number })).toMatchObject({ ok: true });
    expect(await reopenCase(portal, lead, { case: number })).toMatchObject({ problems: [{ code: 'case-open' }] });
    expect(await findCaseFacts(portal, number)).toMatchObject({ holder: null, outcome: null, closedAt: null, closedBy: null });
    expect(await typesOf(number)).toEqual(['case-taken', 'case-returned', 'case-taken', 'case-closed', 'case-reopened']);
  });

  test('SEC-76: no agent handles a case about themselves or about a colleague as high, and the try is written down', async () => {
    const own = await opens(karim.agentId);
    const colleague = await opens(ewa.agentId);
    expect(await takeCase(portal, karim, { case: own })).toMatchObject({ problems: [{ code: 'on-yourself' }] });
    expect(await takeCase(portal, karim, { case: colleague })).toMatchObject({ problems: [{ code: 'on-a-colleague' }] });
    const lead = await testAgent(portal, 'lead-agent', 'paul.lefort@inserm.fr');
    expect(await takeCase(portal, lead, { case: colleague })).toMatchObject({ value: { taken: true } });
    expect((await events(portal)).filter(({ type }) => type === 'helpdesk-refused')).toMatchObject([
      { accountId: karim.agentId, actor: karim.agentId, data: { action: 'handle-case', why: 'on-yourself' } },
      { accountId: ewa.agentId, actor: karim.agentId, data: { action: 'handle-case', why: 'on-a-colleague' } },
    ]);
    expect(await takeCase(portal, karim, { case: '0000-0000' })).toMatchObject({ problems: [{ code: 'case-gone' }] });
  });

  test('the queue has the oldest first, page after page, each agent’s own, and the closed ones', async () => {
    const numbers: string[] = [];
    for (let i = 0; i < 5; i++) {
      numbers.push(await opens());
      if (i % 2) portal.clock.advance(minutes(1));
    }
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof caseLines>> = await caseLines(portal, karim.agentId, { filter: 'open', after, limit: 2 });
      seen.push(...page.lines.map(({ number }) => number));
      after = page.more;
    } while (after);
    expect([...seen].sort()).toEqual([...numbers].sort());
    expect(seen.at(-1)).toBe(numbers[4]);
    const [first = '', second = ''] = seen;
    await takeCase(portal, karim, { case: first });
    await takeCase(portal, ewa, { case: second });
    const linesOf = async (filter: 'mine' | 'closed' | 'open') => (await caseLines(portal, karim.agentId, { filter, after: null, limit: 9 })).lines;
    expect(await linesOf('mine')).toMatchObject([{ number: first, name: 'Claire Martin', maskedAddress: 'c•••n@inserm.fr' }]);
    await closeCase(portal, karim, { case: first, outcome: 'helped' });
    expect(await linesOf('mine')).toEqual([]);
    expect((await linesOf('closed')).map(({ number }) => number)).toEqual([first]);
    expect((await linesOf('open')).map(({ number }) => number)).toEqual(seen.slice(1));
    expect(await caseLines(portal, karim.agentId, { filter: 'open', after: "' or 1=1", limit: 9 })).toMatchObject({ lines: { length: 4 } });
  });

  test('a call for help opens one case, told to both sides without a word of what was written', async () => {
    const asked = await asks('La caméra reste noire.\nTéléphone : 01 99 00 47 12.');
    const number = asked.ok ? asked.value.number : 'none';
    expect(await openHelp(portal, claire.id)).toEqual({ number, topic: 'cannot-scan', openedAt: portal.now(), taken: false, addedAt: null });
    expect(await asks()).toMatchObject({ problems: [{ code: 'help-open', field: 'text' }] });
    expect(await findCaseFacts(portal, number)).toMatchObject({
      kind: 'help',
      topic: 'cannot-scan',
      from: 'account',
      text: 'La caméra reste noire.\nTéléphone : 01 99 00 47 12.',
    });
    const sent = await letters(portal);
    expect(sent.map(({ to, kind }) => [to, kind])).toEqual(
      expect.arrayContaining([
        [claire.address, 'help-asked'],
        [portal.settings.helpdesk.email, 'case-opened'],
      ]),
    );
    for (const { text } of sent) expect(text).not.toContain('caméra');
    expect(sent.find(({ kind }) => kind === 'case-opened')?.text).toContain(`${portal.settings.origin}/helpdesk/cases/${number}`);
    expect((await events(portal)).find(({ type }) => type === 'help-asked')).toMatchObject({
      accountId: claire.id,
      actor: null,
      data: { case: number, topic: 'cannot-scan', from: 'account' },
    });
  });

  test('ten clicks at once are one call; three a day are taken', async () => {
    const clicks = await Promise.all(Array.from({ length: 10 }, () => asks()));
    expect(clicks.filter(({ ok }) => ok)).toHaveLength(1);
    for (let i = 0; i < 3; i++) {
      const call = await openHelp(portal, claire.id);
      await takeCase(portal, karim, { case: call?.number ?? '' });
      await closeCase(portal, karim, { case: call?.number ?? '', outcome: 'helped' });
      portal.clock.advance(hours(1));
      const next = await asks();
      if (i < 2) expect(next).toMatchObject({ ok: true });
      else expect(next).toMatchObject({ problems: [{ code: 'help-limit', retryAt: portal.now() + hours(21) }] });
    }
    portal.clock.advance(hours(22));
    expect(await asks()).toMatchObject({ ok: true });
  });

  test('what a person writes while a case is open is a note of it, as theirs; whoever has the case sees it until they have noted something', async () => {
    const number = (await asks('La caméra reste noire.').then((asked) => asked.ok && asked.value.number)) || '';
    await takeCase(portal, karim, { case: number });
    const lineOf = async () => (await caseLines(portal, karim.agentId, { filter: 'mine', after: null, limit: 9 })).lines[0];
    expect(await lineOf()).toMatchObject({ number, newWords: false });
    portal.clock.advance(minutes(10));
    const flow = testFlow(portal);
    await checkPassword(portal, flow, claire);
    expect(await askFromSignIn(portal, flow, { topic: 'lost-phone', text: 'Et mon téléphone est perdu.' })).toEqual({
      ok: true,
      value: { number, added: true },
    });
    expect(await lineOf()).toMatchObject({ newWords: true });
    const note = { by: null, text: 'Et mon téléphone est perdu.', from: 'sign-in', topic: 'lost-phone', at: portal.now() };
    expect(await findCaseFacts(portal, number)).toMatchObject({ newWords: true, text: 'La caméra reste noire.', notes: [note] });
    expect(await openHelp(portal, claire.id)).toMatchObject({ taken: true, addedAt: portal.now() });
    expect((await typesOf(number)).at(-1)).toBe('help-added');
    // That something was added is told, and what it is to nobody.
    const sent = (await letters(portal)).filter(({ kind }) => kind === 'help-added');
    expect(sent.map(({ to }) => to)).toEqual([claire.address]);
    expect(JSON.stringify(sent)).not.toContain('perdu');

    portal.clock.advance(minutes(1));
    await noteCase(portal, karim, { case: number, note: 'Rappelée.' });
    expect(await lineOf()).toMatchObject({ newWords: false });
    expect((await findCaseFacts(portal, number))?.notes).toMatchObject([note, { by: { name: 'Karim Benali' }, from: null, topic: null }]);
    portal.clock.advance(minutes(1));
    await asks('Merci.');
    expect(await lineOf()).toMatchObject({ newWords: true });
    await giveBackCase(portal, karim, { case: number });
    portal.clock.advance(minutes(1));
    await takeCase(portal, ewa, { case: number });
    expect(await findCaseFacts(portal, number)).toMatchObject({ newWords: false });
    await closeCase(portal, ewa, { case: number, outcome: 'helped' });
    expect(await findCaseFacts(portal, number)).toMatchObject({ newWords: false });
  });

  test('ten clicks at once add one note; five a day are taken, and no secret', async () => {
    await asks('La caméra reste noire.');
    const notes = () => portal.store.db.select().from(portal.store.s.caseNotes);
    expect(await asks('La caméra reste noire.')).toMatchObject({ ok: true });
    expect(await notes()).toEqual([]);
    await Promise.all(Array.from({ length: 10 }, () => asks('Encore.')));
    expect(await notes()).toHaveLength(1);
    expect(await asks('mot de passe : quatre tortues')).toMatchObject({ problems: [{ code: 'looks-secret', field: 'text' }] });
    for (const text of ['Deux', 'Trois', 'Quatre', 'Cinq']) expect(await asks(text)).toMatchObject({ ok: true });
    expect(await asks('Six')).toMatchObject({ problems: [{ code: 'help-additions-limit', retryAt: portal.now() + hours(24) }] });
    expect(await notes()).toHaveLength(5);
    portal.clock.advance(hours(24));
    expect(await asks('Six')).toMatchObject({ ok: true });
  });

  test('SEC-79: that an agent looked is written down once in five minutes, for each agent', async () => {
    for (const agent of [karim, karim, ewa]) await seeAccount(portal, agent, claire.id, 'case');
    portal.clock.advance(minutes(5));
    await seeAccount(portal, karim, claire.id, 'search');
    // Pages behind the card: the agent came to them from wherever they came to the card.
    portal.clock.advance(minutes(5));
    for (const agent of [karim, ewa]) await seeAccount(portal, agent, claire.id, null);
    const seen = (await events(portal)).filter(({ type }) => type === 'account-seen');
    expect(seen.map(({ actor, accountId, data }) => [actor, accountId, data.from])).toEqual([
      [karim.agentId, claire.id, 'case'],
      [ewa.agentId, claire.id, 'case'],
      [karim.agentId, claire.id, 'search'],
      [karim.agentId, claire.id, 'search'],
      [ewa.agentId, claire.id, 'case'],
    ]);
  });

  test('who has proven nothing asks for nothing: a flow without a password, a reset without the mailbox', async () => {
    const input = { topic: 'no-mail', text: '' };
    expect(await askFromSignIn(portal, testFlow(portal), input)).toMatchObject({ problems: [{ code: 'expired-page' }] });
    expect(await askFromReset(portal, testReset(portal), input)).toMatchObject({ problems: [{ code: 'expired-page' }] });
    expect(await openHelp(portal, claire.id)).toBeNull();
    expect(await asks('', 'nothing of the list')).toMatchObject({ problems: [{ code: 'choose-one', field: 'topic' }] });
    expect(await asks('x'.repeat(501))).toMatchObject({ problems: [{ code: 'too-long', field: 'text' }] });
    expect(await asks('mot de passe : quatre tortues')).toMatchObject({ problems: [{ code: 'looks-secret', field: 'text' }] });
  });
});
