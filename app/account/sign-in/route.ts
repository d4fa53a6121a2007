// Starts a sign-in to the portal, from a plain link. It sets cookies of this browser and changes nothing else.
import { portal } from '#app/portal';
import { startSignIn } from '#app/portal-client';
import { returnTo } from '#lib/sessions/return-to';

export const dynamic = 'force-dynamic';

export async function GET(request: Request): Promise<Response> {
  // Next fetches ahead what a link leads to; this is for browsers that go there.
  if (request.headers.get('rsc') || request.headers.get('purpose') === 'prefetch') return new Response(null, { status: 204 });
  const running = await portal();
  const { searchParams } = new URL(request.url);
  return startSignIn(running, returnTo(searchParams.get('returnTo'), running.settings.origin));
}
