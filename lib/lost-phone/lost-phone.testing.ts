// Somebody who has lost their phone, for tests: signed in as far as the password, and walked along each way.
import { expect } from 'vitest';
import { findAccountByAddress } from '#db/accounts';
import { insertPass } from '#db/passes';
import { hours } from '../duration.ts';
import { newId } from '../ids.ts';
import { newPass, passHash, passLifetime } from '../passes/rules.ts';
import {
  lastCode,
  rightAnswers,
  type TestAccount,
  type TestApp,
  type TestPortal,
  type TestPortalOptions,
  testAccount,
  testAgent,
  testAnswers,
  testApp,
  testFlow,
  testMemberFlow,
  testPortal,
  testRecoveryCodes,
} from '../portal.testing.ts';
import type { Portal } from '../portal.ts';
import { reEnrolmentAcr } from '../sign-in/assurance.ts';
import { checkPassword } from '../sign-in/check-password.ts';
import type { Flow, MemberFlow } from '../visitor.ts';
import { answerQuestions } from './answer-questions.ts';
import { chooseProof } from './choose-proof.ts';
import { proveEmailCode } from './prove-email-code.ts';
import { proveRecoveryCode } from './prove-recovery-code.ts';
import { redeemPass } from './redeem-pass.ts';
import { sayWhatHappened } from './say-what-happened.ts';
import type { Happening, LostPhoneWay } from './steps.ts';

const issuer = 'une.collegue@inserm.fr';

/** The colleague who gives them: made at the first one, or before. */
export async function testIssuer(portal: Portal): Promise<string> {
  const colleague = await portal.store.read((tx) => findAccountByAddress(tx, issuer));
  return colleague?.id ?? (await testAgent(portal, 'agent', issuer)).agentId;
}

/** A pass given to this account, as an agent of the helpdesk would. */
export async function testPass(portal: Portal, accountId: string): Promise<string> {
  const issuedBy = await testIssuer(portal);
  const pass = newPass();
  const now = portal.now();
  const row = {
    id: newId(),
    accountId,
    hash: passHash(portal.secrets, accountId, pass),
    issuedBy,
    createdAt: now,
    expiresAt: now + passLifetime,
    usedAt: null,
  };
  await portal.store.unit(accountId, (tx) => insertPass(tx, row));
  return pass;
}

export interface LostPhoneWorld {
  readonly portal: TestPortal;
  readonly claire: TestAccount;
  /** The app on the phone that is gone. */
  readonly app: TestApp;
  readonly recoveryCodes: string[];
}

/** Claire has an app, recovery codes and four answers. @param wait hours between the answers and a new factor */
export async function lostPhoneWorld(wait = 0, options: TestPortalOptions = {}): Promise<LostPhoneWorld> {
  const portal = await testPortal({ ...options, settings: { lostPhone: { wait }, ...options.settings } });
  const claire = await testAccount(portal);
  const app = await testApp(portal, claire.id);
  const recoveryCodes = await testRecoveryCodes(portal, claire.id);
  await testAnswers(portal, claire.id);
  return { portal, claire, app, recoveryCodes };
}

const ok = { ok: true };

/** @returns a flow in which the password was given */
export async function withPassword({ portal, claire }: LostPhoneWorld, flow: Flow = testFlow(portal)): Promise<Flow> {
  expect(await checkPassword(portal, flow, claire)).toMatchObject(ok);
  return flow;
}

/** … and it was said what happened. */
export async function havingSaid(world: LostPhoneWorld, happened: Happening = 'lost', flow?: Flow): Promise<Flow> {
  const at = await withPassword(world, flow);
  expect(await sayWhatHappened(world.portal, at, { happened })).toMatchObject(ok);
  return at;
}

/** … and the code sent to the mailbox came back. */
export async function withMailbox(world: LostPhoneWorld, happened: Happening = 'lost', flow?: Flow): Promise<Flow> {
  const { portal, claire } = world;
  const at = await havingSaid(world, happened, flow);
  expect(await chooseProof(portal, at, { proof: 'answers' })).toEqual({ ok: true, value: 'email-code' });
  expect(await proveEmailCode(portal, at, { code: await lastCode(portal, claire.address) })).toMatchObject(ok);
  return at;
}

/** … and everything that this way asks for was proven. */
export async function proven(world: LostPhoneWorld, way: LostPhoneWay, happened: Happening = 'lost', flow?: Flow): Promise<Flow> {
  const { portal, claire, recoveryCodes } = world;
  if (way === 'answers') {
    const at = await withMailbox(world, happened, flow);
    expect(await answerQuestions(portal, at, rightAnswers)).toMatchObject(ok);
    return at;
  }
  const at = await havingSaid(world, happened, flow);
  if (way === 'pass') expect(await redeemPass(portal, at, { code: await testPass(portal, claire.id) })).toMatchObject(ok);
  else expect(await proveRecoveryCode(portal, at, { code: recoveryCodes.shift() ?? '' })).toMatchObject(ok);
  return at;
}

/** The wizard in a session that may only replace the phone. */
export const replacingFlow = (
  { portal, claire }: LostPhoneWorld,
  facts: { readonly uid?: string; readonly session?: string | null } = {},
): MemberFlow => ({
  ...testMemberFlow(portal, { accountId: claire.id, ...(facts.uid && { uid: facts.uid }) }),
  acr: reEnrolmentAcr,
  session: facts.session ?? null,
});

/** A day and a bit: longer than any sending limit. */
export const later = hours(25);
