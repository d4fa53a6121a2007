// A frozen account is refused at the next request, by every way in and in the middle of each; and a sign-in page does not say so.
import * as client from 'openid-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deleteFactor } from '#db/factors';
import { findAccount } from '../accounts/facts.ts';
import { freezeLeavers } from '../accounts/freeze-leavers.ts';
import { setAccountStatus } from '../accounts/set-account-status.ts';
import { giveConsent } from '../consent/give-consent.ts';
import { addPasskey, askNewPasskey } from '../enrolment/add-passkey.ts';
import { installApp } from '../enrolment/install-app.ts';
import { scanCode } from '../enrolment/scan-code.ts';
import { testAuthenticator } from '../factors/passkey/authenticator.testing.ts';
import { pairedPhone } from '../factors/phone/phone.testing.ts';
import { finishLostPhone } from '../lost-phone/finish-lost-phone.ts';
import { havingSaid, type LostPhoneWorld, lostPhoneWorld, proven, replacingFlow, testPass } from '../lost-phone/lost-phone.testing.ts';
import { redeemPass } from '../lost-phone/redeem-pass.ts';
import { sayWhatHappened } from '../lost-phone/say-what-happened.ts';
import { endWorld, enrolledAccount, type ProviderWorld, providerWorld } from '../oidc/provider.testing.ts';
import { choosePassword } from '../password-reset/choose-password.ts';
import { resetFacts } from '../password-reset/facts.ts';
import { beginning, fitPassword, withAnswers } from '../password-reset/reset.testing.ts';
import { startReset } from '../password-reset/start-reset.ts';
import {
  letters,
  type TestAccount,
  type TestPortal,
  testAccount,
  testAgent,
  testFlow,
  testMemberFlow,
  testOperator,
  testReset,
  testSession,
  testVerifiedCaller,
} from '../portal.testing.ts';
import type { Portal } from '../portal.ts';
import { openReEnrolmentOf } from '../re-enrolment/facts.ts';
import { findPortalSession } from '../sessions/facts.ts';
import { readOpenSessions } from '../sessions/open-sessions.ts';
import { checkPassword } from '../sign-in/check-password.ts';
import { signInFacts } from '../sign-in/facts.ts';
import { finishSignIn } from '../sign-in/finish-sign-in.ts';
import { proveTotp } from '../sign-in/prove-totp.ts';
import { askForAnyPasskey, signInWithPasskey } from '../sign-in/sign-in-with-passkey.ts';
import type { Agent } from '../visitor.ts';
import { endSessions } from './end-sessions.ts';
import { freeze } from './freeze.ts';
import { givePass } from './give-pass.ts';
import { sendReset } from './send-reset.ts';
import { unfreeze } from './unfreeze.ts';

const ok = { ok: true };
const no = { ok: false };

async function freezes(portal: Portal, account: string): Promise<Agent> {
  const lea = await testAgent(portal, 'lead-agent', 'lea.chef@inserm.fr');
  await testVerifiedCaller(portal, lea, account);
  expect(await freeze(portal, lea, { account, reason: 'Alerte de la sécurité' })).toMatchObject(ok);
  return lea;
}

