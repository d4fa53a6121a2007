// A relying party as an institute would run it: code flow with PKCE, state and nonce, sessions of its own, logout in both directions.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { claimsTable, type Html, html, page } from './page.ts';
import type { Registration } from './registrations.ts';

interface Session {
  /** What the ID Token and the UserInfo endpoint said. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly idToken: string;
}

/** A sign-in under way: only the browser that began it may finish it. */
interface Departure {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly maxAge: number | undefined;
}

/** What a request to /login may add to the authorization request. */
const passedOn = ['prompt', 'max_age', 'acr_values', 'login_hint', 'ui_locales', 'claims', 'scope'];
const mfa = 'https://refeds.org/profile/mfa';
const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';
const maxBodyBytes = 65_536;

/** @param origin its own. @param issuer the portal's. @returns the server, not yet listening */
export function createApplication(registration: Registration, origin: string, issuer: string): Server {
  const sessions = new Map<string, Session>();
  /** Ended by the portal: told once to the browser that comes back. */
  const ended = new Set<string>();
  const departures = new Map<string, Departure>();
  const honoured = new Set<string>();
  const cookies = { session: `${registration.id}_session`, departure: `${registration.id}_departure` };

  let discovered: Promise<client.Configuration> | undefined;
  /** The portal may start after its applications: asked again until it has answered once. */
  const portal = () => {
    discovered ??= client.discovery(new URL(issuer), registration.id, registration.secret, client.ClientSecretBasic(registration.secret), {
      execute: issuer.startsWith('http:') ? [client.allowInsecureRequests] : [],
    });
    discovered.catch(() => {
      discovered = undefined;
    });
    return discovered;
  };
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined;

  const answer = (response: ServerResponse, status: number, title: string, content: Html) => {
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    response.end(page(registration, title, content).text);
  };
  const redirect = (response: ServerResponse, to: string | URL, setCookies: readonly string[] = []) => {
    response.writeHead(303, { location: String(to), 'cache-control': 'no-store', 'set-cookie': [...setCookies] });
    response.end();
  };
  const setCookie = (name: string, value: string) => `${name}=${value}; Path=/; HttpOnly; SameSite=Lax`;
  const dropCookie = (name: string) => `${name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`;

  const home = (request: IncomingMessage, response: ServerResponse) => {
    const id = cookieOf(request, cookies.session);
    const session = sessions.get(id ?? '');
    if (session) {
      const name = String(session.claims.name ?? session.claims.sub);
      return answer(
        response,
        200,
        `Bonjour ${name}`,
        html`<p id="who">Vous êtes connecté à ${registration.name} en tant que <b data-signed-in="${String(session.claims.sub)}">${name}</b>.</p>
<form method="post" action="/logout"><button class="button">Se déconnecter</button></form>
${claimsTable(session.claims)}
<h2>Demander davantage au portail</h2>
<ul>
<li><a href="/login?prompt=login">Demander une nouvelle connexion</a></li>
<li><a href="/login?max_age=60">Demander une connexion de moins d’une minute</a></li>
<li><a href="/login?acr_values=${encodeURIComponent(mfa)}">Demander deux preuves</a></li>
<li><a href="/login?prompt=none">Demander sans rien montrer</a></li>
</ul>`,
      );
    }
    const wasEnded = id !== undefined && ended.delete(id);
    return answer(
      response,
      200,
      wasEnded ? 'Vous avez été déconnecté' : `Bienvenue sur ${registration.name}`,
      html`${wasEnded ? html`<p role="status" id="ended">Le portail a fermé votre session : vous vous êtes déconnecté ailleurs.</p>` : html``}
<p>Pour continuer, connectez-vous avec votre compte Inserm.</p>
<p><a class="button" href="/login">Se connecter</a></p>`,
    );
  };

  const login = async (url: URL, response: ServerResponse) => {
    const configuration = await portal();
    const departure: Departure = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      codeVerifier: client.randomPKCECodeVerifier(),
      maxAge: url.searchParams.has('max_age') ? Number(url.searchParams.get('max_age')) : undefined,
    };
    departures.set(departure.state, departure);
    const asked = Object.fromEntries(passedOn.flatMap((name) => (url.searchParams.has(name) ? [[name, url.searchParams.get(name) ?? '']] : [])));
    const to = client.buildAuthorizationUrl(configuration, {
      redirect_uri: `${origin}/callback`,
      scope: registration.scopes.join(' '),
      state: departure.state,
      nonce: departure.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(departure.codeVerifier),
      code_challenge_method: 'S256',
      ...asked,
    });
    redirect(response, to, [setCookie(cookies.departure, departure.state)]);
  };

