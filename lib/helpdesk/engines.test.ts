// What happens once however often it is sent at the same moment, on both engines.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listFactors } from '#db/factors';
import { engines } from '#db/testing';
import { type LostPhoneWorld, lostPhoneWorld } from '../lost-phone/lost-phone.testing.ts';
import { events, testAgent, testApp, testVerifiedCaller } from '../portal.testing.ts';
import { randomToken } from '../secrets.ts';
import type { Agent } from '../visitor.ts';
import { openRemovals } from './acts/facts.ts';
import { askRemoval } from './ask-removal.ts';
import { decideRemoval } from './decide-removal.ts';
import { freeze } from './freeze.ts';
import { givePass } from './give-pass.ts';
import { sendReset } from './send-reset.ts';
import { unfreeze } from './unfreeze.ts';

describe.each(engines())('$name', (engine) => {
  let world: LostPhoneWorld;
  let karim: Agent;
  let nora: Agent;
  beforeEach(async () => {
    world = await lostPhoneWorld(0, { store: await engine.open() });
    karim = await testAgent(world.portal);
    nora = await testAgent(world.portal, 'agent', 'nora.diallo@inserm.fr');
    for (const agent of [karim, nora]) await testVerifiedCaller(world.portal, agent, world.claire.id);
  });
  afterEach(() => world.portal.close());

  const reason = 'Ticket 4711';
  const won = (answers: readonly { readonly ok: boolean }[]) => answers.filter(({ ok }) => ok).length;
  const count = async (type: string) => (await events(world.portal)).filter((event) => event.type === type).length;

  test('one form, five clicks: one pass, one reset, one freezing, one opening', async () => {
    const { portal, claire } = world;
    const account = claire.id;
    const once = randomToken(128);
    const five = <Value>(act: () => Promise<Value>) => Promise.all(Array.from({ length: 5 }, act));
    expect(won(await five(() => givePass(portal, karim, { account, reason, once })))).toBe(1);
    expect(await count('pass-given')).toBe(1);
    expect(won(await five(() => sendReset(portal, nora, { account, reason })))).toBe(0);
    expect(won(await five(() => freeze(portal, karim, { account, reason })))).toBe(1);
    expect(won(await five(() => unfreeze(portal, karim, { account, reason })))).toBe(1);
    expect([await count('account-frozen'), await count('account-unfrozen')]).toEqual([1, 1]);
  });

  test('SEC-80: two agents who each give a pass at once: the later one is the only one that works', async () => {
    const { portal, claire } = world;
    await Promise.all([karim, nora].map((agent) => givePass(portal, agent, { account: claire.id, reason, once: randomToken(128) })));
    const rows = await portal.store.db.select().from(portal.store.s.passes);
    expect(rows.filter(({ expiresAt }) => expiresAt > portal.now())).toHaveLength(1);
  });

  test('SEC-80: approved, refused and taken back at once: one of them', async () => {
    const { portal, claire } = world;
    const extra = await testApp(portal, claire.id, 'Aegis');
    expect(await askRemoval(portal, karim, { account: claire.id, reason, factor: extra.id })).toMatchObject({ ok: true });
    const request = (await openRemovals(portal, nora))[0]?.id ?? '';
    const answers = await Promise.all([
      decideRemoval(portal, karim, { request, decision: 'withdraw' }),
      decideRemoval(portal, nora, { request, decision: 'approve' }),
      decideRemoval(portal, nora, { request, decision: 'approve' }),
      decideRemoval(portal, nora, { request, decision: 'refuse' }),
    ]);
    expect(won(answers)).toBe(1);
    expect(await count('removal-decided')).toBe(1);
    const gone = (await portal.store.read((tx) => listFactors(tx, claire.id))).every(({ id }) => id !== extra.id);
    expect(gone).toBe((await count('factor-removed')) === 1);
  });
});
