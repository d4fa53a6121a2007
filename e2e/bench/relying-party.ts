// Complete sign-ins, played as a relying party and a browser without script play them: application → password → code → tokens.
import { createHash, randomBytes } from 'node:crypto';
import { generateSync } from 'otplib';
import { type Answer, type Browser, formWith, locationOf } from './browser.ts';
import type { ProductionPortal } from './production-portal.ts';
import type { SeededAccount } from './seed-plan.ts';

export interface Departure {
  readonly to: URL;
  readonly state: string;
  readonly verifier: string;
}

/** An authorization request: code flow, PKCE S256, state and nonce. */
export function departure({ origin, application }: Pick<ProductionPortal, 'origin' | 'application'>): Departure {
  const random = () => randomBytes(24).toString('base64url');
  const state = random();
  const verifier = randomBytes(32).toString('base64url');
  const to = new URL('/oidc/auth', origin);
  to.search = new URLSearchParams({
    client_id: application.id,
    response_type: 'code',
    scope: application.scopes.join(' '),
    redirect_uri: application.redirectUri,
    state,
    nonce: random(),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  return { to, state, verifier };
}

export interface SignIn {
  /** Requests to the portal: the browser's, and the application's one for the tokens. */
  readonly requests: number;
  readonly milliseconds: number;
  /** One line a request: what it was, status, milliseconds. */
  readonly trace: readonly string[];
}

/** Signs in once, from the application to its tokens. Throws when anything else than the next page of the journey comes. */
export async function signIn(portal: ProductionPortal, browser: Browser, account: SeededAccount): Promise<SignIn> {
  const { origin, application } = portal;
  const before = browser.requests();
  const trace: string[] = [];
  let milliseconds = 0;
  const note = (what: string, answer: Answer) => {
    milliseconds += answer.milliseconds;
    trace.push(`${what} ${answer.status} ${answer.milliseconds.toFixed(1)} ms`);
    return answer;
  };
  /** Follows redirects, each noted. */
  const arrive = async (answer: Answer): Promise<Answer> => {
    let current = answer;
    for (let to = locationOf(current); to && to.origin === origin; to = locationOf(current))
      current = note(`GET ${to.pathname}`, await browser.get(to));
    return current;
  };
  const { to, state, verifier } = departure(portal);
  const passwordPage = await arrive(note('GET authorize', await browser.get(to)));
  const typed = { address: account.address, password: account.password };
  const codePage = await arrive(note('POST password', await browser.submit(formWith(passwordPage, 'password'), typed)));
  if (!account.key) throw new Error('This account has no code app.');
  const code = generateSync({ secret: account.key });
  const back = locationOf(await arrive(note('POST code', await browser.submit(formWith(codePage, 'code'), { code }))));
  if (!back || back.searchParams.get('state') !== state || !back.searchParams.has('code')) {
    throw new Error(`The sign-in did not come back to the application:\n${trace.join('\n')}\n${back}`);
  }
  const started = performance.now();
  const response = await fetch(new URL('/oidc/token', origin), {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${application.id}:${application.secret}`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: application.redirectUri,
      code_verifier: verifier,
    }),
  });
  const tokens = (await response.json()) as { id_token?: string };
  const tokenMs = performance.now() - started;
  milliseconds += tokenMs;
  trace.push(`POST token ${response.status} ${tokenMs.toFixed(1)} ms`);
  if (!tokens.id_token) throw new Error(`No tokens: ${JSON.stringify(tokens)}`);
  return { requests: browser.requests() - before + 1, milliseconds, trace };
}
