// How Next builds and serves the portal.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

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

// Next compresses with gzip, for each that asks; brotli at its best is a seventh smaller, takes seconds, and is therefore made once, with the build.
const built = '/_next/static/chunks/:file(.+\\.(?:js|css))';
/** `next dev` builds what is asked for, when it is asked for. */
const production = process.env.NODE_ENV === 'production';
/** Who weighs it against others (`br;q=…`) gets gzip, like who doesn't know it. */
const takesBrotli = [{ type: 'header', key: 'accept-encoding', value: '(?:.*[ ,])?br(?:,.*)?' }];
const compress = promisify(brotliCompress);

async function compressFiles(/** @type {string} */ distDir) {
  const to = join(distDir, 'static', 'compressed');
  await mkdir(to, { recursive: true });
  const from = join(distDir, 'static', 'chunks');
  const names = (await readdir(from)).filter((name) => /\.(?:js|css)$/.test(name));
  await Promise.all(
    names.map(async (name) => {
      const plain = await readFile(join(from, name));
      const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
      await writeFile(join(to, name), await compress(plain, { params }));
    }),
  );
}

const listed = (headers) => Object.entries(headers).map(([key, value]) => ({ key, value }));

/** @type {import('next').NextConfig} */
export default {
  // Another folder lets a second build stand beside the one that runs.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  compiler: { runAfterProductionCompile: ({ distDir }) => compressFiles(distDir) },
  images: { unoptimized: true },
  // A megabyte pasted into a field is told so on its page; more is refused by proxy.ts.
  experimental: { serverActions: { bodySizeLimit: '2mb' }, proxyClientMaxBodySize: '2mb' },
  // Left to Node's own loader: oidc-provider keys its models by class name, which a minifier renames (docs/decisions/0004).
  serverExternalPackages: [
    'oidc-provider',
    'better-sqlite3',
    '@node-rs/argon2',
    'pino',
    'prom-client',
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
      ...(production ? [{ source: built, has: takesBrotli, headers: listed({ 'Content-Encoding': 'br' }) }] : []),
      // The app's page stands above the folder of its worker.
      { source: '/authenticator/worker.js', headers: listed({ 'Service-Worker-Allowed': '/authenticator' }) },
      { source: '/((?!oidc(?:/|$)|_next/static/).*)', headers: listed(locked) },
    ];
  },
  async rewrites() {
    return {
      beforeFiles: production ? [{ source: built, has: takesBrotli, destination: '/_next/static/compressed/:file' }] : [],
      afterFiles: [{ source: '/.well-known/oauth-authorization-server/oidc', destination: '/oidc/.well-known/oauth-authorization-server' }],
    };
  },
};
