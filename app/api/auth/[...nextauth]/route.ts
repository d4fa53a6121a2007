// The portal's return address as a client. Of next-auth's endpoints only those that are needed answer: starting and ending a session have
// routes of their own, which work without script and are never a GET that changes something.
import { problemPath } from '#app/paths';
import { portal } from '#app/portal';
import { answerAuth } from '#app/portal-client';
import { portalApplicationId } from '#lib/applications/facts';

export const dynamic = 'force-dynamic';

export async function GET(request: Request, context: { params: Promise<{ nextauth: string[] }> }): Promise<Response> {
  const running = await portal();
  const [action, provider] = (await context.params).nextauth;
  const known = action === 'session' || action === 'error' || (action === 'callback' && provider === portalApplicationId);
  if (!known) return new Response(null, { status: 404 });
  // A person who gave up, not an error of ours.
  const { searchParams } = new URL(request.url);
  if (action === 'callback' && searchParams.get('error') === 'access_denied') {
    const location = `${running.settings.origin}${problemPath('access-denied')}?application=${portalApplicationId}`;
    return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
  }
  return answerAuth(running, request, context);
}
