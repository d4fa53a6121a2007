// Whether this process can serve, and is not about to stop: for load balancers, so without details.
import { isAlive } from '#lib/operations/facts';
import { serving } from '#lib/requests/current-request';
import { portal } from '../portal';

export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  const ready = !serving().draining && (await portal().then(isAlive, () => false));
  return Response.json({ status: ready ? 'ok' : 'unavailable' }, { status: ready ? 200 : 503, headers: { 'Cache-Control': 'no-store' } });
}
