// An agent finds people by any word of their name and by the beginning of their address; nobody's address is told, and every search is on record.
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setAccountIdentity } from '#db/accounts';
import { engines, plannedRows } from '#db/testing';
import { importAccounts } from '../accounts/import-accounts.ts';
import { setAccountStatus } from '../accounts/set-account-status.ts';
import { factorSubject } from '../attempts/rules.ts';
import { fillTerms } from '../operations/fill-terms.ts';
import {
  events,
  type TestPortal,
  testAccount,
  testAgent,
  testAnswers,
  testApp,
  testOperator,
  testPortal,
  testRecoveryCodes,
} from '../portal.testing.ts';
import type { Agent } from '../visitor.ts';
import { pageLength } from './facts.ts';
import { termsOf } from './rules.ts';
import { searchAccounts } from './search-accounts.ts';

const lines = async function* (people: readonly (readonly [string, string, string])[]) {
  let line = 1;
  for (const [givenName, familyName, address] of people) yield { line: line++, givenName, familyName, address, password: null };
};

describe.each(engines())('on $name', (engine) => {
  let portal: TestPortal;
  let agent: Agent;
  beforeEach(async () => {
    portal = await testPortal({ store: await engine.open() });
    agent = await testAgent(portal);
  });
  afterEach(() => portal.close());

  const search = async (q: string, after: string | null = null) => {
    const searched = await searchAccounts(portal, agent, { q, after });
    if (!searched.ok) throw new Error(searched.problems[0].code);
    return searched.value;
  };
  const names = async (q: string) => (await search(q)).accounts.map(({ name }) => name);
  const imported = (...people: (readonly [string, string, string])[]) => importAccounts(portal, testOperator(), lines(people));

  test('any word of a name or its beginning, in any order, with or without accents; one account once', async () => {
    await imported(
      ['Nadia', 'Lefèvre-Saïdi', 'nadia.lefevre-saidi@ext.inserm.fr'],
      ['Julien', 'Lefèvre', 'julien.lefevre@inserm.fr'],
      ['Agnès', 'Lefaucheux', 'agnes.lefaucheux@inserm.fr'],
      ['Lefa', 'Lefort', 'lefa.lefort@inserm.fr'],
      ['Anna', 'D’Angelo', 'anna.dangelo@inserm.fr'],
    );
    expect(await names('lef')).toEqual(['Agnès Lefaucheux', 'Julien Lefèvre', 'Nadia Lefèvre-Saïdi', 'Lefa Lefort']);
    expect(await names('LEFÈVRE')).toEqual(['Julien Lefèvre', 'Nadia Lefèvre-Saïdi']);
    for (const q of ['saïdi', 'Saidi nadia', 'nad lefe', 'lefevresaidi', 'lefèvre saïdi', 'lefevre-saidi nadia'])
      expect(await names(q), q).toEqual(['Nadia Lefèvre-Saïdi']);
    for (const q of ['dangelo', 'd’angelo', "d'Angelo anna", 'angelo']) expect(await names(q), q).toEqual(['Anna D’Angelo']);
    expect(await names('julien lefort')).toEqual([]);
    expect(await names('evre')).toEqual([]);
    for (const q of ['inserm', 'lef%', 'l_fevre', '%lef_']) expect((await names(q)).length, q).toBe(q === 'lef%' ? 4 : q === '%lef_' ? 4 : 0);
  });

  test('once people were imported, PostgreSQL knows how many words there are', async () => {
    await imported(['Nadia', 'Saïdi', 'n.saidi75@ext.inserm.fr'], ['Noé', 'Saïdi', 'noe.saidi@inserm.fr']);
    const words = (await portal.store.db.select().from(portal.store.s.accountTerms)).length;
    expect(await plannedRows(portal.store, 'account_terms')).toBe(engine.name === 'PostgreSQL' ? words : null);
  });

  test('the beginning of an address, and what stands before the @ in pieces', async () => {
    await imported(['Nadia', 'Saïdi', 'n.saidi75@ext.inserm.fr'], ['Noé', 'Saïdi', 'n.saidi@inserm.fr']);
    expect(await names('n.saidi7')).toEqual(['Nadia Saïdi']);
    expect(await names('N.Saidi75@')).toEqual(['Nadia Saïdi']);
    expect(await names('n.saidi@inserm.fr')).toEqual(['Noé Saïdi']);
    expect(await names('n.saidi@ext')).toEqual([]);
    expect((await search('saidi75')).accounts).toMatchObject([{ maskedAddress: 'n•••5@ext.inserm.fr', kind: 'external' }]);
  });

  test('SEC-73: nothing that is told of somebody names their address', async () => {
    await imported(...Array.from({ length: 50 }, (_, n) => ['Paul', 'Dupont', `qx${n}secret@inserm.fr`] as const));
    for (const q of ['dupont', 'qx', 'qx4', 'paul dupont', 'qx2s']) {
      const { accounts, more } = await search(q);
      expect(JSON.stringify(accounts)).not.toMatch(/secret/);
      expect(Buffer.from(more ?? '', 'base64url').toString('latin1')).not.toMatch(/secret|dupont/);
    }
  });

  test('pages: everybody once, whatever stands between two words that many share', async () => {
    const people = Array.from(
      { length: 700 },
      (_, n) => [n % 7 === 0 ? 'Ines' : 'Inès-Maria', n % 5 === 0 ? 'Marin Marie' : 'Marinier', `p${n}@inserm.fr`] as const,
    );
    await imported(...people);
    const all = async (q: string) => {
      const ids: string[] = [];
      let after: string | null = null;
      let pages = 0;
      do {
        const page: Awaited<ReturnType<typeof search>> = await search(q, after);
        expect(page.accounts.length).toBeLessThanOrEqual(pageLength);
        ids.push(...page.accounts.map(({ id }) => id));
        after = page.more;
        pages += 1;
      } while (after !== null && pages < 100);
      return ids;
    };
    for (const [q, n] of [
      ['mari', 700],
      ['ines mari', 700],
      ['maria marin', 600],
      ['ines marie', 140],
      ['p1', 111],
    ] as const) {
      const ids = await all(q);
      expect(new Set(ids).size, q).toBe(ids.length);
      expect(ids.length, q).toBe(n);
    }
    expect(await all('p69@')).toHaveLength(1);
    const first = await search('mari');
    expect((await search('ines', first.more)).accounts).toEqual((await search('ines')).accounts);
    for (const odd of ['', 'x', 'AAAA', '🙂', 'x'.repeat(10_000)]) expect((await search('mari', odd)).accounts).toEqual(first.accounts);
  });

  test('what a list tells: how far each has come, and what stands in their way', async () => {
    const person = (n: string) => testAccount(portal, { address: `z.${n}@inserm.fr`, givenName: 'Zoé', familyName: n });
    await person('anew');
    await testApp(portal, (await person('begun')).id);
    for (const n of ['finished', 'refused', 'frozen', 'off'] as const) {
      const { id, address } = await person(n);
      const app = await testApp(portal, id);
      await testAnswers(portal, id);
      await testRecoveryCodes(portal, id);
      const subject = factorSubject(app.id);
      const tries = { subject, failures: 100, dayFailures: 1, dayStartedAt: 0, waitUntil: 0, lastAt: 0 };
      if (n === 'refused') await portal.store.write(portal.store.db.insert(portal.store.s.attempts).values(tries));
      if (n === 'off') await setAccountStatus(portal, testOperator(), address, 'disabled');
      if (n === 'frozen')
        await portal.store.write(portal.store.db.update(portal.store.s.accounts).set({ status: 'frozen' }).where(eq(portal.store.s.accounts.id, id)));
    }
    const told = (await search('zoe')).accounts.map(({ name, progress, state }) => [name.slice(4), progress, state]);
    expect(told.map(([name, progress]) => [name, progress])).toEqual([
      ['anew', { kind: 'not-begun' }],
      ['begun', { kind: 'at-step', step: 3, of: 4 }],
      ['finished', { kind: 'finished' }],
      ['frozen', { kind: 'finished' }],
      ['off', { kind: 'finished' }],
      ['refused', { kind: 'finished' }],
    ]);
    expect(told.map(([, , state]) => state)).toEqual(['to-finish', 'to-finish', 'active', 'frozen', 'disabled', 'blocked']);
  });

  test('each search is on record, with what was typed and how many were found; what can’t be looked for is not', async () => {
    await imported(['Nadia', 'Saïdi', 'n.saidi75@ext.inserm.fr']);
    await search('  Saïdi ');
    await search('nobody here');
    for (const q of ['%', "'", '_', 'a', '🙂', '', 'a\0b', 'x'.repeat(10_000)])
      expect(await searchAccounts(portal, agent, { q, after: null }), q).toMatchObject({ ok: false });
    expect((await events(portal)).filter(({ type }) => type === 'account-searched')).toMatchObject([
      { accountId: null, actor: agent.agentId, data: { query: 'Saïdi', found: 1 } },
      { accountId: null, actor: agent.agentId, data: { query: 'nobody here', found: 0 } },
    ]);
  });

  test('who is renamed is found by the new name alone; who is from before the search is found once words are filled in', async () => {
    const { id, address } = await testAccount(portal, { address: 'zoe.avant@inserm.fr', givenName: 'Zoé', familyName: 'Avant' });
    const renamed = { directoryId: null, address, givenName: 'Zoé', familyName: 'Après', kind: 'internal' as const, affiliations: [] };
    await portal.store.unit(id, (tx) => setAccountIdentity(tx, id, renamed, termsOf({ ...renamed, address: 'zoe@inserm.fr' })));
    expect(await names('avant')).toEqual([]);
    expect(await names('apres')).toEqual(['Zoé Après']);
    const { store } = portal;
    await store.write(store.db.delete(store.s.accountTerms));
    expect(await names('apres')).toEqual([]);
    let filled = 0;
    for (let after: string | null = ''; after !== null; ) {
      const step: Awaited<ReturnType<typeof fillTerms>> = await fillTerms(portal, after);
      filled += step.filled;
      after = step.last;
    }
    expect(filled).toBe(2);
    expect(await names('apres')).toEqual(['Zoé Après']);
    expect(await fillTerms(portal, '')).toMatchObject({ filled: 0 });
  });
});
