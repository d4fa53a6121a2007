// A provider with applications and browsers around it, in process: openid-client on one side, lib/oidc/interaction on the other.
import * as client from 'openid-client';
import { vi } from 'vitest';
import { giveConsent } from '../consent/give-consent.ts';
import { newId } from '../ids.ts';
import { type TestAccount, type TestPortal, type TestPortalOptions, testAccount, testMemberFlow, testPortal, testStart } from '../portal.testing.ts';
import { randomToken } from '../secrets.ts';
import { type Application, applicationSchema } from '../settings.ts';
import { type Acr, acrValues } from '../sign-in/assurance.ts';
import { type FetchPage, providerFetch } from './bridge.ts';
import { clientOf } from './client.ts';
import { answerInteraction, type InteractionPrompt, interactionOf } from './interaction.ts';
import { makeSigningKey, signingKeySeal } from './keys.ts';

export const [sfa, mfa] = acrValues;

const secretOf = (id: string) => `${id}-`.padEnd(40, 'x');

const application = (id: string, more: Partial<Application> = {}) =>
  applicationSchema.parse({
    id,
    name: `Application ${id}`,
    home: `https://${id}.example/`,
    redirectUris: [`https://${id}.example/callback`],
    postLogoutRedirectUris: [`https://${id}.example/bye`],
    backchannelLogoutUri: `https://${id}.example/backchannel`,
    secret: secretOf(id),
    ...more,
  });

/** `biblio` wants two factors, `share` does not, `cloud` may refresh, `mobile` has no secret. */
export const testApplications: Application[] = [
  application('biblio', { scopes: ['openid', 'profile', 'email', 'eduperson'] }),
  application('share', { requiresMfa: false }),
  application('cloud', { requiresMfa: false, scopes: ['openid', 'profile', 'email', 'offline_access'] }),
  { ...application('mobile', { requiresMfa: false }), secret: undefined, backchannelLogoutUri: undefined },
].map((a) => applicationSchema.parse(JSON.parse(JSON.stringify(a))));

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly attributes: string;
}

/** Where a browser ended up: at an application, at one of our pages, or at a page of the provider. */
export interface Stop {
  readonly url: URL;
  /** The last answer; none when the browser was sent to another origin, or to a page of ours. */
  readonly response: Response | null;
}

export class TestBrowser {
  cookies: Cookie[] = [];

  constructor(private readonly world: ProviderWorld) {}

  cookieHeader(path: string): string {
    const within = (to: string) => path === to || path.startsWith(to.endsWith('/') ? to : `${to}/`);
    return this.cookies
      .filter((c) => within(c.path))
      .map((c) => `${c.name}=${c.value}`)
      .join('; ');
  }

  /** One request, without following where it leads. */
  async request(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const { pathname } = new URL(url);
    const headers = new Headers({ accept: 'text/html', ...(init.headers as Record<string, string>) });
    const cookie = this.cookieHeader(pathname);
    if (cookie) headers.set('cookie', cookie);
    const response = await this.world.dispatch(new Request(url, { ...init, headers }));
    for (const text of response.headers.getSetCookie()) this.keep(text, pathname);
    return response;
  }

  private keep(text: string, from: string) {
    const [pair = '', ...attributes] = text.split('; ');
    const [name = '', ...value] = pair.split('=');
    const path = /path=([^;]*)/i.exec(text)?.[1] ?? from;
    this.cookies = this.cookies.filter((c) => c.name !== name || c.path !== path);
    if (!/expires=Thu, 01 Jan 1970/i.test(text)) this.cookies.push({ name, value: value.join('='), path, attributes: attributes.join('; ') });
  }

  /** Follows redirects as long as they stay at the provider. */
  async open(url: string | URL, init: RequestInit = {}): Promise<Stop> {
    let at = new URL(url);
    let response = await this.request(at, init);
    for (let hop = 0; hop < 10; hop++) {
      const location = response.headers.get('location');
      if (!location) return { url: at, response };
      at = new URL(location, at);
      if (!at.href.startsWith(`${this.world.portal.settings.issuer}/`)) return { url: at, response: null };
      response = await this.request(at);
    }
    throw new Error('Too many redirects.');
  }