describe('SEC-43, SEC-76: a frozen account', () => {
  let world: LostPhoneWorld;
  let portal: TestPortal;
  let claire: TestAccount;
  beforeEach(async () => {
    world = await lostPhoneWorld();
    ({ portal, claire } = world);
  });
  afterEach(() => portal.close());

  test('SEC-07: its right password is answered like an unknown address, and no letter says that it is frozen', async () => {
    await freezes(portal, claire.id);
    const { length } = await letters(portal);
    const frozen = await checkPassword(portal, testFlow(portal), claire);
    const unknown = await checkPassword(portal, testFlow(portal), { address: 'no.body@inserm.fr', password: claire.password });
    expect(frozen).toEqual(unknown);
    expect(await letters(portal)).toHaveLength(length);
  });

  test('a sign-in that stands at the second factor goes no further', async () => {
    const flow = testFlow(portal);
    expect(await checkPassword(portal, flow, claire)).toMatchObject(ok);
    await freezes(portal, claire.id);
    expect(await proveTotp(portal, flow, { code: world.app.code() })).toMatchObject({ problems: [{ code: 'expired-page' }] });
    expect(await signInFacts(portal, flow)).toMatchObject({ accountId: null });
  });

  test('a sign-in that has everything, and was not finished, is not', async () => {
    const flow = testFlow(portal);
    expect(await checkPassword(portal, flow, claire)).toMatchObject(ok);
    expect(await proveTotp(portal, flow, { code: world.app.code() })).toMatchObject(ok);
    await freezes(portal, claire.id);
    expect(await finishSignIn(portal, flow, 'b')).toBeNull();
  });

  test('its passkey is unknown', async () => {
    const jean = await testAccount(portal, { address: 'jean.petit@inserm.fr' });
    const flow = testMemberFlow(portal, { accountId: jean.id });
    expect(await installApp(portal, flow, { app: 'passkey' })).toMatchObject(ok);
    const key = testAuthenticator(portal.settings.origin, {});
    const question = await askNewPasskey(portal, flow);
    if (!question.ok) throw new Error('No question');
    expect(await addPasskey(portal, flow, { credential: key.register(question.value) })).toMatchObject(ok);
    await freezes(portal, jean.id);
    const place = testFlow(portal);
    const asked = await askForAnyPasskey(portal, place);
    if (!asked.ok) throw new Error('No question');
    expect(await signInWithPasskey(portal, place, { credential: key.prove(asked.value) })).toMatchObject({ problems: [{ code: 'passkey-unknown' }] });
  });

  test('a password reset is begun as for an unknown address, without a letter; one under way ends', async () => {
    const underWay = await withAnswers(portal, claire);
    await freezes(portal, claire.id);
    expect(await choosePassword(portal, underWay, { password: fitPassword })).toMatchObject({ problems: [{ code: 'expired-page' }] });
    const { length } = await letters(portal);
    const reset = testReset(portal);
    expect(await startReset(portal, reset, beginning, { address: claire.address })).toMatchObject(ok);
    expect((await letters(portal)).slice(length).filter(({ accountId }) => accountId === claire.id)).toEqual([]);
    expect(await resetFacts(portal, reset)).toMatchObject({ mailboxProven: false, person: null });
  });

  test('the way of a lost phone is closed, at its beginning, at the pass, and after it', async () => {
    const said = await havingSaid(world);
    const pass = await testPass(portal, claire.id);
    const begun = testFlow(portal);
    expect(await checkPassword(portal, begun, claire)).toMatchObject(ok);
    const opened = await proven(world, 'recovery-code');
    const lea = await freezes(portal, claire.id);
    expect(await sayWhatHappened(portal, begun, { happened: 'lost' })).toMatchObject(no);
    expect(await redeemPass(portal, said, { code: pass })).toMatchObject({ problems: [{ code: 'expired-page' }] });
    expect(await finishLostPhone(portal, opened)).toBeNull();
    expect(await openReEnrolmentOf(portal, claire.id)).toBeNull();
    expect(await installApp(portal, replacingFlow(world), { app: 'Google Authenticator' })).toMatchObject(no);
    // Nor do they go on where they were, once it is opened again.
    expect(await unfreeze(portal, lea, { account: claire.id, reason: 'C’était bien elle' })).toMatchObject(ok);
    expect(await redeemPass(portal, said, { code: pass })).toMatchObject({ problems: [{ code: 'expired-page' }] });
    expect(await redeemPass(portal, await havingSaid(world), { code: pass })).toMatchObject({ problems: [{ code: 'pass-expired' }] });
    expect(await openReEnrolmentOf(portal, claire.id)).toBeNull();
  });

  test('its session of the portal is none, and stays none when it is opened again', async () => {
    await testSession(portal, claire.id, 'hers');
    expect(await findPortalSession(portal, 'hers')).not.toBeNull();
    const lea = await freezes(portal, claire.id);
    expect(await findPortalSession(portal, 'hers')).toBeNull();
    expect(await unfreeze(portal, lea, { account: claire.id, reason: 'C’était bien elle' })).toMatchObject(ok);
    expect(await findPortalSession(portal, 'hers')).toBeNull();
  });

  test('its telephone’s calls are refused', async () => {
    const phone = await pairedPhone(portal, claire.id, 'pin');
    expect(await phone.verify(phone.request())).toMatchObject(ok);
    await freezes(portal, claire.id);
    expect(await phone.verify(phone.request())).toMatchObject({ problems: [{ code: 'phone-locked' }] });
  });

  test('the wizard in the middle, and the sharing of information, go no further', async () => {
    await portal.store.unit(claire.id, (tx) => deleteFactor(tx, claire.id, world.app.id));
    const flow = testMemberFlow(portal, { accountId: claire.id });
    expect(await installApp(portal, flow, { app: 'Google Authenticator' })).toMatchObject(ok);
    await freezes(portal, claire.id);
    expect(await scanCode(portal, flow, { code: '123456' })).toMatchObject({ problems: [{ code: 'expired-page' }] });
    expect(await installApp(portal, flow, { app: 'Google Authenticator' })).toMatchObject({ problems: [{ code: 'expired-page' }] });
    const consent = testMemberFlow(portal, { accountId: claire.id, prompt: 'consent' });
    expect(await giveConsent(portal, consent, ['openid'])).toMatchObject({ problems: [{ code: 'expired-page' }] });
  });

  test('an operator closes it for good, and the check of leavers does: the helpdesk does not open that', async () => {
    const lea = await freezes(portal, claire.id);
    expect(await setAccountStatus(portal, testOperator(), claire.address, 'disabled')).toMatchObject({ value: { changed: true } });
    await testVerifiedCaller(portal, lea, claire.id);
    expect(await unfreeze(portal, lea, { account: claire.id, reason: 'Elle insiste' })).toMatchObject({ problems: [{ code: 'account-disabled' }] });
    expect(await setAccountStatus(portal, testOperator(), claire.address, 'active')).toMatchObject({ value: { changed: true } });
    expect(await freeze(portal, lea, { account: claire.id, reason: 'De nouveau' })).toMatchObject(ok);
    const emptied = { ...portal, directory: { ...portal.directory, stillThere: async () => false } };
    expect(await freezeLeavers(emptied, testOperator(), { atMost: 10, readOnly: false })).toMatchObject({ outcome: 'frozen' });
    expect(await findAccount(portal, claire.id)).toMatchObject({ status: 'disabled' });
  });

  test('SEC-75: what it was given before it was disabled is not given back with it', async () => {
    const pass = await testPass(portal, claire.id);
    for (const status of ['disabled', 'active'] as const) await setAccountStatus(portal, testOperator(), claire.address, status);
    expect(await redeemPass(portal, await havingSaid(world), { code: pass })).toMatchObject({ problems: [{ code: 'pass-expired' }] });
  });

  test('SEC-75: whom an agent believed to have on the line before it was disabled is made sure of again after it', async () => {
    const karim = await testAgent(portal);
    await testVerifiedCaller(portal, karim, claire.id);
    for (const status of ['disabled', 'active'] as const) await setAccountStatus(portal, testOperator(), claire.address, status);
    const input = { account: claire.id, reason: 'Elle insiste', once: 'A'.repeat(22) };
    expect(await givePass(portal, karim, input)).toMatchObject({ problems: [{ code: 'caller-not-verified' }] });
  });

  test('nobody gives it a pass or a reset meanwhile', async () => {
    const lea = await freezes(portal, claire.id);
    const input = { account: claire.id, reason: 'Elle insiste' };
    expect(await givePass(portal, lea, { ...input, once: 'A'.repeat(22) })).toMatchObject({ problems: [{ code: 'account-closed' }] });
    expect(await sendReset(portal, lea, input)).toMatchObject({ problems: [{ code: 'account-closed' }] });
  });
});

