// Figures for Prometheus. Nobody but whoever has the token learns that there are any.
import { mayScrape, scrape } from '#lib/operations/scrape';
import { openStreams } from '../event-stream';
import { portal } from '../portal';

export const dynamic = 'force-dynamic';

export async function GET(request: Request): Promise<Response> {
  const running = await portal();
  const { settings } = running;
  if (!mayScrape(settings, request.headers.get('authorization'))) {
    const asked = settings.metricsToken === undefined ? {} : { 'WWW-Authenticate': 'Bearer' };
    return new Response(null, { status: settings.metricsToken === undefined ? 404 : 401, headers: { 'Cache-Control': 'no-store', ...asked } });
  }
  const { contentType, text } = await scrape(running, openStreams());
  return new Response(text, { headers: { 'Content-Type': contentType, 'Cache-Control': 'no-store' } });
}
