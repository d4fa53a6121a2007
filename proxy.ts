// Runs before every page: gives the response its security headers, and refuses changes that come from other sites.
// It decides nothing about people: pages and actions check for themselves, and hold without this file (SEC-98, SEC-101).
import { type NextRequest, NextResponse } from 'next/server';
import { randomToken } from '#lib/secrets';
import { formTargetsOf } from '#lib/sessions/form-targets';
import { originRefusal } from '#lib/sessions/origin';
import { type PageSource, pageHeaders } from '#lib/sessions/response-headers';
import { portal } from './app/portal';

export const config = {
  // Left out: the provider and back-channel logout, which other servers call and which guard themselves; files that are the same for everyone.
  matcher: ['/((?!oidc(?:/|$)|api/backchannel-logout|_next/static/|[^/]+\\.(?:svg|png|ico|webmanifest|txt)$).*)'],
};

let formTargets: ReturnType<typeof formTargetsOf> | undefined;

export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = randomToken(128);
  let running: Awaited<ReturnType<typeof portal>>;
  try {
    running = await portal();
  } catch {
    return plainPage(503, { nonce, formTargets: [], secure: false, development: false });
  }
  const { settings, log } = running;
  formTargets ??= formTargetsOf(running);
  const page: PageSource = {
    nonce,
    formTargets: await formTargets(),
    secure: settings.origin.startsWith('https:'),
    development: settings.development,
  };

  const source = { method: request.method, origin: request.headers.get('origin'), secFetchSite: request.headers.get('sec-fetch-site') };
  const refusal = originRefusal(source, settings.origin);
  if (refusal) {
    log.warn(
      { refusal, method: request.method, path: request.nextUrl.pathname.slice(0, 200) },
      'Refused a request that did not come from our own pages.',
    );
    return plainPage(403, page);
  }

  const headers = pageHeaders(page);
  const passedOn = new Headers(request.headers);
  // Next reads the nonce for its own scripts from here.
  passedOn.set('Content-Security-Policy', headers['Content-Security-Policy'] ?? '');
  const response = NextResponse.next({ request: { headers: passedOn } });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

const sentences = {
  403: [
    'Cette demande ne vient pas d’une page de ce portail : rien n’a été changé. Revenez au portail et recommencez.',
    'This request did not come from a page of this portal: nothing was changed. Go back to the portal and start again.',
  ],
  503: [
    'Le portail ne répond pas pour le moment. Réessayez dans quelques minutes.',
    'The portal is not answering at the moment. Try again in a few minutes.',
  ],
} as const;

/** A page that needs neither store nor settings. */
function plainPage(status: keyof typeof sentences, page: PageSource): NextResponse {
  const [french, english] = sentences[status];
  const html = `<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>${status}</title><main><p>${french}</p><p lang="en">${english}</p><p><a href="/account">Mon compte</a></p></main></html>`;
  return new NextResponse(html, { status, headers: { 'Content-Type': 'text/html; charset=utf-8', ...pageHeaders(page) } });
}
