// What is made of a request before anybody looks at what it wants: its id, its route, and whether it can be read at all. Pure.

/** What proxies send, Apache's mod_unique_id and nginx's $request_id included. */
const sane = /^[A-Za-z0-9_@.-]{8,64}$/;

/**
 * Whose word counts for a request's id: that of our own proxy, when there is one and it is a plain word; anybody else's could name another
 * request's lines, or break a line. @param made an id of ours
 */
export const requestIdOf = (sent: string | string[] | undefined, proxies: number, made: string): string =>
  proxies > 0 && typeof sent === 'string' && sane.test(sent) ? sent : made;

/** A route of the application: `/sign-in/[uid]/password`, and what it matches. */
export interface Route {
  readonly page: string;
  readonly pattern: RegExp;
}

/** As Next lists them in routes-manifest.json; those without a parameter first, then in Next's own order. */
export const routesOf = (manifest: RouteManifest): readonly Route[] =>
  [...manifest.staticRoutes, ...manifest.dynamicRoutes].map(({ page, regex }) => ({ page, pattern: new RegExp(regex) }));
export interface RouteManifest {
  readonly staticRoutes: readonly ListedRoute[];
  readonly dynamicRoutes: readonly ListedRoute[];
}
interface ListedRoute {
  readonly page: string;
  readonly regex: string;
}

/** The provider's endpoints, behind one route of Next's. */
const providerEndpoint =
  /^\/oidc\/(auth|token|me|jwks|session\/end(?:\/confirm|\/success)?|token\/(?:introspection|revocation)|\.well-known\/(?:openid-configuration|oauth-authorization-server))(\/|$)/;

/**
 * The route that answers a path, for logs and metrics: no id, no token, no query, and no more values than there are routes.
 * @param target as in the request's first line
 */
export function routeOf(target: string, routes: readonly Route[]): string {
  const path = target.split(/[?#]/, 1)[0] ?? '';
  if (path.startsWith('/_next/')) return '/_next/…';
  const endpoint = providerEndpoint.exec(path)?.[1];
  if (endpoint) return `/oidc/${endpoint}`;
  const found = routes.find(({ pattern }) => pattern.test(path))?.page;
  if (found && found !== '/_not-found' && !found.startsWith('/_global-error')) return found;
  return /^\/[\w.-]+\.[a-z0-9]+$/i.test(path) ? '(file)' : '(none)';
}

const methods = new Set(['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE']);

/** Why a request is not handed on, as a status; null when it is. Next would answer these with a failure of its own (SEC-94). */
export function refusalOf(method: string, target: string): 400 | 405 | null {
  if (!methods.has(method)) return 405;
  // `*`, and whole addresses, as a proxy would be asked for.
  if (!target.startsWith('/')) return 400;
  try {
    // A NUL is of no address of ours, and PostgreSQL takes none as a value.
    return decodeURIComponent(target.split(/[?#]/, 1)[0] ?? '').includes('\0') ? 400 : null;
  } catch {
    return 400;
  }
}
