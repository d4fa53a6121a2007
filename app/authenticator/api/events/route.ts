// Tells a telephone whose app is open that something changed, the moment it does. What it is, the telephone then asks for.
import { signedCallOf } from '#app/authenticator/device-route';
import { eventStream } from '#app/event-stream';
import { pendingRequests } from '#lib/factors/phone/pending-requests';

export const dynamic = 'force-dynamic';

/** Signed like every call. Ends when the telephone is no longer the account's. */
export async function GET(request: Request): Promise<Response> {
  const signed = await signedCallOf(request);
  if (signed instanceof Response) return signed;
  const { running: portal, call } = signed;
  const read = async () => {
    const home = await pendingRequests(portal, call);
    return home.ok ? home.value.requests.map(({ id, left }) => `${id} ${left}`).join() : null;
  };
  return eventStream(request, { portal, accountId: call.accountId, read });
}
