// SEC-47, decision 0018: a session that may only replace a lost phone. Every application refuses it, whatever is asked and however.
import * as client from 'openid-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cancelReEnrolments, insertReEnrolment } from '#db/re-enrolments';
import { portalApplicationId } from '../applications/facts.ts';
import { hours, minutes } from '../duration.ts';
import { installApp } from '../enrolment/install-app.ts';
import { scanCode } from '../enrolment/scan-code.ts';
import { pendingKey } from '../enrolment/swap.testing.ts';
import { newId } from '../ids.ts';
import { type TestAccount, testMemberFlow, totpCode } from '../portal.testing.ts';
import { openReEnrolmentOf } from '../re-enrolment/facts.ts';
import { reEnrolmentAcr } from '../sign-in/assurance.ts';
import type { MemberFlow } from '../visitor.ts';
import {
  endWorld,
  enrolledAccount,
  mfa,
  type ProviderWorld,
  providerWorld,
  type Stop,
  sfa,
  type TestBrowser,
  testApplications,
  uidOf,
} from './provider.testing.ts';

let world: ProviderWorld;
let claire: TestAccount;
let browser: TestBrowser;

beforeEach(async () => {
  world = await providerWorld();
  claire = await enrolledAccount(world);
  browser = world.browser();
});
afterEach(() => endWorld(world));

const open = async (stolen = false) => {
  const { store, now } = world.portal;
  const at = now();
  const row = { id: newId(), accountId: claire.id, openedBy: 'pass' as const, stolen, openedAt: at, notBefore: at, expiresAt: at + hours(1) };
  await store.unit(claire.id, (tx) => insertReEnrolment(tx, { ...row, reminderId: null, cancelledAt: null, finishedAt: null }));
};
const restricted = () => {
  const ts = Math.floor(world.portal.now() / 1000);
  return { login: { accountId: claire.id, acr: reEnrolmentAcr, amr: ['pwd'], ts, remember: false } };
};
const isAt = (stop: Stop, prompt: 'sign-in' | 'enrol' | 'consent') => {
  expect(stop.url.origin).toBe(world.portal.settings.origin);
  expect(stop.url.pathname.split('/')[1]).toBe(prompt);
};
/** A browser that stands in the wizard, in such a session. */
async function begin(id = 'biblio', more: Record<string, string | undefined> = {}): Promise<Stop> {
  await open();
  const request = await world.ask(id, more);
  const stop = await browser.answer(await browser.open(request.url), 'login', restricted());
  isAt(stop, 'enrol');
  return stop;
}
const wizard = async (stop: Stop): Promise<MemberFlow> => {
  const details = await browser.details(stop);
  if (!details.ok) throw new Error(details.problems[0].code);
  expect(details.value).toMatchObject({ prompt: 'enrol', accountId: claire.id, acr: reEnrolmentAcr });
  const { session } = details.value;
  return { ...testMemberFlow(world.portal, { uid: uidOf(stop), accountId: claire.id }), acr: reEnrolmentAcr, session };
};

const ids = testApplications.map(({ id }) => id);
const askedFor: Record<string, Record<string, string>> = {
  nothing: {},
  'one factor': { acr_values: sfa },
  'two factors': { acr_values: mfa },
  'our own word': { acr_values: reEnrolmentAcr },
  'our own word, insisting': { claims: JSON.stringify({ id_token: { acr: { essential: true, values: [reEnrolmentAcr, sfa] } } }) },
  'an old sign-in': { max_age: '100000' },
  'another scope': { scope: 'openid' },
  'refresh tokens': { scope: 'openid offline_access', prompt: 'consent' },
  'a language': { ui_locales: 'en' },
};

describe.each(ids)('%s', (id) => {
  test.each(Object.entries(askedFor))('asking for %s is answered by the wizard, never with a code', async (_what, more) => {
    await begin();
    isAt(await browser.open((await world.ask(id, more)).url), 'enrol');
  });

  test.each(Object.entries(askedFor).filter(([, more]) => !more.prompt))(
    'asking for %s without showing anything is an error',
    async (_what, more) => {
      await begin();
      const { url } = await browser.open((await world.ask(id, { ...more, prompt: 'none' })).url);
      expect(url.origin).toBe(`https://${id}.example`);
      expect(url.searchParams.get('error')).toBe('interaction_required');
      expect(url.searchParams.has('code')).toBe(false);
    },
  );

  test('asking for a fresh sign-in is one: the password page', async () => {
    await begin();
    isAt(await browser.open((await world.ask(id, { prompt: 'login' })).url), 'sign-in');
  });
});

test('the portal itself is such an application', async () => {
  await begin();
  const { origin, issuer } = world.portal.settings;
  const asked = await world.ask('biblio', { client_id: portalApplicationId, redirect_uri: `${origin}/api/auth/callback/portal` });
  expect(asked.url.href.startsWith(issuer)).toBe(true);
  isAt(await browser.open(asked.url), 'enrol');
});

