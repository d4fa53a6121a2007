// What agents did: their own acts, everybody's for leads, page by page, by name, and nothing that is nobody's act.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '#db/testing';
import { recordEvent } from '../audit/record-event.ts';
import { minutes } from '../duration.ts';
import { refuseAgent } from '../helpdesk/refuse-agent.ts';
import { type TestAccount, type TestPortal, testAccount, testAgent, testMember, testPortal } from '../portal.testing.ts';
import { searchAccounts } from '../search/search-accounts.ts';
import type { Agent } from '../visitor.ts';
import { actsOf, actsPerPage, agents } from './facts.ts';

describe.each(engines())('on $name', (engine) => {
  let portal: TestPortal;
  let karim: Agent;
  let ewa: Agent;
  let claire: TestAccount;
  beforeEach(async () => {
    portal = await testPortal({ store: await engine.open() });
    karim = await testAgent(portal);
    ewa = await testAgent(portal, 'lead-agent', 'ewa.nowak@inserm.fr');
    claire = await testAccount(portal);
  });
  afterEach(() => portal.close());

  const looks = (agent: Agent) =>
    portal.store.unit(claire.id, (tx) =>
      recordEvent(tx, portal.now(), agent, { type: 'account-seen', accountId: claire.id, data: { from: 'search' } }),
    );

  test('an agent’s own acts, with whom they were about and what was typed; nobody else’s', async () => {
    await searchAccounts(portal, karim, { q: 'martin', after: null });
    await looks(karim);
    await looks(ewa);
    const { acts, more } = await actsOf(portal, karim.agentId, null);
    expect(acts).toMatchObject([
      { type: 'account-seen', agent: 'Karim Benali', account: { id: claire.id, name: 'Claire Martin' } },
      { type: 'account-searched', agent: 'Karim Benali', account: null, details: { query: 'martin', found: 1 } },
    ]);
    expect(more).toBeNull();
  });

  test('a lead reads everybody’s, who was refused included; what people do to their own account is nobody’s act', async () => {
    await looks(karim);
    await looks(ewa);
    await refuseAgent(portal, testMember(claire.id), 'search');
    await portal.store.unit(claire.id, (tx) => recordEvent(tx, portal.now(), testMember(claire.id), { type: 'signed-out', accountId: claire.id }));
    const { acts } = await actsOf(portal, null, null);
    expect(acts.map(({ type, agent }) => [type, agent])).toEqual([
      ['helpdesk-refused', 'Claire Martin'],
      ['account-seen', 'Ewa Nowak'],
      ['account-seen', 'Karim Benali'],
    ]);
    expect((await agents(portal)).map(({ name }) => name)).toEqual(['Ewa Nowak', 'Karim Benali']);
  });

  test('SEC-79: whoever without a role knocks a hundred times is written down, and hides nobody’s acts', async () => {
    await looks(karim);
    for (let n = 0; n < 100; n++) await refuseAgent(portal, testMember(claire.id), 'search');
    const { acts, more } = await actsOf(portal, null, null);
    expect(acts.filter(({ type }) => type === 'helpdesk-refused')).toHaveLength(20);
    expect(acts.at(-1)).toMatchObject({ type: 'account-seen', agent: 'Karim Benali' });
    expect(more).toBeNull();
    portal.clock.advance(minutes(10));
    await refuseAgent(portal, testMember(claire.id), 'search');
    expect((await actsOf(portal, null, null)).acts.filter(({ type }) => type === 'helpdesk-refused')).toHaveLength(21);
  });

  test('page by page, each act once', async () => {
    for (let n = 0; n < actsPerPage + 3; n++) {
      await looks(n % 2 ? karim : ewa);
      if (n % 10 === 0) await searchAccounts(portal, karim, { q: `mot${n}`, after: null });
    }
    const first = await actsOf(portal, null, null);
    expect(first.acts).toHaveLength(actsPerPage);
    const second = await actsOf(portal, null, first.more);
    expect(second.more).toBeNull();
    const ids = [...first.acts, ...second.acts].map(({ id }) => id);
    expect(new Set(ids).size).toBe(actsPerPage + 3 + 6);
    expect(ids).toEqual([...ids].sort().reverse());
  });
});
