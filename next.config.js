/** @type {import('next').NextConfig} */
export default {
  // Another folder lets a second build stand beside the one that runs.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  images: { unoptimized: true },
  experimental: { serverActions: { bodySizeLimit: '64kb' } },
  // Left to Node's own loader: oidc-provider keys its models by class name, which a minifier renames (docs/decisions/0004).
  serverExternalPackages: ['oidc-provider', 'better-sqlite3', '@node-rs/argon2', 'pino', 'nodemailer', 'postgres'],
  async rewrites() {
    return [{ source: '/.well-known/oauth-authorization-server/oidc', destination: '/oidc/.well-known/oauth-authorization-server' }];
  },
};
