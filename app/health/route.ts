// Whether this process can serve: for load balancers and supervisors, so without details.
import { isAlive } from '#lib/operations/facts';
import { portal } from '../portal';

export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  const alive = await portal().then(isAlive, () => false);
  return Response.json({ status: alive ? 'ok' : 'unavailable' }, { status: alive ? 200 : 503, headers: { 'Cache-Control': 'no-store' } });
}
