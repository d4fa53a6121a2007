// A flow belongs to one browser and one person, and ends once.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hours, minutes } from '../duration.ts';
import { purgeExpired } from '../operations/purge-expired.ts';
import type { TestAccount } from '../portal.testing.ts';
import { answerInteraction, applicationOfInteraction, interactionOf, isWaitingForSignIn } from './interaction.ts';
import { endWorld, enrolledAccount, mfa, type ProviderWorld, providerWorld, type Stop, type TestBrowser, uidOf } from './provider.testing.ts';

let world: ProviderWorld;
let claire: TestAccount;
let browser: TestBrowser;
let stop: Stop;

beforeEach(async () => {
  world = await providerWorld();
  claire = await enrolledAccount(world);
  browser = world.browser();
  stop = await browser.open((await world.ask('biblio', { scope: 'openid profile eduperson' })).url);
});
afterEach(() => endWorld(world));

const cookie = (of: TestBrowser = browser, at: Stop = stop) => of.cookieHeader(at.url.pathname);
const codeOf = (result: Awaited<ReturnType<typeof interactionOf>>) => (result.ok ? 'ok' : result.problems[0].code);

test('the flow says which application asks, for what, and why', async () => {
  expect(await browser.details(stop)).toEqual({
    ok: true,
    value: {
      uid: uidOf(stop),
      prompt: 'login',
      reasons: ['no_session'],
      application: { id: 'biblio', name: 'Application biblio', host: 'biblio.example' },
      home: 'https://biblio.example/',
      accountId: null,
      acr: null,
      session: null,
      scopes: ['openid', 'profile', 'eduperson'],
      loginHint: null,
      uiLocales: [],
    },
  });
});

test('all pages of a flow get its cookie, and pages of others don’t', () => {
  const { pathname } = stop.url;
  const flow = pathname.slice(0, pathname.lastIndexOf('/'));
  expect(browser.cookieHeader(`${flow}/second-factor/code-app`)).toContain('provider-flow=');
  expect(browser.cookieHeader(`${flow}x/password`)).not.toContain('provider-flow=');
  expect(browser.cookieHeader('/account')).not.toContain('provider-flow=');
});

test('a sign-in waits until it is answered, its time is over, or the session that it was asked over has ended', async () => {
  expect(await isWaitingForSignIn(world.portal, uidOf(stop))).toBe(true);
  for (const uid of ['', 'x'.repeat(43), '../account', 'a'.repeat(1000)]) expect(await isWaitingForSignIn(world.portal, uid)).toBe(false);
  world.advance(minutes(15) + 1);
  expect(await isWaitingForSignIn(world.portal, uidOf(stop))).toBe(false);
});

test('SEC-92, T19: a flow opened in another browser is refused, and so is its answer', async () => {
  const other = world.browser();
  expect(codeOf(await interactionOf(world.portal, { cookie: '' }, uidOf(stop)))).toBe('other-browser');
  const answered = await answerInteraction(world.portal, { cookie: '' }, uidOf(stop), 'login', world.login(claire));
  expect(answered).toMatchObject({ ok: false, problems: [{ code: 'other-browser' }] });
  const theirs = await other.open((await world.ask('biblio')).url);
  expect(codeOf(await interactionOf(world.portal, { cookie: cookie(other, theirs) }, uidOf(stop)))).toBe('other-browser');
});

test('SEC-92: a cookie without the provider’s signature, or with a forged one, is refused', async () => {
  const uid = uidOf(stop);
  for (const forged of [
    `provider-flow=${uid}`,
    `provider-flow=${uid}; provider-flow.sig=${'A'.repeat(27)}`,
    `provider-flow=${uid}; provider-flow.sig=`,
  ])
    expect(codeOf(await interactionOf(world.portal, { cookie: forged }, uid))).toBe('other-browser');
});

test('SEC-69: a flow id that somebody planted leads nowhere', async () => {
  for (const uid of ['', 'x', '../account', 'a'.repeat(10_000), "' or 1=1 --", 'é'.repeat(43)])
    expect(codeOf(await interactionOf(world.portal, { cookie: cookie() }, uid))).toBe('unknown');
  expect(codeOf(await interactionOf(world.portal, { cookie: cookie() }, 'A'.repeat(43)))).toBe('expired');
});

test('a finished flow can’t be answered twice', async () => {
  const held = cookie();
  await browser.answer(stop, 'login', world.login(claire));
  expect(codeOf(await interactionOf(world.portal, { cookie: held }, uidOf(stop)))).toBe('finished');
  const again = await answerInteraction(world.portal, { cookie: held }, uidOf(stop), 'login', world.login(claire));
  expect(again).toMatchObject({ ok: false, problems: [{ code: 'finished' }] });
});

test('going back to the provider’s own address of a finished flow says so, with the way to the application', async () => {
  const resume = `${world.portal.settings.issuer}/auth/${uidOf(stop)}`;
  await browser.answer(stop, 'login', world.login(claire));
  expect((await browser.open(resume)).response?.status).toBe(400);
  expect(world.pages.at(-1)?.path).toBe('/problem/finished?application=biblio');
  await browser.open(`${world.portal.settings.issuer}/auth/${'A'.repeat(43)}`);
  expect(world.pages.at(-1)?.path).toBe('/problem/expired');
});

