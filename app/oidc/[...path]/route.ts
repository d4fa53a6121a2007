// The OpenID Provider's endpoints. A folder's name decides the path: lib/oidc/bridge.ts does the rest.
import { portal } from '#app/portal';
import { providerFetch } from '#lib/oidc/bridge';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

// From the route's parameters: after a rewrite, request.url still shows the address before it.
const answer = async (request: Request, { params }: { params: Promise<{ path: string[] }> }) =>
  providerFetch(await portal(), request, `/${(await params).path.join('/')}`);

export { answer as GET, answer as OPTIONS, answer as POST };
