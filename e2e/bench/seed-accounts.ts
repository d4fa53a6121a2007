// Makes the accounts that a measure plays with, by the product's own acts. A process of its own: arguments are a plan and the file to write.
import { writeFileSync } from 'node:fs';
import { generateSync } from 'otplib';
import { createAccount } from '#lib/accounts/create-account';
import { setAccountStatus } from '#lib/accounts/set-account-status';
import { giveConsent } from '#lib/consent/give-consent';
import { seconds } from '#lib/duration';
import { answerQuestions } from '#lib/enrolment/answer-questions';
import { pendingTotp } from '#lib/enrolment/facts';
import { installApp } from '#lib/enrolment/install-app';
import { saveRecoveryCodes } from '#lib/enrolment/save-recovery-codes';
import { scanCode } from '#lib/enrolment/scan-code';
import { addPhone, pairPhone } from '#lib/factors/add-phone';
import { claimPairing, finishPairing } from '#lib/factors/phone/pairing';
import { finishing, pixel, testKey, testPin, testProven, ticketOf } from '#lib/factors/phone/phone.testing';
import { openPortal, type Portal } from '#lib/portal';
import { testMemberFlow, testOperator } from '#lib/portal.testing';
import type { Result } from '#lib/result';
import { randomToken } from '#lib/secrets';
import type { KeptPhone } from '../phone-services/phone-device.ts';
import type { SeededAccount, SeedPlan } from './seed-plan.ts';

const expectDone = <Value>(result: Result<Value>): Value => {
  if (result.ok) return result.value;
  throw new Error(`Seeding: ${result.problems.map((p) => p.code).join(', ')}`);
};

async function enrol(portal: Portal, accountId: string, plan: SeedPlan): Promise<string> {
  const flow = testMemberFlow(portal, { accountId, uid: randomToken(128), application: plan.application });
  expectDone(await installApp(portal, flow, { app: 'other' }));
  const pending = await pendingTotp(portal, flow);
  if (!pending) throw new Error('Seeding: no key to scan.');
  const key = pending.key.replace(/\s/g, '');
  // The step before the current one, so that the current code is still good; again when the step changed meanwhile.
  const prove = () => scanCode(portal, flow, { code: generateSync({ secret: key, epoch: Math.floor((portal.now() - seconds(30)) / 1000) }) });
  const proven = await prove();
  if (!proven.ok) expectDone(await prove());
  const answers = { a1: 'Capitaine Patate', a2: 'Bérengère', a3: 'Rocamadour', a4: 'Le Roi et l’Oiseau' };
  const questions = { q1: 'first-soft-toy', q2: 'driving-instructor', q3: 'school-trip', q4: 'first-film' };
  expectDone(await answerQuestions(portal, flow, { ...questions, ...answers }));
  expectDone(await saveRecoveryCodes(portal, flow, { kept: 'yes' }));
  const consent = testMemberFlow(portal, { accountId, prompt: 'consent', application: plan.application });
  await giveConsent(portal, consent, [...plan.scopes]);
  return key;
}

async function pair(portal: Portal, accountId: string): Promise<KeptPhone> {
  const member = testProven(portal, accountId);
  expectDone(await pairPhone(portal, member));
  const claimed = expectDone(await claimPairing(portal, pixel, { ticket: await ticketOf(portal, accountId) }));
  const made = testKey();
  expectDone(await finishPairing(portal, pixel, finishing(portal, claimed, made, 'pin', { subscription: null }).sent));
  const { factorId } = claimed;
  expectDone(await addPhone(portal, member, { factor: factorId }));
  return { factorId, key: made.jwk, pin: testPin };
}

const plan = JSON.parse(process.argv[2] ?? '') as SeedPlan;
const portal = await openPortal();
const accounts: SeededAccount[] = [];
for (const [state, count] of Object.entries(plan.counts) as [SeededAccount['state'], number][]) {
  for (let n = 0; n < count; n++) {
    // Addresses of one length: pages that show what was typed stay as long.
    const address = `${state.slice(0, 4)}.${String(n).padStart(5, '0')}@inserm.fr`;
    const password = `trois lampes vertes ${randomToken(48)}`;
    const made = expectDone(await createAccount(portal, testOperator('bench'), { address, givenName: 'Dominique', familyName: 'Mesure', password }));
    const key = state === 'enrolled' || state === 'phone' ? await enrol(portal, made.id, plan) : null;
    const phone = state === 'phone' ? await pair(portal, made.id) : null;
    if (state === 'disabled') expectDone(await setAccountStatus(portal, testOperator('bench'), address, 'disabled'));
    accounts.push({ state, address, password, key, phone });
  }
}
await portal.close();
writeFileSync(process.argv[3] ?? '', JSON.stringify(accounts));