test('SEC-62: a sign-in flow lasts 15 minutes', async () => {
  world.advance(minutes(14));
  expect(codeOf(await interactionOf(world.portal, { cookie: cookie() }, uidOf(stop)))).toBe('ok');
  world.advance(minutes(1));
  expect(codeOf(await interactionOf(world.portal, { cookie: cookie() }, uidOf(stop)))).toBe('expired');
});

test('one prompt’s answer is not another’s: consent can’t be given at the sign-in page', async () => {
  for (const prompt of ['consent', 'enrol'] as const) {
    const answered = await answerInteraction(world.portal, { cookie: cookie() }, uidOf(stop), prompt, { [prompt]: {} });
    expect(answered).toMatchObject({ ok: false, problems: [{ code: 'expired' }] });
  }
});

test('SEC-92: consent can’t be resumed once its person has signed out, or another has signed in', async () => {
  const consent = await browser.answer(stop, 'login', world.login(claire));
  expect(consent.url.pathname).toMatch(/^\/consent\//);
  expect(codeOf(await interactionOf(world.portal, { cookie: cookie(browser, consent) }, uidOf(consent)))).toBe('ok');
  const jean = await enrolledAccount(world, 'jean.petit@inserm.fr');
  await browser.arrive((await world.ask('share', { prompt: 'login' })).url, jean);
  expect(codeOf(await interactionOf(world.portal, { cookie: cookie(browser, consent) }, uidOf(consent)))).toBe('expired');
});

test('consent that was not given gives nothing, whatever the answer says', async () => {
  const consent = await browser.answer(stop, 'login', world.login(claire));
  const next = await browser.answer(consent, 'consent', { consent: {} });
  expect(next.url.pathname).toMatch(/^\/consent\//);
});

test('an agreement covers the next sign-in, from another browser too, and no more than it says', async () => {
  const consent = await browser.answer(stop, 'login', world.login(claire));
  await browser.agree(consent, claire);
  const other = world.browser();
  const same = await other.open((await world.ask('biblio', { scope: 'openid profile eduperson' })).url);
  expect((await other.answer(same, 'login', world.login(claire))).url.searchParams.has('code')).toBe(true);
  const more = await other.open((await world.ask('biblio', { scope: 'openid profile email eduperson' })).url);
  expect(more.url.pathname).toMatch(/^\/consent\//);
});

test('after 90 days the person is asked again', async () => {
  const consent = await browser.answer(stop, 'login', world.login(claire));
  await browser.agree(consent, claire);
  world.advance(world.portal.settings.policy.consent);
  const later = world.browser();
  const asked = await later.open((await world.ask('biblio', { scope: 'openid profile' })).url);
  expect((await later.answer(asked, 'login', world.login(claire, mfa))).url.pathname).toMatch(/^\/consent\//);
});

test('prompt=consent asks even when it is remembered', async () => {
  const consent = await browser.answer(stop, 'login', world.login(claire));
  await browser.agree(consent, claire);
  const again = await browser.open((await world.ask('biblio', { scope: 'openid profile', prompt: 'consent' })).url);
  expect(again.url.pathname).toMatch(/^\/consent\//);
});

test('an error tells the application, with its state', async () => {
  const request = await world.ask('biblio');
  const at = await browser.open(request.url);
  const left = await answerInteraction(world.portal, { cookie: cookie(browser, at) }, uidOf(at), 'login', { error: 'access_denied' });
  const { url } = await browser.open(left.ok ? left.value : '');
  expect(url.origin).toBe('https://biblio.example');
  expect(Object.fromEntries(url.searchParams)).toMatchObject({ error: 'access_denied', state: request.state });
});

test('a page of a lost, finished or expired flow still knows the way back to the application, for a day', async () => {
  const uid = uidOf(stop);
  const back = { application: { id: 'biblio' }, home: 'https://biblio.example/' };
  expect(await applicationOfInteraction(world.portal, uid)).toMatchObject(back);
  await browser.answer(stop, 'login', world.login(claire));
  expect(await applicationOfInteraction(world.portal, uid)).toMatchObject(back);
  world.advance(hours(24));
  await purgeExpired(world.portal);
  expect(await applicationOfInteraction(world.portal, uid)).toMatchObject(back);
  world.advance(minutes(16));
  await purgeExpired(world.portal);
  expect(await applicationOfInteraction(world.portal, uid)).toBeNull();
});

test('SEC-97: a flow’s id that is no text, as a server action may be sent one, is no flow', async () => {
  for (const uid of [['a'.repeat(43)], { length: 43 }, null, undefined, 43, true] as unknown as string[]) {
    expect(await interactionOf(world.portal, { cookie: '' }, uid)).toMatchObject({ ok: false, problems: [{ code: 'unknown' }] });
    expect(await applicationOfInteraction(world.portal, uid)).toBeNull();
  }
});