  /** Answers the prompt that the browser stands at, and goes on. */
  async answer(stop: Stop, prompt: InteractionPrompt, result: Parameters<typeof answerInteraction>[4]): Promise<Stop> {
    const answered = await answerInteraction(this.world.portal, { cookie: this.cookieHeader(stop.url.pathname) }, uidOf(stop), prompt, result);
    if (!answered.ok) throw new Error(`The interaction refused: ${answered.problems[0].code}`);
    return this.open(answered.value);
  }

  details(stop: Stop) {
    return interactionOf(this.world.portal, { cookie: this.cookieHeader(stop.url.pathname) }, uidOf(stop));
  }

  /** Answers every prompt on the way: signs in as `account` at level `acr`, shares what is asked for. */
  async arrive(url: string | URL, account: TestAccount, acr: Acr = mfa): Promise<Stop> {
    let stop = await this.open(url);
    for (let step = 0; step < 5; step++) {
      const [, page] = stop.url.pathname.split('/');
      if (stop.url.origin !== this.world.portal.settings.origin) return stop;
      if (page === 'sign-in') stop = await this.answer(stop, 'login', this.world.login(account, acr));
      else if (page === 'consent') stop = await this.agree(stop, account);
      else return stop;
    }
    throw new Error('Too many prompts.');
  }

  async agree(stop: Stop, account: TestAccount): Promise<Stop> {
    const details = await this.details(stop);
    if (!details.ok) throw new Error(`No consent to give: ${details.problems[0].code}`);
    const { portal } = this.world;
    const flow = testMemberFlow(portal, { uid: uidOf(stop), accountId: account.id, prompt: 'consent', application: details.value.application });
    await giveConsent(portal, flow, details.value.scopes);
    return this.answer(stop, 'consent', { consent: {} });
  }
}

export const uidOf = (stop: Stop) => stop.url.pathname.split('/')[2] ?? '';

/** An application's own side of a sign-in. */
export interface Asked {
  readonly url: URL;
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

export class ProviderWorld {
  /** Requests that the provider made to applications. */
  readonly told: { readonly url: string; readonly token: string }[] = [];
  /** Pages of ours that stood in for the provider's. */
  readonly pages: { readonly path: string; readonly headers: Record<string, string> }[] = [];
  private readonly configurations = new Map<string, client.Configuration>();

  constructor(readonly portal: TestPortal) {}

  readonly fetchPage: FetchPage = async (path, headers) => {
    this.pages.push({ path, headers });
    return new Response(`<html><script nonce="x">1</script><h1>${path}</h1></html>`, {
      headers: { 'content-type': 'text/html', 'content-security-policy': "default-src 'self'" },
    });
  };

  dispatch(request: Request): Promise<Response> {
    const { issuer } = this.portal.settings;
    const { pathname } = new URL(request.url);
    return providerFetch(this.portal, request, pathname.slice(new URL(issuer).pathname.length), this.fetchPage);
  }

  /** As an application or a script would call the provider: no cookies. */
  call(path: string, init: RequestInit = {}): Promise<Response> {
    return this.dispatch(new Request(`${this.portal.settings.issuer}${path}`, init));
  }

  browser = () => new TestBrowser(this);

  advance(milliseconds: number): void {
    this.portal.clock.advance(milliseconds);
    vi.setSystemTime(this.portal.now());
  }

  login(account: TestAccount, acr: Acr = mfa) {
    const amr = acr === mfa ? ['pwd', 'otp', 'mfa'] : ['pwd'];
    return { login: { accountId: account.id, acr, amr, ts: Math.floor(this.portal.now() / 1000), remember: false } };
  }

  async application(id: string): Promise<client.Configuration> {
    const known = this.configurations.get(id);
    if (known) return known;
    const { settings } = this.portal;
    const registered = settings.applications.find((a) => a.id === id);
    const auth = registered?.secret ? client.ClientSecretBasic(registered.secret) : client.None();
    const configuration = await client.discovery(
      new URL(settings.issuer),
      id,
      registered ? (clientOf(registered) as Partial<client.ClientMetadata>) : {},
      auth,
      {
        execute: [client.allowInsecureRequests],
        [client.customFetch]: (url, options) => this.dispatch(new Request(url, options as RequestInit)),
      },
    );
    this.configurations.set(id, configuration);
    return configuration;
  }