test('applications are not told the word, and discovery does not name it', async () => {
  const discovery = await (await world.call('/.well-known/openid-configuration')).json();
  expect(JSON.stringify(discovery)).not.toContain('re-enrolment');
});

test('no consent, code or token of such a session is ever in the store', async () => {
  const stop = await begin('share');
  // The wizard's prompt answered without anything done: it comes back.
  const again = await browser.answer(stop, 'enrol', { enrol: {} });
  isAt(again, 'enrol');
  await expect(browser.answer(again, 'consent', { consent: {} })).rejects.toThrow('expired');
  const { db, s } = world.portal.store;
  const models = (await db.select({ model: s.oidcRecords.model }).from(s.oidcRecords)).map(({ model }) => model);
  expect(models.filter((model) => !['Session', 'Interaction'].includes(model))).toEqual([]);
  expect(await db.select().from(s.consents)).toEqual([]);
});

test('SEC-45: tokens from before work on until the swap, and are not renewed by this session', async () => {
  const { tokens } = await world.signIn(browser, claire, 'cloud', { scope: 'openid offline_access', prompt: 'consent' });
  const stop = await (async () => {
    await open();
    return browser.answer(await browser.open((await world.ask('biblio', { prompt: 'login' })).url), 'login', restricted());
  })();
  const cloud = await world.application('cloud');
  const refreshed = await client.refreshTokenGrant(cloud, tokens.refresh_token ?? '');
  expect(refreshed.claims()?.acr).not.toBe(reEnrolmentAcr);
  const flow = await wizard(stop);
  await swap(flow);
  await expect(client.refreshTokenGrant(cloud, refreshed.refresh_token ?? '')).rejects.toMatchObject({ error: 'invalid_grant' });
});

const swap = async (flow: MemberFlow) => {
  const { portal } = world;
  expect(await installApp(portal, flow, { app: 'Google Authenticator' })).toMatchObject({ ok: true });
  const key = await pendingKey(portal, claire.id);
  expect(await scanCode(portal, flow, { code: totpCode(key, portal.now()) })).toMatchObject({ ok: true });
};

describe('the swap', () => {
  test('SEC-47: ends every other session and every token; this browser goes on, with two factors, to the application it came for', async () => {
    const elsewhere = world.browser();
    const { tokens } = await world.signIn(elsewhere, claire, 'share');
    const request = await world.ask('biblio');
    await open();
    const stop = await browser.answer(await browser.open(request.url), 'login', restricted());
    await swap(await wizard(stop));
    expect((await world.call('/me', { headers: { authorization: `Bearer ${tokens.access_token}` } })).status).toBe(401);
    expect((await elsewhere.open((await world.ask('share', { prompt: 'none' })).url)).url.searchParams.get('error')).toBe('login_required');
    expect(world.told.map(({ url }) => url)).toEqual(['https://share.example/backchannel']);

    const on = await browser.answer(stop, 'enrol', { enrol: {}, ...world.login(claire, mfa) });
    isAt(on, 'consent');
    const home = await browser.agree(on, claire);
    expect((await world.exchange('biblio', request, home.url)).claims()).toMatchObject({ sub: claire.id, acr: mfa });
  });

  test('a browser that leaves after it, and comes back, signs in with the new factor', async () => {
    const stop = await begin();
    await swap(await wizard(stop));
    isAt(await browser.open((await world.ask('share')).url), 'sign-in');
  });
});

describe('it is worth nothing', () => {
  test('once it is taken back (« Je l’ai retrouvé », a sign-in elsewhere, « Ce n’était pas moi »)', async () => {
    const stop = await begin();
    await world.portal.store.unit(claire.id, (tx) => cancelReEnrolments(tx, claire.id, world.portal.now()));
    isAt(await browser.answer(stop, 'enrol', { enrol: {} }), 'sign-in');
    const { url } = await browser.open((await world.ask('share', { prompt: 'none' })).url);
    expect(url.searchParams.get('error')).toBe('login_required');
  });

  test('an hour later', async () => {
    await begin();
    world.advance(minutes(25));
    isAt(await browser.open((await world.ask('share')).url), 'enrol');
    world.advance(minutes(25));
    isAt(await browser.open((await world.ask('share')).url), 'enrol');
    world.advance(minutes(10));
    expect(await openReEnrolmentOf(world.portal, claire.id)).toBeNull();
    isAt(await browser.open((await world.ask('share')).url), 'sign-in');
  });
});

test('a full session in the same browser becomes this one: nothing of it is left to an application', async () => {
  await world.signIn(browser, claire, 'share');
  await open();
  const stop = await browser.answer(await browser.open((await world.ask('biblio', { prompt: 'login' })).url), 'login', restricted());
  isAt(stop, 'enrol');
  isAt(await browser.open((await world.ask('share')).url), 'enrol');
});
