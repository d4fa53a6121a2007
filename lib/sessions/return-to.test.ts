// SEC-70, T20: after signing in, a browser goes to a page of the portal, whatever was asked.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leadsToConsole, returnTo } from './return-to.ts';

const origin = 'https://auth.inserm.fr';

describe('SEC-70: goes where it should', () => {
  test.each([
    '/account',
    '/account/factors',
    '/account/activity?page=2&kind=sign-in',
    '/account/applications/cloud',
    '/helpdesk',
    '/helpdesk/0192?tab=events',
    '/authenticator',
  ])('%s', (path) => expect(returnTo(path, origin)).toBe(path));
});

const corpus = [
  '//evil.example',
  '///evil.example',
  '////evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '\\/evil.example',
  '/\\/evil.example',
  '/%2F%2Fevil.example',
  '/%2f%2fevil.example',
  '/%5Cevil.example',
  '/account/%2F..%2F',
  '/account%5c..',
  'https:evil.example',
  'https:/evil.example',
  'https://evil.example',
  'https://evil.example/account',
  'http://auth.inserm.fr/account',
  'HTTPS://EVIL.EXAMPLE',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  '/account//evil.example',
  '/account/..//evil.example',
  '/account/../../evil',
  '/account/../api/auth/signout',
  '/account/\tevil',
  '/acc\nount',
  '/account\r\nlocation: https://evil.example',
  '/account\0',
  '\t//evil.example',
  ' /account',
  '/account /x',
  '@evil.example',
  'https://auth.inserm.fr@evil.example/account',
  '/@evil.example',
  '/account。evil',
  '／／evil.example',
  '/accounts',
  '/oidc/session/end',
  '/api/auth/signout',
  '/account/sign-out',
  '/account/sign-in',
  '/account/sign-in?returnTo=/account/sign-in',
  '/sign-in/x/password',
  '/',
  '',
  '?x',
  '#x',
  'account',
  './account',
  `/account/${'x'.repeat(600)}`,
  '/account%00',
  '/account%0d%0aSet-Cookie:x',
  'blob:https://auth.inserm.fr/x',
  'file:///etc/passwd',
];

describe('T20: everything else goes to the account’s home', () => {
  test('the corpus has at least forty', () => expect(corpus.length).toBeGreaterThanOrEqual(40));
  test.each(corpus)('%j', (wanted) => expect(returnTo(wanted, origin)).toBe('/account'));
  test.each([undefined, null, 5, [], ['/account/factors'], {}])('%j, which is no text', (wanted) =>
    expect(returnTo(wanted, origin)).toBe('/account'),
  );
});

test('SEC-70: whatever is asked, a browser that follows it stays on our origin and in the account', () => {
  const odd = fc.stringMatching(/^[/\\%.:@?#a-z0-9\t\r\n 。]{0,40}$/);
  const near = fc.tuple(fc.constantFrom('/account', '/helpdesk', '/', '//', '/\\', 'https:'), odd).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(fc.string(), odd, near), (wanted) => {
      const url = new URL(returnTo(wanted, origin), origin);
      expect(url.origin).toBe(origin);
      expect(url.pathname).toMatch(/^\/(account|helpdesk|authenticator)(\/|$)/);
    }),
    { numRuns: 2000 },
  );
});

test('SEC-78: the console is known by its folder, however its address goes on', () => {
  for (const path of ['/helpdesk', '/helpdesk?q=x', '/helpdesk/acts', '/helpdesk/an-id/unlock?x=1'])
    expect(leadsToConsole(returnTo(path, origin)), path).toBe(true);
  for (const path of ['/account', '/helpdesks', '/account/helpdesk', '/account?returnTo=/helpdesk'])
    expect(leadsToConsole(returnTo(path, origin)), path).toBe(false);
});
