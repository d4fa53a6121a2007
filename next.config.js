// How Next builds and serves the portal.

/** What proxy.ts and the provider don't answer themselves: files, methods that nothing takes (SEC-94). */
const guarded = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
};
const locked = {
  ...guarded,
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
};
/** Scripts and styles: a sign-in page brings nine, and has 150 KiB in all, headers included. */
const files = { 'X-Content-Type-Options': 'nosniff', 'X-Frame-Options': 'DENY' };
const listed = (headers) => Object.entries(headers).map(([key, value]) => ({ key, value }));

/** @type {import('next').NextConfig} */
export default {
  // Another folder lets a second build stand beside the one that runs.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  images: { unoptimized: true },
  // A megabyte pasted into a field is told so on its page; more is refused by proxy.ts.
  experimental: { serverActions: { bodySizeLimit: '2mb' }, proxyClientMaxBodySize: '2mb' },
  // Left to Node's own loader: oidc-provider keys its models by class name, which a minifier renames (docs/decisions/0004).
  serverExternalPackages: [
    'oidc-provider',
    'better-sqlite3',
    '@node-rs/argon2',
    'pino',
    'nodemailer',
    'postgres',
    'web-push',
    'https-proxy-agent',
    'ldapts',
  ],
  async headers() {
    return [
      // Instead of the provider's own, which say more, where there are any: only what is the same everywhere.
      { source: '/oidc/:path*', headers: listed(guarded) },
      { source: '/_next/static/:path*', headers: listed(files) },
      // The app's page stands above the folder of its worker.
      { source: '/authenticator/worker.js', headers: listed({ 'Service-Worker-Allowed': '/authenticator' }) },
      { source: '/((?!oidc(?:/|$)|_next/static/).*)', headers: listed(locked) },
    ];
  },
  async rewrites() {
    return [{ source: '/.well-known/oauth-authorization-server/oidc', destination: '/oidc/.well-known/oauth-authorization-server' }];
  },
};
