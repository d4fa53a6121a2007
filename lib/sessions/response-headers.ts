// The security headers of every page: what its browser may load, where its forms may lead, who may frame or read it. Pure.

export interface PageSource {
  /** 128 random bits, for this response only. */
  readonly nonce: string;
  /** Origins to which a form's answer may redirect: Chromium applies form-action to the redirects as well. */
  readonly formTargets: readonly string[];
  /** Whether the portal is reached over TLS. */
  readonly secure: boolean;
  /** Whether this is `next dev`, whose own scripts need eval and a socket. */
  readonly development: boolean;
  /** The telephone's app: a worker of its own, the camera for QR codes, the telephone's authenticator. */
  readonly authenticator?: boolean;
}

/** The Content-Security-Policy of one response. Source: OWASP CSP, strict variant (SEC-93). */
export function contentPolicy({ nonce, formTargets, secure, development, authenticator = false }: PageSource): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? ` 'unsafe-eval'` : ''}`,
    // Next's development overlay writes style elements without a nonce.
    development ? `style-src 'self' 'unsafe-inline'` : `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'${development ? ' ws:' : ''}`,
    `manifest-src 'self'`,
    ...(authenticator ? [`worker-src 'self'`] : []),
    // No form of the telephone's app leads to an application.
    `form-action ${["'self'", ...(authenticator ? [] : formTargets)].join(' ')}`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
    ...(secure ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}

/** Headers of every page and refusal. Sources: ASVS 3.4, SEC-94, SEC-95. */
export function pageHeaders(source: PageSource): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentPolicy(source),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    // Not no-referrer: browsers then send `Origin: null` with our own forms, which is refused (SEC-66).
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Frame-Options': 'DENY',
    'Permissions-Policy': `camera=(${source.authenticator ? 'self' : ''}), ${source.authenticator ? 'publickey-credentials-get=(self), publickey-credentials-create=(self), ' : ''}microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()`,
    ...(source.secure ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
  };
}

/** The origins of these addresses, each once, in order. */
export const originsOf = (addresses: readonly string[]) => [...new Set(addresses.map((a) => new URL(a).origin))].sort();