  const callback = async (url: URL, request: IncomingMessage, response: ServerResponse) => {
    const state = cookieOf(request, cookies.departure) ?? '';
    const departure = departures.get(state);
    departures.delete(state);
    if (!departure || url.searchParams.get('state') !== state) {
      const content = html`<p id="why">Elle a été commencée dans un autre navigateur, ou elle est déjà finie.</p><p><a class="button" href="/login">Se connecter</a></p>`;
      return answer(response, 400, 'Cette connexion n’est pas à reprendre ici', content);
    }
    const configuration = await portal();
    const tokens = await client.authorizationCodeGrant(configuration, url, {
      expectedState: departure.state,
      expectedNonce: departure.nonce,
      pkceCodeVerifier: departure.codeVerifier,
      idTokenExpected: true,
      ...(departure.maxAge === undefined ? {} : { maxAge: departure.maxAge }),
    });
    const proven = tokens.claims();
    if (!proven || !tokens.id_token) throw new Error('The portal sent no ID Token.');
    const info = await client.fetchUserInfo(configuration, tokens.access_token, proven.sub);
    const { nonce: _nonce, at_hash: _hash, ...claims } = { ...info, ...proven };
    const id = client.randomState();
    sessions.delete(cookieOf(request, cookies.session) ?? '');
    sessions.set(id, { claims, idToken: tokens.id_token });
    redirect(response, '/', [setCookie(cookies.session, id), dropCookie(cookies.departure)]);
  };

  const logout = async (request: IncomingMessage, response: ServerResponse) => {
    const id = cookieOf(request, cookies.session) ?? '';
    const session = sessions.get(id);
    sessions.delete(id);
    if (!session) return redirect(response, '/', [dropCookie(cookies.session)]);
    const to = client.buildEndSessionUrl(await portal(), {
      id_token_hint: session.idToken,
      post_logout_redirect_uri: `${origin}/logged-out`,
      state: client.randomState(),
    });
    redirect(response, to, [dropCookie(cookies.session)]);
  };

  /** OpenID Connect Back-Channel Logout 1.0 §2.6. */
  const backchannelLogout = async (request: IncomingMessage, response: ServerResponse) => {
    const refuse = (description: string) => {
      response.writeHead(400, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify({ error: 'invalid_request', error_description: description }));
    };
    const token = new URLSearchParams(await bodyOf(request)).get('logout_token');
    if (!token) return refuse('logout_token is missing');
    const { jwks_uri } = (await portal()).serverMetadata();
    if (!jwks_uri) return refuse('the portal publishes no keys');
    keys ??= createRemoteJWKSet(new URL(jwks_uri));
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience: registration.id,
        typ: 'logout+jwt',
        requiredClaims: ['iat', 'jti', 'events'],
      });
      const events = payload.events as Record<string, unknown> | null;
      if (!events || typeof events[logoutEvent] !== 'object') return refuse('not a logout event');
      if ('nonce' in payload) return refuse('a logout token has no nonce');
      if (!payload.sub && !payload.sid) return refuse('neither sub nor sid');
      if (honoured.has(String(payload.jti))) return refuse('already honoured');
      honoured.add(String(payload.jti));
      for (const [id, { claims }] of sessions) {
        if (payload.sid ? claims.sid !== payload.sid : claims.sub !== payload.sub) continue;
        sessions.delete(id);
        ended.add(id);
      }
      response.writeHead(200, { 'cache-control': 'no-store' });
      response.end();
    } catch (error) {
      refuse(error instanceof Error ? error.message : 'unreadable');
    }
  };

  const problem = (response: ServerResponse, error: unknown) => {
    if (error instanceof client.AuthorizationResponseError) {
      const sentences: Readonly<Record<string, { title: string; words: string }>> = {
        access_denied: {
          title: 'Vous avez refusé',
          words: `Vous avez refusé de partager vos informations avec ${registration.name}. Rien ne nous a été transmis, et vous n’êtes pas connecté.`,
        },
        login_required: {
          title: 'Vous n’êtes pas connecté au portail',
          words: 'Nous avons demandé au portail sans rien vous montrer : il ne vous connaît pas encore.',
        },
      };
      const said = sentences[error.error] ?? { title: 'La connexion n’a pas abouti', words: 'Le portail n’a pas pu terminer votre connexion.' };
      const details = html`<p id="why">${said.words}</p>
<p><a class="button" href="/login">Se connecter</a></p>
<p id="error">Détail pour l’assistance : <code data-error>${error.error}</code> <span data-error-description>${error.error_description ?? ''}</span></p>`;
      return answer(response, 200, said.title, details);
    }
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    process.stderr.write(`[${registration.id}] ${reason}${error instanceof Error && error.cause ? ` (${String(error.cause)})` : ''}\n`);
    const content = html`<p id="why">Le portail ne répond pas comme prévu. Attendez un instant, puis essayez de nouveau.</p>
<p><a class="button" href="/login">Se connecter</a></p>
<p id="error">Détail pour l’assistance : <code data-error>${reason}</code></p>`;
    return answer(response, 502, 'La connexion n’a pas abouti', content);
  };

  return createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', origin);
    try {
      const route = `${request.method} ${url.pathname}`;
      if (route === 'GET /') home(request, response);
      else if (route === 'GET /login') await login(url, response);
      else if (route === 'GET /callback') await callback(url, request, response);
      else if (route === 'POST /logout') await logout(request, response);
      else if (route === 'POST /backchannel-logout') await backchannelLogout(request, response);
      else if (route === 'GET /logged-out')
        answer(response, 200, 'Vous êtes déconnecté', html`<p><a class="button" href="/login">Se connecter</a></p>`);
      else answer(response, 404, 'Cette page n’existe pas', html`<p><a href="/">Retour à l’accueil</a></p>`);
    } catch (error) {
      problem(response, error);
    }
  });
}

function cookieOf(request: IncomingMessage, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split('; ')) if (pair.startsWith(`${name}=`)) return pair.slice(name.length + 1);
  return undefined;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBodyBytes) throw new Error('Too large.');
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}
