// Runs before every page: gives the response its security headers, and refuses changes that come from other sites.
// It decides nothing about people: pages and actions check for themselves, and hold without this file (SEC-98, SEC-101).
import { type NextRequest, NextResponse } from 'next/server';
import { type PlainStatus, plainPage } from '#lib/requests/plain-page';
import { randomToken } from '#lib/secrets';
import { isActionCall } from '#lib/sessions/action-call';
import { formTargetsOf } from '#lib/sessions/form-targets';
import { originRefusal } from '#lib/sessions/origin';
import { type PageSource, pageHeaders } from '#lib/sessions/response-headers';
import { portal } from './app/portal';

export const config = {
  // Left out: the provider and back-channel logout, which other servers call and which guard themselves; files that are the same for everyone.
  matcher: ['/((?!oidc/|api/backchannel-logout$|_next/static/).*)'],
};

/** In bytes, as in next.config.js. */
const longestBody = 2 * 1024 * 1024;

/** Its last part is a secret. */
const isLetterLink = /^\/not-me\/[\w-]{43}.*/;

let formTargets: ReturnType<typeof formTargetsOf> | undefined;

export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = randomToken(128);
  let running: Awaited<ReturnType<typeof portal>>;
  try {
    running = await portal();
  } catch {
    return refused(503, { nonce, formTargets: [], secure: false, development: false });
  }
  const { settings, log } = running;
  formTargets ??= formTargetsOf(running);
  const page: PageSource = {
    nonce,
    formTargets: await formTargets(),
    secure: settings.origin.startsWith('https:'),
    development: settings.development,
    authenticator: /^\/authenticator(\/|$)/.test(request.nextUrl.pathname),
  };

  const refusal = originRefusal(request, settings.origin);
  if (refusal) {
    // Which page it was for stands in the line of the same request, without the token of a letter's link (SEC-53).
    log.warn({ refusal, method: request.method }, 'Refused a request that did not come from our own pages.');
    return refused(403, page);
  }

  if (Number(request.headers.get('content-length') ?? 0) > longestBody) return refused(413, page);
  // Next would answer what it can't read with a 500, and its reader of arguments takes more than our forms ever send (SEC-97, T23).
  if (request.method === 'POST' && (isFile(request) || !(await isActionCall(request)))) return refused(400, page);

  const headers = pageHeaders(page);
  const passedOn = new Headers(request.headers);
  // Next reads the nonce for its own scripts from here.
  passedOn.set('Content-Security-Policy', headers['Content-Security-Policy'] ?? '');
  // Next compares a form's Origin with it, and would answer a forged one with a 500: our address comes from settings (SEC-71, T13).
  passedOn.set('x-forwarded-host', new URL(settings.origin).host);
  const response = NextResponse.next({ request: { headers: passedOn } });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  // A letter's link has no form of its own, whose Origin it would hide: nobody is told where it was (SEC-53, T14).
  if (isLetterLink.test(request.nextUrl.pathname)) response.headers.set('Referrer-Policy', 'no-referrer');
  return response;
}

/** Of the folder `public`: a form sent to one of them is a failure of Next's own. */
const isFile = ({ nextUrl }: NextRequest) => /\.\w+$/.test(nextUrl.pathname);

/** A page that needs neither store nor settings. */
function refused(status: PlainStatus, page: PageSource): NextResponse {
  const { html, headers } = plainPage(status, page);
  return new NextResponse(html, { status, headers });
}
