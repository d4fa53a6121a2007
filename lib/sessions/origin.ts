// Whether a request that changes something came from one of our own pages. Pure; asked by proxy.ts for every request, and again by
// server actions and route handlers, because a proxy may be missing or passed by, and Next lets a missing Origin through.

/** Why a request is refused; for logs, never for people. */
export type OriginRefusal = 'origin-missing' | 'origin-foreign' | 'fetched-cross-site';

export interface SentRequest {
  readonly method: string;
  readonly headers: Pick<Headers, 'get'>;
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * @param expected the portal's own origin, from the settings: never from the request
 * @returns null when the request may go on. Sources: ASVS 3.5.1, OWASP CSRF (SEC-66, SEC-68).
 */
export function originRefusal({ method, headers }: SentRequest, expected: string): OriginRefusal | null {
  if (safe.has(method.toUpperCase())) return null;
  const origin = headers.get('origin');
  // Null in browsers older than 2023, which Origin then covers.
  const secFetchSite = headers.get('sec-fetch-site');
  if (!origin) return 'origin-missing';
  // The literal `null` of sandboxed and privacy-redirected pages is foreign like any other.
  if (origin !== expected) return 'origin-foreign';
  if (secFetchSite !== null && secFetchSite !== 'same-origin' && secFetchSite !== 'none') return 'fetched-cross-site';
  return null;
}
