// Requests that change something are accepted from our own pages alone.
import { expect, test } from 'vitest';
import { originRefusal } from './origin.ts';

const ours = 'https://auth.inserm.fr';
const post = (origin: string | null, secFetchSite: string | null = null, method = 'POST') => {
  const sent = Object.entries({ origin, 'sec-fetch-site': secFetchSite }).filter((header): header is [string, string] => header[1] !== null);
  return originRefusal({ method, headers: new Headers(sent) }, ours);
};

test('SEC-66: a form sent from our own page is accepted', () => {
  expect(post(ours)).toBeNull();
  expect(post(ours, 'same-origin')).toBeNull();
  expect(post(ours, 'none')).toBeNull();
});

test.each([
  ['missing', null],
  ['empty', ''],
  ['the word null', 'null'],
  ['another site', 'https://evil.example'],
  ['our host without TLS', 'http://auth.inserm.fr'],
  ['our host on another port', 'https://auth.inserm.fr:8443'],
  ['a host that begins like ours', 'https://auth.inserm.fr.evil.example'],
  ['a host below ours', 'https://x.auth.inserm.fr'],
  ['ours with a slash', 'https://auth.inserm.fr/'],
  ['ours in capitals', 'https://AUTH.INSERM.FR'],
  ['two origins', 'https://auth.inserm.fr, https://evil.example'],
])('SEC-66: an Origin that is %s is refused', (_which, origin) => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'post', 'PROPFIND']) expect(post(origin, null, method)).not.toBeNull();
});

test.each(['cross-site', 'same-site', 'anything new'])('SEC-68: Sec-Fetch-Site %s is refused even with our Origin', (site) => {
  expect(post(ours, site)).toBe('fetched-cross-site');
});

test('SEC-68: our Origin does without Sec-Fetch-Site, but Sec-Fetch-Site does not do without Origin', () => {
  expect(post(ours, null)).toBeNull();
  expect(post(null, 'same-origin')).toBe('origin-missing');
});

test('SEC-67: reading is never refused, wherever the link was', () => {
  for (const method of ['GET', 'HEAD', 'OPTIONS', 'get']) expect(post('https://evil.example', 'cross-site', method)).toBeNull();
});
