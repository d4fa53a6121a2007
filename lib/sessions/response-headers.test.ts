// What every page tells the browser about what it may load and who may frame it.
import { expect, test } from 'vitest';
import { contentPolicy, originsOf, pageHeaders } from './response-headers.ts';

const page = { nonce: 'bm9uY2U', formTargets: ['https://biblio.inserm.fr'], secure: true, development: false };
const directive = (policy: string, name: string) => policy.split('; ').find((d) => d.startsWith(`${name} `));

test('SEC-93: only scripts that carry this response’s nonce run, and nothing unsafe is allowed', () => {
  const policy = contentPolicy(page);
  expect(directive(policy, 'script-src')).toBe("script-src 'nonce-bm9uY2U' 'strict-dynamic'");
  expect(policy).not.toMatch(/unsafe|https:(?!\/\/)|\*/);
  expect(directive(policy, 'object-src')).toBe("object-src 'none'");
  expect(directive(policy, 'base-uri')).toBe("base-uri 'none'");
});

test('SEC-93: forms lead to ourselves and to registered applications, nowhere else', () => {
  expect(directive(contentPolicy(page), 'form-action')).toBe("form-action 'self' https://biblio.inserm.fr");
  expect(directive(contentPolicy({ ...page, formTargets: [] }), 'form-action')).toBe("form-action 'self'");
});

test('SEC-94: no page may be framed, sniffed, read from elsewhere or kept', () => {
  const headers = pageHeaders(page);
  expect(headers['Content-Security-Policy']).toContain("frame-ancestors 'none'");
  expect(headers).toMatchObject({
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  });
});

test('SEC-93: the telephone’s app has the camera, its worker and the authenticator, and no other page does; its forms lead to no application', () => {
  const app = pageHeaders({ ...page, authenticator: true });
  expect(app['Permissions-Policy']).toBe(
    'camera=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  );
  const policy = app['Content-Security-Policy'] ?? '';
  expect(directive(policy, 'worker-src')).toBe("worker-src 'self'");
  expect(directive(policy, 'form-action')).toBe("form-action 'self'");
  expect(directive(policy, 'script-src')).toBe("script-src 'nonce-bm9uY2U' 'strict-dynamic'");
  expect(pageHeaders(page)['Permissions-Policy']).toContain('camera=()');
  expect(directive(contentPolicy(page), 'worker-src')).toBeUndefined();
});

test('SEC-66: the referrer policy lets our own forms send their Origin', () => {
  expect(pageHeaders(page)['Referrer-Policy']).toBe('same-origin');
});

test('SEC-95: a portal behind TLS says so for a year, one without does not', () => {
  expect(pageHeaders(page)['Strict-Transport-Security']).toBe('max-age=31536000; includeSubDomains');
  const plain = pageHeaders({ ...page, secure: false });
  expect(plain['Strict-Transport-Security']).toBeUndefined();
  expect(plain['Content-Security-Policy']).not.toContain('upgrade-insecure-requests');
});

test('an application’s addresses become its origins, each once', () => {
  const addresses = ['https://b.fr/callback', 'https://b.fr/other?x=1', 'http://localhost:4101/callback'];
  expect(originsOf(addresses)).toEqual(['http://localhost:4101', 'https://b.fr']);
});
