// In which language the helpdesk writes to a person: theirs, whatever the agent's browser speaks.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setAccountLanguage } from '#db/accounts';
import { engines } from '#db/testing';
import { countTry } from '../attempts/count-try.ts';
import { factorSubject } from '../attempts/rules.ts';
import type { Language } from '../language/language.ts';
import {
  letters,
  type TestAccount,
  type TestApp,
  type TestPortal,
  testAccount,
  testAgent,
  testApp,
  testFlow,
  testPortal,
  testRecoveryCodes,
  testVerifiedCaller,
} from '../portal.testing.ts';
import { randomToken } from '../secrets.ts';
import { checkPassword } from '../sign-in/check-password.ts';
import { finishSignIn } from '../sign-in/finish-sign-in.ts';
import { proveTotp } from '../sign-in/prove-totp.ts';
import type { Agent } from '../visitor.ts';
import { askRemoval } from './ask-removal.ts';
import { decideRemoval } from './decide-removal.ts';
import { freeze } from './freeze.ts';
import { givePass } from './give-pass.ts';
import { sendReset } from './send-reset.ts';
import { unfreeze } from './unfreeze.ts';
import { unlock } from './unlock.ts';
import { askCaller } from './verify-caller/ask-caller.ts';

const reason = 'Ticket 4711 : appel de la personne';

describe.each(engines())('on $name', ({ open }) => {
  let portal: TestPortal;
  let claire: TestAccount;
  let app: TestApp;
  let lead: Agent;
  let other: Agent;
  beforeEach(async () => {
    portal = await testPortal({ store: await open() });
    claire = await testAccount(portal);
    app = await testApp(portal, claire.id);
    await testApp(portal, claire.id, 'FreeOTP');
    await testRecoveryCodes(portal, claire.id);
    lead = await testAgent(portal, 'lead-agent');
    other = await testAgent(portal, 'lead-agent', 'nora.dupont@inserm.fr');
  });
  afterEach(() => portal.close());

  async function signsIn(language: Language): Promise<void> {
    const flow = testFlow(portal, { language });
    await checkPassword(portal, flow, claire);
    expect(await proveTotp(portal, flow, { code: app.code() })).toMatchObject({ ok: true });
    expect(await finishSignIn(portal, flow, `a browser that speaks ${language}`)).not.toBeNull();
    portal.clock.advance(30_000);
  }
  /** Every letter that the helpdesk's acts send, by kind. */
  async function everyLetter(): Promise<Map<string, string>> {
    const known = new Set((await letters(portal)).map(({ id }) => id));
    const account = claire.id;
    const input = { account, reason };
    const done = async (act: Promise<{ readonly ok: boolean }>) => expect(await act).toMatchObject({ ok: true });
    await done(askCaller(portal, lead, { account, method: 'email-code' }));
    await testVerifiedCaller(portal, lead, account);
    for (let n = 0; n < 4; n++)
      await portal.store.unit(account, (tx) => countTry(tx, factorSubject(app.id), portal.now(), portal.settings.policy.attempts));
    await done(unlock(portal, lead, input));
    await done(sendReset(portal, lead, input));
    await done(givePass(portal, lead, { ...input, once: randomToken(128) }));
    await done(askRemoval(portal, lead, { ...input, factor: app.id }));
    const [request] = await portal.store.db.select().from(portal.store.s.removalRequests);
    await done(decideRemoval(portal, other, { request: request?.id ?? '', decision: 'refuse' }));
    await done(freeze(portal, lead, input));
    await done(unfreeze(portal, lead, input));
    return new Map(
      (await letters(portal))
        .filter(({ id, to }) => to === claire.address && !known.has(id))
        .map(({ kind, subject, text }) => [kind, `${subject}\n${text}`]),
    );
  }
  const kinds = ['code', 'unlocked', 'reset-sent', 'pass-given', 'removal-asked', 'removal-not-done', 'account-frozen', 'account-unfrozen'];
  const isEnglish = (letter: string) => /\bthe\b|\byour\b/i.test(letter) && !/\bvous\b|\bvotre\b/i.test(letter);

  test('everything is in the language that the person chose', async () => {
    await portal.store.unit(claire.id, (tx) => setAccountLanguage(tx, claire.id, 'en'));
    await signsIn('fr');
    const sent = await everyLetter();
    expect([...sent.keys()].sort()).toEqual([...kinds].sort());
    for (const [kind, letter] of sent) expect(isEnglish(letter), kind).toBe(true);
  });

  test('of who never chose one, in that of their last sign-in', async () => {
    await signsIn('fr');
    await signsIn('en');
    for (const [kind, letter] of await everyLetter()) expect(isEnglish(letter), kind).toBe(true);
  });

  test('of who never signed in, in the institute’s', async () => {
    for (const [kind, letter] of await everyLetter()) expect(isEnglish(letter), kind).toBe(false);
  });
});
