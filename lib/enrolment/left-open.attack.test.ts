// A browser in which the wizard was left open before the account's owner enrolled: somebody who knew the password and read the mailbox then.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setProof } from '#db/proofs';
import { events, type TestAccount, type TestPortal, testAccount, testApp, testMemberFlow, testPortal, totpCode } from '../portal.testing.ts';
import type { MemberFlow } from '../visitor.ts';
import { answerQuestions } from './answer-questions.ts';
import { mayFollowFactor } from './facts.ts';
import { installApp } from './install-app.ts';
import { saveRecoveryCodes } from './save-recovery-codes.ts';
import { scanCode } from './scan-code.ts';

let portal: TestPortal;
let claire: TestAccount;
let leftOpen: MemberFlow;
const sfa = 'https://refeds.org/profile/sfa';
const answers = {
  q1: 'school-not-attended',
  a1: 'Capitaine Patate',
  q2: 'driving-instructor',
  a2: 'Bérengère',
  q3: 'first-soft-toy',
  a3: 'Rocamadour',
  q4: 'school-trip',
  a4: 'Le Roi et l’Oiseau',
};
const expired = { ok: false, problems: [{ code: 'expired-page' }] };

beforeEach(async () => {
  portal = await testPortal();
  claire = await testAccount(portal);
  leftOpen = testMemberFlow(portal, { accountId: claire.id, acr: sfa });
});
afterEach(() => portal.close());

test('SEC-36, T6: is shown and given nothing beside a factor that the owner has proven elsewhere', async () => {
  await testApp(portal, claire.id);
  expect(await answerQuestions(portal, leftOpen, answers)).toEqual(expired);
  expect(await saveRecoveryCodes(portal, leftOpen, { kept: 'yes' })).toEqual(expired);
  for (const step of ['answer-questions', 'save-recovery-codes'] as const) expect(await mayFollowFactor(portal, leftOpen, step)).toBe(false);
  expect((await events(portal)).filter((event) => event.type === 'step-refused')).toHaveLength(2);
});

test('SEC-36: where the factor itself was proven in it, the wizard goes on', async () => {
  await installApp(portal, leftOpen, { app: 'other' });
  const row = (await portal.store.db.select().from(portal.store.s.pendingFactors))[0];
  if (!row) throw new Error('There is no pending factor.');
  const code = totpCode(portal.secrets.open(`factors:${row.id}`, row.secret), portal.now());
  expect(await scanCode(portal, leftOpen, { code })).toMatchObject({ ok: true });
  expect(await mayFollowFactor(portal, leftOpen, 'save-recovery-codes')).toBe(true);
  expect(await answerQuestions(portal, leftOpen, answers)).toMatchObject({ ok: true });
  expect(await saveRecoveryCodes(portal, leftOpen, { kept: 'yes' })).toMatchObject({ ok: true });
});

test('SEC-36: another person’s proof in the flow opens nothing', async () => {
  await testApp(portal, claire.id);
  const paul = await testAccount(portal, { address: 'paul.durand@inserm.fr', givenName: 'Paul', familyName: 'Durand' });
  const at = portal.now();
  await portal.store.unit(paul.id, (tx) => setProof(tx, { flow: leftOpen.uid, kind: 'totp', accountId: paul.id, factorId: null, at }));
  expect(await mayFollowFactor(portal, leftOpen, 'save-recovery-codes')).toBe(false);
});
