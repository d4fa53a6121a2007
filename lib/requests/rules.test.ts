// What is made of a request before anybody looks at what it wants.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refusalOf, requestIdOf, routeOf, routesOf } from './rules.ts';

const routes = routesOf({
  staticRoutes: [
    { page: '/', regex: '^/(?:/)?$' },
    { page: '/_not-found', regex: '^/_not\\-found(?:/)?$' },
    { page: '/account', regex: '^/account(?:/)?$' },
  ],
  dynamicRoutes: [
    { page: '/not-me/[token]', regex: '^/not\\-me/([^/]+?)(?:/)?$' },
    { page: '/oidc/[...path]', regex: '^/oidc/(.+?)(?:/)?$' },
    { page: '/sign-in/[uid]/password', regex: '^/sign\\-in/([^/]+?)/password(?:/)?$' },
  ],
});

test('SEC-71: a request’s id is our proxy’s word, where there is a proxy and the word is plain; else ours', () => {
  expect(requestIdOf('0123456789abcdef', 1, 'ours')).toBe('0123456789abcdef');
  expect(requestIdOf('0123456789abcdef', 0, 'ours')).toBe('ours');
  expect(requestIdOf(undefined, 1, 'ours')).toBe('ours');
  expect(requestIdOf(['0123456789abcdef', 'x'], 1, 'ours')).toBe('ours');
  for (const bad of ['', 'short', 'a'.repeat(65), 'with space', '12345678\r\nX: y', '12345678\u001b[31m', '<script>alert(1)</script>'])
    expect(requestIdOf(bad, 1, 'ours')).toBe('ours');
});

test('a route names a page, and nothing of who is on it', () => {
  expect(routeOf('/sign-in/r4nd0m-uid/password?x=claire.martin@inserm.fr', routes)).toBe('/sign-in/[uid]/password');
  expect(routeOf('/not-me/secret-token', routes)).toBe('/not-me/[token]');
  expect(routeOf('/account', routes)).toBe('/account');
  expect(routeOf('/oidc/auth?client_id=biblio&state=s', routes)).toBe('/oidc/auth');
  expect(routeOf('/oidc/auth/r4nd0m-uid', routes)).toBe('/oidc/auth');
  expect(routeOf('/oidc/session/end/confirm', routes)).toBe('/oidc/session/end/confirm');
  expect(routeOf('/oidc/.well-known/openid-configuration', routes)).toBe('/oidc/.well-known/openid-configuration');
  expect(routeOf('/oidc/claire.martin', routes)).toBe('/oidc/[...path]');
  expect(routeOf('/oidc/.well-known/anything-else', routes)).toBe('/oidc/[...path]');
  expect(routeOf('/_next/static/chunks/1kt9.css', routes)).toBe('/_next/…');
  expect(routeOf('/favicon.ico', routes)).toBe('(file)');
  expect(routeOf('/claire.martin/secret', routes)).toBe('(none)');
  expect(routeOf('/_not-found', routes)).toBe('(none)');
});

test('however many paths are asked for, there are no more routes than pages', () => {
  const known = new Set([...routes.map(({ page }) => page), '/_next/…', '(file)', '(none)']);
  fc.assert(fc.property(fc.webPath(), (path) => known.has(routeOf(path, routes)) || /^\/oidc\//.test(routeOf(path, routes))));
});

test('SEC-94: what Next could not read is refused before it gets there', () => {
  expect(refusalOf('GET', '/help?x=%E0%A4%A')).toBeNull();
  expect(refusalOf('GET', '/%E0%A4%A')).toBe(400);
  expect(refusalOf('GET', '/%')).toBe(400);
  expect(refusalOf('GET', '/helpdesk/%00')).toBe(400);
  expect(refusalOf('GET', '/help?x=%00')).toBeNull();
  expect(refusalOf('OPTIONS', '*')).toBe(400);
  expect(refusalOf('GET', 'http://evil.example/help')).toBe(400);
  expect(refusalOf('POST', '/sign-in/x/password')).toBeNull();
  expect(refusalOf('TRACE', '/')).toBe(405);
  expect(refusalOf('PROPFIND', '/')).toBe(405);
});
