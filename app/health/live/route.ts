// Whether this process runs at all: for supervisors that would start it again. It must not depend on the store: a database that is away is
// mended by no restart.
export const dynamic = 'force-dynamic';

export function GET(): Response {
  return Response.json({ status: 'ok' }, { headers: { 'Cache-Control': 'no-store' } });
}
