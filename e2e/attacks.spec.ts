// What somebody with a keyboard and no browser would try: requests that no page of ours makes. Named by the control that stands against each.
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIRequestContext, APIResponse } from '@playwright/test';
import Database from 'better-sqlite3';
import {
  accountCardPath,
  askForHelpPath,
  enrolPath,
  lostPhonePath,
  lostPhoneProofPath,
  pairingStatePath,
  phoneFoundPath,
  phoneStatePath,
  paths as portalPaths,
  recoveryCodesFilePath,
  secondFactorPath,
  signInPath,
} from '../app/paths.ts';
import { expect, test } from './fixtures.ts';
import { runCli, type World } from './world.ts';

const password = 'not the password of anybody';
const nobody = 'nobody.at-all@inserm.fr';
const nobodysId = 'A'.repeat(22);
/** The console's, with the card of nobody. */
const consolePages = [
  portalPaths.helpdesk,
  `${portalPaths.helpdesk}?q=martin`,
  portalPaths.helpdeskActs,
  portalPaths.removals,
  portalPaths.cases,
  portalPaths.dashboard,
  portalPaths.dashboardFile,
  accountCardPath(nobodysId, 'search'),
];
const megabyte = 'x'.repeat(1_000_000);

const authorize = ({ issuer, applications }: World, more: Readonly<Record<string, string>> = {}) =>
  `${issuer}/auth?${new URLSearchParams({
    client_id: 'cloud',
    response_type: 'code',
    scope: 'openid profile email',
    redirect_uri: `${applications.cloud}/callback`,
    code_challenge: 'a'.repeat(43),
    code_challenge_method: 'S256',
    ...more,
  })}`;

const unescaped = (text: string) =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

/** A form of a page as it is without script: its hidden fields. @param field one that the form has */
function hiddenFieldsOf(html: string, field: string): Record<string, string> {
  const form = [...html.matchAll(/<form\b[^>]*>(.*?)<\/form>/gs)].map(([, inner = '']) => inner).find((inner) => inner.includes(`name="${field}"`));
  if (!form) throw new Error(`No form with the field ${field}.`);
  return Object.fromEntries(
    [...form.matchAll(/<input type="hidden"[^>]*>/g)].map(([tag]) => [
      unescaped(/ name="([^"]*)"/.exec(tag)?.[1] ?? ''),
      unescaped(/ value="([^"]*)"/.exec(tag)?.[1] ?? ''),
    ]),
  );
}

interface SignInPage {
  readonly url: string;
  readonly html: string;
}

async function signInPage(request: APIRequestContext, world: World): Promise<SignInPage> {
  const answer = await request.get(authorize(world));
  expect(answer.status()).toBe(200);
  return { url: answer.url(), html: await answer.text() };
}

const own = ({ portal }: World) => ({ origin: portal, 'sec-fetch-site': 'same-origin' });

/** Posts a page's form as a browser without script does. */
const submit = (
  request: APIRequestContext,
  { url, html }: SignInPage,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
): Promise<APIResponse> => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...hiddenFieldsOf(html, Object.keys(fields)[0] ?? ''), ...fields })) form.append(name, value);
  return request.post(url, { multipart: form, headers, maxRedirects: 0 });
};

function count(world: World, table: string): number {
  const database = new Database(join(world.folder, 'portal.db'), { readonly: true });
  try {
    return (database.prepare(`select count(*) as n from ${table}`).get() as { n: number }).n;
  } finally {
    database.close();
  }
}