  /** An authorization request with PKCE, state and nonce. @param more replaces parameters; undefined leaves one out */
  async ask(id: string, more: Record<string, string | undefined> = {}): Promise<Asked> {
    const configuration = await this.application(id);
    const verifier = client.randomPKCECodeVerifier();
    const state = randomToken(128);
    const nonce = randomToken(128);
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: `https://${id}.example/callback`,
      scope: 'openid profile email',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    for (const [name, value] of Object.entries(more)) {
      if (value === undefined) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    return { url, verifier, state, nonce };
  }

  async exchange(id: string, request: Asked, at: URL, more: client.AuthorizationCodeGrantChecks = {}) {
    return client.authorizationCodeGrant(await this.application(id), at, {
      pkceCodeVerifier: request.verifier,
      expectedState: request.state,
      ...(request.url.searchParams.has('nonce') && { expectedNonce: request.nonce }),
      ...more,
    });
  }

  /** From an authorization request to tokens, by way of every prompt. */
  async signIn(browser: TestBrowser, account: TestAccount, id = 'share', more: Record<string, string | undefined> = {}, acr: Acr = mfa) {
    const request = await this.ask(id, more);
    const stop = await browser.arrive(request.url, account, acr);
    return { request, stop, tokens: await this.exchange(id, request, stop.url) };
  }
}

// Made once: RSA keys are slow to make, and most tests don't care which they are.
const signingKeys = Promise.all(['active', 'next'].map(async (state) => ({ ...(await makeSigningKey()), state: state as 'active' | 'next' })));

/** Call it first in a test; `end` afterwards. The system's clock stands still with the portal's, because oidc-provider reads it. */
export async function providerWorld(options: TestPortalOptions = {}): Promise<ProviderWorld> {
  vi.useFakeTimers({ toFake: ['Date'], now: testStart });
  const portal = await testPortal({ ...options, settings: { applications: testApplications, ...options.settings } });
  const { db, s } = portal.store;
  for (const { kid, jwk, state } of await signingKeys) {
    const row = { kid, jwk: portal.secrets.seal(signingKeySeal(kid), JSON.stringify(jwk)), state, createdAt: portal.now(), retiredAt: null };
    await portal.store.write(db.insert(s.signingKeys).values(row));
  }
  const world = new ProviderWorld(portal);
  vi.stubGlobal('fetch', async (url: string | URL, init?: RequestInit) => {
    world.told.push({ url: String(url), token: new URLSearchParams(String(init?.body)).get('logout_token') ?? '' });
    return new Response(null, { status: 200 });
  });
  return world;
}

export async function endWorld(world: ProviderWorld): Promise<void> {
  await world.portal.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
}

/** Somebody whose enrolment is finished. */
export async function enrolledAccount(world: ProviderWorld, address = 'claire.martin@inserm.fr'): Promise<TestAccount> {
  const account = await testAccount(world.portal, { address });
  await enrolFully(world, account);
  return account;
}

/** A factor, four answers, kept recovery codes. */
export async function enrolFully(world: ProviderWorld, account: TestAccount): Promise<void> {
  const { store, now } = world.portal;
  const { db, s } = store;
  await addFactor(world, account);
  for (let slot = 0; slot < 4; slot++)
    await store.write(db.insert(s.answers).values({ accountId: account.id, slot, question: `q${slot}`, hash: 'x', changedAt: now() }));
  await store.write(db.insert(s.recoveryCodes).values({ id: newId(), accountId: account.id, hash: 'x', createdAt: now(), usedAt: null }));
}

/** Only a factor: enrolment is begun, not finished. */
export async function addFactor({ portal }: ProviderWorld, account: TestAccount): Promise<void> {
  const { db, s } = portal.store;
  const row = {
    id: newId(),
    accountId: account.id,
    kind: 'totp' as const,
    name: 'App',
    secret: Buffer.from('x'),
    lastStep: 0,
    createdAt: portal.now(),
    lastUsedAt: null,
  };
  await portal.store.write(db.insert(s.factors).values(row));
}