describe('SEC-43, SEC-77: at the provider', () => {
  let world: ProviderWorld;
  let claire: TestAccount;
  beforeEach(async () => {
    world = await providerWorld();
    claire = await enrolledAccount(world);
  });
  afterEach(() => endWorld(world));

  test('a frozen account’s tokens are worth nothing, its session signs nobody in, and applications were told', async () => {
    const browser = world.browser();
    const { tokens } = await world.signIn(browser, claire, 'cloud', { scope: 'openid offline_access', prompt: 'consent' });
    const me = () => world.call('/me', { headers: { authorization: `Bearer ${tokens.access_token}` } });
    expect((await me()).status).toBe(200);
    await freezes(world.portal, claire.id);
    expect((await me()).status).toBe(401);
    await expect(client.refreshTokenGrant(await world.application('cloud'), tokens.refresh_token ?? '')).rejects.toThrow();
    const { url } = await browser.open((await world.ask('cloud', { prompt: 'none' })).url);
    expect(url.searchParams.get('error')).toBe('login_required');
    expect(world.told.map((call) => call.url)).toEqual(['https://cloud.example/backchannel']);
  });

  test.each(['by an operator', 'by the check of leavers'])(
    'closed %s, and opened again: its tokens and its session stay dead, applications were told',
    async (by) => {
      const { portal } = world;
      const browser = world.browser();
      const { tokens } = await world.signIn(browser, claire, 'cloud', { scope: 'openid offline_access', prompt: 'consent' });
      const emptied = {
        ...portal,
        directory: { ...portal.directory, stillThere: async ({ address }: { address: string }) => address !== claire.address },
      };
      if (by === 'by an operator') expect(await setAccountStatus(portal, testOperator(), claire.address, 'disabled')).toMatchObject(ok);
      else expect(await freezeLeavers(emptied, testOperator(), { atMost: 1, readOnly: false })).toMatchObject({ outcome: 'frozen' });
      expect(await setAccountStatus(portal, testOperator(), claire.address, 'active')).toMatchObject(ok);
      expect((await world.call('/me', { headers: { authorization: `Bearer ${tokens.access_token}` } })).status).toBe(401);
      await expect(client.refreshTokenGrant(await world.application('cloud'), tokens.refresh_token ?? '')).rejects.toThrow();
      const { url } = await browser.open((await world.ask('cloud', { prompt: 'none' })).url);
      expect(url.searchParams.get('error')).toBe('login_required');
      expect(world.told.map((call) => call.url)).toEqual(['https://cloud.example/backchannel']);
    },
  );

  test('a code that an application has not fetched yet is worth nothing', async () => {
    const browser = world.browser();
    const request = await world.ask('share');
    const stop = await browser.arrive(request.url, claire);
    await freezes(world.portal, claire.id);
    await expect(world.exchange('share', request, stop.url)).rejects.toThrow();
  });

  test('an agent ends one session, or all: others go on, applications are told', async () => {
    const { portal } = world;
    const karim = await testAgent(portal);
    await testVerifiedCaller(portal, karim, claire.id);
    const [here, there] = [world.browser(), world.browser()];
    await world.signIn(here, claire, 'share');
    await world.signIn(there, claire, 'cloud');
    const sessions = await portal.store.read((tx) => readOpenSessions(portal, tx, claire.id));
    const atShare = sessions.find(({ applications }) => applications.some(({ applicationId }) => applicationId === 'share'))?.id ?? '';
    const signedIn = async (browser: typeof here) =>
      (await browser.open((await world.ask('share', { prompt: 'none' })).url)).url.searchParams.get('error') !== 'login_required';
    const input = { account: claire.id, reason: 'Ordinateur laissé ouvert' };
    expect(await endSessions(portal, karim, { ...input, session: atShare })).toMatchObject(ok);
    expect([await signedIn(here), await signedIn(there)]).toEqual([false, true]);
    expect(world.told.map((call) => call.url)).toEqual(['https://share.example/backchannel']);
    expect(await endSessions(portal, karim, { ...input, session: atShare })).toMatchObject({ problems: [{ code: 'no-session' }] });
    expect(await endSessions(portal, karim, { ...input, session: 'all' })).toMatchObject(ok);
    expect(await signedIn(there)).toBe(false);
  });
});