test.describe('Foreign requests', () => {
  for (const [what, headers] of [
    ['no Origin', {}],
    ['no Origin, but ours as Referer', { referer: 'PORTAL/account' }],
    ['the Origin null', { origin: 'null' }],
    ['another site’s Origin', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['our Origin with another port', { origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' }],
    ['our Origin, fetched cross-site', { origin: 'PORTAL', 'sec-fetch-site': 'cross-site' }],
    ['our Origin, fetched from the same site', { origin: 'PORTAL', 'sec-fetch-site': 'same-site' }],
    [
      'another Origin, and Next told that the proxy has run',
      { origin: 'https://evil.example', 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
    ],
    ['another Origin that X-Forwarded-Host agrees with', { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }],
  ] as const) {
    test(`SEC-14, SEC-66, SEC-68, SEC-101: ${what}: refused, and no try is counted`, async ({ request, world }) => {
      const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace('PORTAL', world.portal)]));
      const page = await signInPage(request, world);
      const address = `foreign.${randomUUID()}@inserm.fr`;
      const answer = await submit(request, page, { address, password }, sent);
      expect(answer.status()).toBe(403);
      expect(await answer.text()).not.toContain(address);
      for (const path of ['/account', '/account/sign-out', '/help', '/problem/expired', '/favicon.ico', '/x.txt', '/api/backchannel-logoutx'])
        expect((await request.post(world.portal + path, { headers: sent, data: 'x', maxRedirects: 0 })).status(), path).toBe(403);
      // The language switch of a page that stands in for one of the provider's.
      const wrong = await request.get(authorize(world, { client_id: 'nobody' }));
      const switched = await submit(request, { url: wrong.url(), html: await wrong.text() }, { language: 'en' }, sent);
      expect(switched.headers()['set-cookie']).toBeUndefined();
    });
  }

  test('SEC-67: an address changes nothing by being opened, whatever its query says', async ({ request, world }) => {
    const page = await signInPage(request, world);
    const before = count(world, 'code_sendings');
    const query = new URLSearchParams({ ...hiddenFieldsOf(page.html, 'password'), address: nobody, password });
    const opened = await request.get(`${page.url}?${query}`);
    expect(opened.status()).toBe(200);
    expect(await opened.text()).not.toContain('role="alert"');
    for (const path of ['/account/sign-out', '/api/backchannel-logout']) expect((await request.get(world.portal + path)).status()).toBe(405);
    for (const path of ['/token', '/session/end/confirm', '/token/revocation'])
      expect((await request.get(world.issuer + path)).status(), path).toBe(404);
    expect(count(world, 'code_sendings')).toBe(before);
  });
});

test.describe('Ways past the guards', () => {
  const bypasses: readonly Readonly<Record<string, string>>[] = [
    {},
    { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
    { 'x-middleware-subrequest': 'src/middleware:src/middleware:src/middleware:src/middleware:src/middleware' },
    { 'x-middleware-rewrite': '/help', 'x-middleware-next': '1', 'x-nextjs-data': '1' },
    { 'x-invoke-path': '/account', 'x-matched-path': '/account', 'x-now-route-matches': '1' },
    { rsc: '1' },
    { rsc: '1', 'next-router-prefetch': '1' },
    { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
    { rsc: '1', 'next-router-segment-prefetch': '/account/__PAGE__' },
    { purpose: 'prefetch', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example' },
  ];

  test('T21, SEC-101: no header and no other spelling of an address shows what only a member or the flow’s own browser may see', async ({
    person,
    playwright,
    world,
  }) => {
    await person.comesToScan('cloud');
    const uid = new URL(person.page.url()).pathname.split('/')[2] ?? '';
    const key = (await person.page.locator('code').textContent())?.replace(/\s/g, '') ?? '';
    expect(key).toMatch(/^[A-Z2-7]{32}$/);

    const stranger = await playwright.request.newContext();
    const paths = [
      '/account',
      '/account/sessions',
      '/account/applications/cloud/withdraw',
      ...consolePages,
      portalPaths.askForHelp,
      portalPaths.askForHelpInReset,
      askForHelpPath('sign-in', uid),
      askForHelpPath('enrol', uid),
      enrolPath(uid, 'scan-code'),
      recoveryCodesFilePath(uid),
      signInPath(uid, 'email-code'),
      lostPhonePath(uid, 'what-happened'),
      lostPhoneProofPath(uid, 'answers'),
      phoneFoundPath(uid),
      phoneStatePath(uid),
      pairingStatePath(uid),
      portalPaths.confirmState,
      portalPaths.scanPhoneState,
    ];
    for (const path of paths) {
      for (const headers of bypasses) {
        for (const spelt of [
          path,
          `${path}.rsc`,
          `${path}.segments/_tree.segment.rsc`,
          `/_next/data/x${path}.json`,
          `${path}?_rsc=1`,
          `/.${path}`,
          `/${path}`,
        ]) {
          const answer = await stranger.get(world.portal + spelt, { headers, maxRedirects: 0 });
          const text = await answer.text();
          const what = `${spelt} ${JSON.stringify(headers)}`;
          expect(answer.status(), what).toBeLessThan(500);
          expect(text.includes(key) || text.includes(person.account.address), what).toBe(false);
          expect(answer.headers().location ?? '', what).not.toContain('evil');
        }
      }
    }
    await stranger.dispose();
  });

  test('SEC-92, T19: an action on somebody else’s flow, from another browser, changes nothing there', async ({ person, playwright, world }) => {
    await person.opens('cloud');
    await person.givesPassword();
    await person.sees(person.words.emailCodeTitle);
    const url = person.page.url();
    const html = await (await person.page.request.get(url)).text();

    const stranger = await playwright.request.newContext();
    const theirs = await signInPage(stranger, world);
    const tries = count(world, 'email_codes');
    // With no flow's cookie at that address, and with one of their own flow sent along.
    const cookies = (await stranger.storageState()).cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    for (const more of [{}, { cookie: cookies }]) {
      const answer = await submit(stranger, { url, html }, { code: '123456' }, { ...own(world), ...more });
      expect(answer.status()).toBe(303);
      expect(answer.headers().location).toMatch(/\/problem\/(other-browser|expired)/);
    }
    // At the address of their own flow, with the id of somebody else's in what the form binds.
    const planted = await submit(stranger, { url: theirs.url.replace('/password', '/email-code'), html }, { code: '123456' }, own(world));
    expect(planted.headers().location).toMatch(/\/problem\/(other-browser|expired)/);
    expect(count(world, 'email_codes')).toBe(tries);
    await stranger.dispose();
    await person.givesEmailCode();
    await person.sees(person.words.welcomeTitle);
  });

  const variants: Readonly<Record<string, (callback: string) => string>> = {
    'another scheme': (uri) => uri.replace('http:', 'https:'),
    'another port': (uri) => uri.replace(/:\d+\//, ':1/'),
    'a slash more': (uri) => `${uri}/`,
    'a query': (uri) => `${uri}?x=1`,
    'a fragment': (uri) => `${uri}#x`,
    capitals: (uri) => uri.replace('callback', 'Callback'),
    'a user': (uri) => uri.replace('localhost', 'localhost@evil.example'),
    'a folder above': (uri) => uri.replace('/callback', '/x/../callback'),
    'a backslash': (uri) => uri.replace('/callback', '\\callback'),
    'a line break': (uri) => `${uri}\r\nX-Evil: 1`,
    'a NUL': (uri) => `${uri}\0`,
    script: () => 'javascript:alert(1)',
    'another site': () => 'https://evil.example/callback',
  };
  for (const [what, vary] of Object.entries(variants)) {
    test(`SEC-81: a redirect URI with ${what} ends at a page of ours`, async ({ request, world }) => {
      const uri = vary(`${world.applications.cloud}/callback`);
      for (const more of [{ redirect_uri: uri }, { redirect_uri: uri, prompt: 'none' }, { redirect_uri: uri, response_mode: 'form_post' }]) {
        const answer = await request.get(authorize(world, more), { maxRedirects: 0 });
        expect(answer.status()).toBe(400);
        expect(answer.headers().location).toBeUndefined();
        expect(await answer.text()).not.toContain('evil.example');
      }
      const twice = await request.get(`${authorize(world)}&redirect_uri=${encodeURIComponent(uri)}`, { maxRedirects: 0 });
      expect(twice.status()).toBe(400);
    });
  }
});

test.describe('What every answer carries', () => {
  const flow = 'a'.repeat(43);
  const pages = [
    '/',
    '/account',
    '/account/sign-in',
    '/account/sign-out',
    '/account/sessions',
    '/account/data',
    '/account/data/file',
    '/account/session-end',
    '/account/applications/cloud/withdraw',
    ...consolePages,
    `/helpdesk/${nobodysId}/events`,
    `/helpdesk/${nobodysId}/verify-caller`,
    `/helpdesk/${nobodysId}/unlock`,
    `/helpdesk/${nobodysId}/give-pass`,
    '/account/activity/nothing/not-me',
    portalPaths.askForHelp,
    portalPaths.askForHelpInReset,
    askForHelpPath('sign-in', flow),
    askForHelpPath('enrol', flow),
    '/not-me',
    `/not-me/${flow}`,
    '/not-me/done?case=7KQF-M2XD',
    '/accessibility',
    '/help',
    '/privacy',
    '/signed-out',
    '/session-ended',
    '/sign-out',
    '/health',
    '/health/live',
    '/metrics',
    '/problem/expired',
    '/problem/nothing',
    '/nowhere',
    '/nowhere.txt',
    '/favicon.ico',
    '/oidc',
    '/api/auth/session',
    '/api/auth/error?error=Configuration',
    '/api/auth/callback/portal?code=x&state=y',
    '/api/auth/signout',
    '/api/backchannel-logoutx',
    '/_next/image?url=%2Fx.png&w=64&q=75',
    `/sign-in/${flow}/password`,
    lostPhonePath(flow, 'what-happened'),
    lostPhoneProofPath(flow, 'answers'),
    `/enrol/${flow}/scan-code`,
    phoneFoundPath(flow),
    phoneStatePath(flow),
    pairingStatePath(flow),
    secondFactorPath(flow, 'phone'),
    portalPaths.confirmState,
    portalPaths.scanPhoneState,
    recoveryCodesFilePath(flow),
    `/consent/${flow}`,
  ];
  const provider = [
    '/auth',
    '/auth?client_id=nobody',
    '/auth?client_id=cloud',
    '/jwks',
    '/me',
    '/token',
    '/session/end',
    '/session/end/success',
    '/nowhere',
    `/auth/${flow}`,
  ];
  const shared = ['/api/backchannel-logout', '/_next/static/nothing.js', '/oidc/.well-known/openid-configuration'];

  test('SEC-93, SEC-94: pages, errors, redirects and refusals of the portal carry every guard, once each, and are kept nowhere', async ({
    request,
    world,
  }) => {
    const nonces = new Set<string>();
    for (const path of pages) {
      for (const method of ['GET', 'POST']) {
        const answer = await request.fetch(world.portal + path, { method, maxRedirects: 0, headers: { accept: 'text/html', ...own(world) } });
        const headers = answer.headers();
        const what = `${method} ${path} ${answer.status()}`;
        expect(answer.status(), what).not.toBe(500);
        expect(headers['x-content-type-options'], what).toBe('nosniff');
        expect(headers['x-frame-options'], what).toBe('DENY');
        expect(headers['cross-origin-opener-policy'], what).toBe('same-origin');
        expect(headers['cross-origin-resource-policy'], what).toBe('same-origin');
        expect(headers['permissions-policy'], what).toContain('camera=()');
        expect(headers['referrer-policy'], what).toBe(path === `/not-me/${flow}` ? 'no-referrer' : 'same-origin');
        expect(headers['cache-control'], what).toContain('no-store');
        const policy = headers['content-security-policy'] ?? '';
        for (const part of [
          `default-src 'none'`,
          `'strict-dynamic'`,
          `object-src 'none'`,
          `base-uri 'none'`,
          `frame-ancestors 'none'`,
          `form-action 'self'`,
        ])
          expect(policy, what).toContain(part);
        expect(policy, what).not.toMatch(/unsafe|\*/);
        const nonce = /'nonce-([\w-]{22})'/.exec(policy)?.[1] ?? '';
        expect(nonces.has(nonce), what).toBe(false);
        nonces.add(nonce);
        const html = await answer.text();
        for (const [script] of html.matchAll(/<script\b[^>]*>/g)) expect(script, what).toContain(`nonce="${nonce}"`);
        expect(html, what).not.toMatch(/\son[a-z]+="|javascript:/i);
      }
    }
    expect(nonces.size).toBe(pages.length * 2);
  });

  test('SEC-94: the provider’s answers too, and what is the same for everyone may not be framed or guessed at', async ({ request, world }) => {
    for (const path of [...provider.map((p) => `/oidc${p}`), ...shared]) {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
        const answer = await request.fetch(world.portal + path, { method, maxRedirects: 0, headers: { accept: 'text/html' } });
        const headers = answer.headers();
        const what = `${method} ${path} ${answer.status()}`;
        expect(answer.status(), what).not.toBe(500);
        expect(headers['x-content-type-options'], what).toBe('nosniff');
        expect(headers['x-frame-options'], what).toBe('DENY');
        if (!shared.includes(path) && answer.status() !== 405 && path !== '/oidc/jwks') expect(headers['cache-control'], what).toContain('no-store');
        if ((headers['content-type'] ?? '').includes('html') && !path.startsWith('/_next/static/'))
          expect(headers['content-security-policy'], what).toContain(`frame-ancestors 'none'`);
      }
    }
  });

  test('SEC-93: a page in the provider’s place has the page’s own policy, under which its form can be sent', async ({ request, world }) => {
    const policy = (await request.get(authorize(world, { client_id: 'nobody' }))).headers()['content-security-policy'] ?? '';
    expect(policy).toContain(`form-action 'self'`);
    expect(policy).toContain(`style-src 'self'`);
  });

  test('SEC-102: no image optimiser, tools of development, source maps or maker’s name', async ({ request, world }) => {
    const home = await request.get(`${world.portal}/help`);
    expect(home.headers()['x-powered-by']).toBeUndefined();
    expect(home.headers().server).toBeUndefined();
    for (const path of [
      '/_next/image?url=%2Fx.png&w=64&q=75',
      '/_next/webpack-hmr',
      '/__nextjs_original-stack-frame',
      '/__nextjs_source-map',
      '/.env',
      '/.git/config',
    ])
      expect((await request.get(world.portal + path)).status(), path).toBe(404);
    const scripts = [...(await home.text()).matchAll(/\/_next\/static\/[^"\\]+\.js/g)].map(([path]) => path);
    expect(scripts.length).toBeGreaterThan(3);
    for (const path of new Set(scripts)) {
      expect(await (await request.get(world.portal + path)).text()).not.toContain('sourceMappingURL');
      expect((await request.get(`${world.portal}${path}.map`)).status(), path).toBe(404);
    }
  });

  test('SEC-100, T24: what browsers are given holds no secret’s name, no server’s library and no address of ours', () => {
    const folder = '.next/static';
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(js|css|json|map)$/.test(name));
    expect(files.filter((name) => name.endsWith('.map'))).toEqual([]);
    // « pepper » and « drizzle » are also words of the password dictionaries.
    const forbidden =
      /PORTAL_KEYS|DATABASE_URL|SMTP_URL|\.pepper\b|\bpepper:|better-sqlite3|argon2|createCipheriv|timingSafeEqual|oidc-provider|nodemailer|drizzle-|client_secret|demo-cloud|portal_sessions|recovery_codes|node:fs/;
    for (const name of files) expect(forbidden.exec(readFileSync(join(folder, name), 'utf8'))?.[0], name).toBeUndefined();
    expect(files.length).toBeGreaterThan(5);
  });
});

test.describe('Input that no page sends', () => {
  test('SEC-97, T23: malformed and hostile calls of an action are refused as such, at once', async ({ request, world }) => {
    const page = await signInPage(request, world);
    const fields = hiddenFieldsOf(page.html, 'password');
    const reference = Object.entries(fields).find(([name]) => /^\$ACTION_\d+:0$/.test(name))?.[1] ?? '{}';
    const { id } = JSON.parse(reference) as { id: string };
    const uid = new URL(page.url).pathname.split('/')[2];
    const call = async (body: string | Buffer | FormData, more: Readonly<Record<string, string>> = {}) => {
      const headers = { ...own(world), accept: 'text/x-component', 'next-action': id, ...more };
      const started = performance.now();
      const answer = await request.post(page.url, {
        headers,
        maxRedirects: 0,
        ...(body instanceof FormData ? { multipart: body } : { data: body }),
      });
      expect(performance.now() - started).toBeLessThan(2000);
      return answer.status();
    };
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    const hostile = [
      '',
      '[',
      '{}',
      '1',
      'null',
      '"$1"',
      '["$1"]',
      '["$@0"]',
      '["$F1"]',
      '["$h1"]',
      '["$B1"]',
      '["$T"]',
      '["$Q1"]',
      '["$i1"]',
      `["$n${'9'.repeat(60_000)}"]`,
      '["$1:__proto__:then"]',
      '["$1:constructor:constructor"]',
      '[{"then":"$1:__proto__:then","status":"resolved_model","value":"{}","_response":{"_prefix":"x"}}]',
      '[{"__proto__":{"x":1}}]',
      `[${'1,'.repeat(40_000)}1]`,
      deep,
    ];
    for (const text of hostile) {
      const what = text.slice(0, 60);
      expect(await call(text, { 'content-type': 'text/plain;charset=UTF-8' }), what).toBe(400);
      const form = new FormData();
      form.append('0', text);
      form.append('1', '"$@0"');
      expect(await call(form), what).toBe(400);
    }
    for (const type of [
      'multipart/form-data',
      'multipart/form-data; boundary=',
      'application/json',
      'application/x-www-form-urlencoded',
      'text/x-component',
    ])
      expect(await call('x', { 'content-type': type }), type).toBe(400);
    // Plain, and yet not what the action is for.
    for (const args of [
      [],
      [uid],
      [uid, null, null],
      [[uid], null, '$K1'],
      [{ length: 43 }, {}, '$K1'],
      [uid, { attempt: {} }, '$K2'],
      [null, 'x', '$K1'],
    ]) {
      const form = new FormData();
      form.append('0', JSON.stringify(args));
      form.append('_1_address', nobody);
      form.append('_1_password', '');
      const status = await call(form);
      expect(status >= 200 && status < 500, `${JSON.stringify(args)} ${status}`).toBe(true);
    }
    for (const unknown of ['x', '0'.repeat(42), `${id.slice(0, -2)}00`, '__proto__', 'constructor', '../../x']) {
      const form = new FormData();
      form.append('0', '[]');
      const status = await call(form, { 'next-action': unknown });
      expect(status >= 400 && status < 500, `${unknown} ${status}`).toBe(true);
    }
    // The same without script: the fields that name the action.
    for (const more of [
      { $ACTION_ID_x: '' },
      { $ACTION_ID___proto__: '' },
      { $ACTION_REF_1: '' },
      { $ACTION_REF_1: '', '$ACTION_1:0': '{' },
      { $ACTION_REF_1: '', '$ACTION_1:0': '{"id":"x","bound":null}' },
      { $ACTION_REF_1: '', '$ACTION_1:0': JSON.stringify({ id, bound: '$@1' }), '$ACTION_1:1': '{}' },
      { $ACTION_REF_1: '', '$ACTION_1:0': JSON.stringify({ id, bound: '$@1' }), '$ACTION_1:1': '[["x"]]' },
      { $ACTION_REF_1: '', '$ACTION_1:0': JSON.stringify({ id, bound: '$@1' }), '$ACTION_1:1': deep },
      { address: 'x' },
    ]) {
      const form = new FormData();
      for (const [name, value] of Object.entries(more)) form.append(name, value);
      const answer = await request.post(page.url, { headers: own(world), multipart: form, maxRedirects: 0 });
      const what = `${JSON.stringify(more).slice(0, 120)} ${answer.status()}`;
      expect(answer.status() >= 300 && answer.status() < 500, what).toBe(true);
    }
    expect((await submit(request, page, { address: nobody, password: '' }, own(world))).status()).toBe(200);
  });

  test('SEC-13, SEC-97: more than a form can be is refused unread, everywhere', async ({ request, world }) => {
    const huge = Buffer.alloc(3 * 1024 * 1024, 'x');
    const page = await signInPage(request, world);
    for (const path of [
      new URL(page.url).pathname,
      '/account',
      '/account/sessions',
      '/oidc/auth',
      '/oidc/token',
      '/oidc/session/end/confirm',
      '/oidc/nowhere',
      '/account/sign-out',
    ]) {
      const answer = await request.post(world.portal + path, {
        headers: { ...own(world), 'content-type': 'application/x-www-form-urlencoded' },
        data: huge,
        maxRedirects: 0,
      });
      expect(answer.status(), path).toBe(413);
    }
    expect((await request.post(`${world.portal}/api/backchannel-logout`, { data: huge })).status()).toBe(400);
    // In pieces, without saying how long it is.
    const pieces = () =>
      new ReadableStream<Uint8Array>({
        start(controller) {
          for (let n = 0; n < 30; n++) controller.enqueue(new Uint8Array(10_000).fill(120));
          controller.close();
        },
      });
    for (const path of ['/oidc/auth', '/oidc/token', '/api/backchannel-logout']) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const request = { method: 'POST', headers, body: pieces(), duplex: 'half', redirect: 'manual' } as RequestInit;
      // Refused before all of it has come, the connection may end first.
      const status = await fetch(world.portal + path, request).then(
        (answer) => answer.status,
        () => 413,
      );
      expect(status >= 400 && status < 500, `${path} ${status}`).toBe(true);
    }
  });

  test('SEC-97: an authorization request by POST may hold what no header can', async ({ request, world }) => {
    for (const data of [
      'a=b\r\nX-Evil: 1',
      'a=é\u{1f600}',
      'client_id=%00',
      '%',
      'client_id=cloud&client_id=cloud',
      'client_id[]=cloud',
      '=&&=',
      '\0',
    ]) {
      const answer = await request.post(`${world.issuer}/auth`, {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        data: Buffer.from(data),
      });
      expect(answer.status(), data).toBe(400);
      expect(answer.headers()['x-evil']).toBeUndefined();
    }
  });

  test('the provider refuses parameters that are not what they should be, without an error of its own', async ({ request, world }) => {
    for (const more of [
      { claims: '{' },
      { claims: 'null' },
      { claims: '[]' },
      { claims: '{"id_token":1}' },
      { claims: '{"id_token":null,"userinfo":"x"}' },
      { claims: '{"id_token":{"acr":{"essential":true,"values":"x"}}}' },
      { claims: '{"id_token":{"acr":{"essential":true,"value":{"x":1}}}}' },
      { claims: '{"userinfo":{"__proto__":null,"constructor":null}}' },
      { claims: megabyte.slice(0, 6000) },
      { max_age: '-1' },
      { max_age: 'x' },
      { prompt: 'none login' },
      { prompt: 'enrol' },
      { prompt: 'create' },
      { prompt: '\0' },
      { id_token_hint: 'x' },
      { id_token_hint: `${btoa('{"alg":"none"}')}.${btoa('{"aud":"\\u0000","sub":"x"}')}.`.replaceAll('=', '') },
      { login_hint: '"><script>alert(1)</script>\u202e\0' },
      { ui_locales: '../../etc\r\n' },
      { acr_values: '\0 x y' },
      { state: '\0\r\n' },
      { scope: '\0' },
      { client_id: '\0' },
      { client_id: '__proto__' },
      { resource: 'urn:x' },
      { web_message_uri: 'https://evil.example' },
      { response_type: 'id_token token' },
      { response_mode: 'web_message' },
      { code_challenge_method: 'plain' },
      { code_challenge: '' },
    ]) {
      const answer = await request.get(authorize(world, more), { maxRedirects: 0 });
      const what = `${JSON.stringify(more).slice(0, 100)} ${answer.status()}`;
      expect([303, 400], what).toContain(answer.status());
      const location = answer.headers().location;
      if (location?.startsWith('/sign-in/')) {
        const html = await (await request.get(world.portal + location)).text();
        expect(html, what).not.toContain('<script>alert');
      } else if (location) expect(new URL(location).origin, what).toBe(world.applications.cloud);
    }
    for (const query of [
      'id_token_hint=x',
      `id_token_hint=${btoa('{"alg":"none"}')}.${btoa('{"aud":"\\u0000"}')}.`,
      'post_logout_redirect_uri=https://evil.example/',
      'client_id=%00',
    ]) {
      const answer = await request.get(`${world.issuer}/session/end?${query}`, { maxRedirects: 0 });
      expect([303, 400], query).toContain(answer.status());
      expect(answer.headers().location ?? '').not.toContain('evil');
    }
  });

  test('SEC-99, T12: a field more, a field twice, or a file where words should be', async ({ request, world }) => {
    const page = await signInPage(request, world);
    const send = async (change: (form: FormData) => void) => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ ...hiddenFieldsOf(page.html, 'password'), address: nobody, password })) form.append(name, value);
      change(form);
      const answer = await request.post(page.url, { headers: own(world), multipart: form, maxRedirects: 0 });
      expect(answer.status()).toBe(200);
      return answer.text();
    };
    for (const change of [
      (form: FormData) => form.append('accountId', 'x'),
      (form: FormData) => form.append('address', 'other@inserm.fr'),
      (form: FormData) => form.append('address[]', 'other@inserm.fr'),
      (form: FormData) => form.set('password', new Blob(['x']), 'x.txt'),
      (form: FormData) => form.append('__proto__', 'x'),
    ])
      expect(await send(change)).toContain('Nous ne pouvons pas lire ce qui a été envoyé');
  });
});

test.describe('Bad input gets a clear answer', () => {
  const inputs = { empty: '', NUL: '12\x0034', '1 MB': megabyte, emoji: '😀'.repeat(20), 'right to left': '\u202e\u05d0\u05d1\u05d2 123' };

  test('empty, NUL, 1 MB, emoji and right-to-left text in every field of every form, in both languages', async ({ person, world }) => {
    test.slow();
    const { page } = person;
    /** @param filled the fields, each right but for the one that is tried. @param kinds those that are wrong in it */
    const tries = async (filled: Readonly<Record<string, string>>, field: string, kinds: readonly (keyof typeof inputs)[]) => {
      const url = page.url();
      const html = await (await page.request.get(url)).text();
      for (const kind of kinds) {
        for (const language of ['fr', 'en']) {
          const answer = await submit(
            page.request,
            { url, html },
            { ...filled, [field]: inputs[kind] },
            { ...own(world), 'accept-language': language },
          );
          const what = `${new URL(url).pathname.split('/').slice(3).join('/')} ${field}: ${kind}, ${language}`;
          expect(answer.status(), what).toBe(200);
          const said = await answer.text();
          expect(said, what).toContain(`<html lang="${language}"`);
          expect(
            /role="alert"[^>]*>.*?<\/div>/s
              .exec(said)?.[0]
              .replace(/<[^>]*>/g, '')
              .trim(),
            what,
          ).toMatch(/\p{L}{3}/u);
          expect(said.length, what).toBeLessThan(200_000);
        }
      }
    };
    const all = Object.keys(inputs) as (keyof typeof inputs)[];
    const unreadable = ['empty', 'NUL', '1 MB'] as const;

    await person.opens('insermbiblio');
    await person.sees(person.words.signInTitle);
    await tries({ address: nobody, password }, 'address', all);
    await tries({ address: `bad-input.${randomUUID()}@inserm.fr`, password }, 'password', all);
    await person.givesPassword();
    await person.sees(person.words.emailCodeTitle);
    await tries({ code: '' }, 'code', all);
    await person.givesEmailCode();
    await person.beginsEnrolment();
    await person.sees(person.words.installAppTitle);
    await tries({ app: 'other' }, 'app', all);
    await person.choosesApp();
    await person.sees(person.words.scanCodeTitle);
    await tries({ code: '' }, 'code', all);
    await person.scansCode();
    await person.sees(person.words.questionsTitle);
    const answers = {
      q1: 'school-not-attended',
      a1: 'Patate',
      q2: 'driving-instructor',
      a2: 'Cornélius',
      q3: 'first-soft-toy',
      a3: 'Rocamadour',
      q4: 'school-trip',
      a4: 'Vercors',
    };
    for (const field of ['q1', 'a2', 'q3', 'a4'])
      await tries(answers, field, field.startsWith('q') ? all : [...unreadable, 'emoji', 'right to left']);
    await person.answersQuestions();
    await person.sees(person.words.recoveryCodesTitle);
    await tries({ kept: '' }, 'kept', unreadable);
    await person.keepsRecoveryCodes();
    await person.goesOn();
    await person.agrees();
    await person.isSignedInTo('insermbiblio');

    await page.context().clearCookies();
    await person.opens('insermbiblio');
    await person.givesPassword();
    await person.sees(person.words.secondFactorTitle);
    await tries({ code: '' }, 'code', all);
    const uid = new URL(page.url()).pathname.split('/')[2] ?? '';
    await page.goto(world.portal + secondFactorPath(uid, 'recovery-code'));
    await tries({ code: '' }, 'code', all);
  });

  test.describe('', () => {
    test.use({ tolerated: [/status of (404|500)|React error #441/] });
    test('SEC-103, SEC-25: a defect shows a page in plain words with a reference that the log knows, and nothing of what is inside', async ({
      person,
      world,
    }) => {
      await person.comesToScan('insermbiblio');
      const database = new Database(join(world.folder, 'portal.db'), { timeout: 5000 });
      const spoilt = database.prepare('update pending_factors set secret = ? where account_id = (select id from accounts where address = ?)');
      expect(spoilt.run(Buffer.from('x\0spoilt'), person.account.address).changes).toBe(1);
      database.close();
      const answer = await person.page.reload();
      expect(answer?.status()).toBe(500);
      await person.sees('Cette page n’a pas pu s’afficher');
      const reference = /Référence\s:\s(\d+)/.exec((await person.page.locator('main').textContent()) ?? '')?.[1] ?? '';
      expect(reference).not.toBe('');
      const html = (await answer?.text()) ?? '';
      for (const inside of ['Sealed with key', 'key ring', '.ts:', 'node_modules', ' at ', world.folder]) expect(html, inside).not.toContain(inside);
      expect(readFileSync(join(world.folder, 'portal.log'), 'utf8')).toContain(`"reference":"${reference}"`);
    });
  });
});

test('SEC-07, T16: unknown, wrong, disabled and waiting are the same answer: status, headers, cookies, size and words', async ({
  playwright,
  account,
  world,
}) => {
  // As long as the account's own address: what was typed is shown again.
  const unknown = account.address.replace(/^../, 'zz');
  const request = await playwright.request.newContext();
  const seen = async (address: string) => {
    const answer = await submit(request, await signInPage(request, world), { address, password }, own(world));
    const text = await answer.text();
    // What is random in every answer.
    const constant = Object.entries(answer.headers())
      .filter(([name]) => !['date', 'etag', 'x-request-id'].includes(name))
      .map(([name, value]) => `${name}: ${value.replace(/'nonce-[\w-]+'/g, '')}`)
      .sort();
    return {
      status: answer.status(),
      headers: constant.filter((line) => !line.startsWith('content-length')),
      size: text.length,
      said: /role="alert"[^>]*>.*?<\/div>/s.exec(text)?.[0],
    };
  };
  const wrong = await seen(account.address);
  const cases = { unknown: await seen(unknown), waiting: wrong, disabled: wrong };
  for (let n = 0; n < 5; n++) cases.waiting = await seen(account.address);
  await runCli(world, ['accounts', 'disable', account.address]);
  cases.disabled = await seen(account.address);
  for (const [what, answer] of Object.entries(cases)) {
    expect(answer.status, what).toBe(wrong.status);
    expect(answer.said, what).toBe(wrong.said);
    expect(answer.headers, what).toEqual(wrong.headers);
    expect(Math.abs(answer.size - wrong.size), what).toBeLessThanOrEqual(16);
  }
  expect(wrong.headers.join()).not.toContain('set-cookie');
  await request.dispose();
});

test('SEC-69: a cookie planted before signing in is worth nothing afterwards', async ({ person, page, context, playwright, world }) => {
  const planted = 'p'.repeat(43);
  await context.addCookies(['portal-session', 'provider-session'].map((name) => ({ name, value: planted, url: world.portal })));
  await page.goto(`${world.portal}/account`);
  // A session that is not known has ended, as far as anybody can tell.
  await page.getByRole('link', { name: 'Se connecter de nouveau' }).click();
  await person.givesPassword();
  await person.givesEmailCode();
  await person.enrols();
  await expect(page).toHaveURL(`${world.portal}/account`);
  const thief = await playwright.request.newContext({ extraHTTPHeaders: { cookie: `portal-session=${planted}; provider-session=${planted}` } });
  expect((await thief.get(`${world.portal}/account`, { maxRedirects: 0 })).status()).toBe(307);
  expect((await thief.get(authorize(world, { prompt: 'none' }), { maxRedirects: 0 })).headers().location).toContain('error=login_required');
  await thief.dispose();
});

test('SEC-111, SEC-112: the log is one JSON object a line in our own words, and names nobody', async ({ request, world }) => {
  await submit(
    request,
    await signInPage(request, world),
    { address: 'in.the-log@inserm.fr', password: 'secret that must not be logged' },
    own(world),
  );
  await request.get(`${world.portal}/nowhere%0d%0a%1b[31m?password=logged`, { headers: { 'user-agent': 'evil\u001b' } }).catch(() => null);
  const lines = readFileSync(join(world.folder, 'portal.log'), 'utf8');
  for (const secret of ['@inserm.fr', '@ext.inserm.fr', 'must not be logged', 'quatre tortues', 'password=logged'])
    expect(lines.includes(secret), secret).toBe(false);
  // All of it, whoever printed it; but for a last line that is being written.
  for (const line of lines.split('\n').slice(0, -1)) expect(() => JSON.parse(line), line).not.toThrow();
  expect(lines.includes('\u001b[31m')).toBe(false);
});
