// Where the link of a notice arrives: takes the token out of the address, and changes nothing else, however often it is opened (SEC-53, SEC-54).
import { paths } from '#app/paths';
import { portal } from '#app/portal';
import { isToken } from '#lib/disavowal/facts';
import { linkCookie } from '../link-cookie';

export const dynamic = 'force-dynamic';

export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  const { settings } = await portal();
  const headers = new Headers({ location: settings.origin + paths.notMe, 'cache-control': 'no-store' });
  headers.append('set-cookie', linkCookie(settings, isToken(token) ? token : null));
  return new Response(null, { status: 303, headers });
}
