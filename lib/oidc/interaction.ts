// A browser's stop between an application and its answer. The library itself verifies the signed cookie: a stand-in for Node's request
// carries it, so that nothing here re-implements the check.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errors, type InteractionResults } from 'oidc-provider';
import { destinationOf, findApplication, homeOf } from '../applications/facts.ts';
import type { Portal } from '../portal.ts';
import { type Result, refused } from '../result.ts';
import { digest } from '../secrets.ts';
import type { Destination } from '../visitor.ts';
import { findFlow } from './flow-record.ts';
import { scopesWanted } from './policy.ts';
import { providerOf } from './provider.ts';

/** Request headers, as far as they matter here. */
export interface BrowserHeaders {
  readonly cookie: string;
}

export type InteractionPrompt = 'login' | 'enrol' | 'consent';

export interface InteractionDetails {
  readonly uid: string;
  readonly prompt: InteractionPrompt;
  /** Why oidc-provider asks, in its words: `no_session`, `mfa`, `max_age`, `login_prompt`, … */
  readonly reasons: readonly string[];
  readonly application: Destination;
  /** Where « back to the application » leads. */
  readonly home: string | null;
  /** Who is signed in at the provider in this browser. */
  readonly accountId: string | null;
  readonly acr: string | null;
  /** The uid of the provider's session in this browser, hashed; null when there is none. */
  readonly session: string | null;
  /** What the application asks to receive, as far as it is registered for it; `openid` included. */
  readonly scopes: readonly string[];
  /** An address to propose; as sent by the application, at most 320 characters. */
  readonly loginHint: string | null;
  /** Languages wished by the application, best first. */
  readonly uiLocales: readonly string[];
}

/** `unknown`: not even shaped like a flow. `other-browser`: a flow of another browser. `expired`: too old, or its person has signed out. */
export type InteractionRefusal = 'unknown' | 'other-browser' | 'finished' | 'expired';

/** @returns the flow's details, after the library has verified that this browser may see them. Changes nothing. (SEC-92) */
export async function interactionOf(portal: Portal, headers: BrowserHeaders, uid: string): Promise<Result<InteractionDetails, InteractionRefusal>> {
  const found = await verified(portal, headers, uid);
  if (!found.ok) return found;
  const { prompt, params, session } = found.value;
  const clientId = String(params.client_id);
  const application = await findApplication(portal, clientId);
  if (!application) return refused({ code: 'expired' });
  const words = (value: unknown) => (typeof value === 'string' ? value.split(' ').filter(Boolean) : []);
  return {
    ok: true,
    value: {
      uid,
      prompt: prompt.name as InteractionPrompt,
      reasons: prompt.reasons,
      application: destinationOf(application),
      home: homeOf(application),
      accountId: session?.accountId ?? null,
      acr: session?.acr ?? null,
      session: session?.uid ? digest(session.uid) : null,
      scopes: scopesWanted(words(params.scope), claimsAsked(params.claims), new Set(['openid', ...application.scopes])),
      loginHint: typeof params.login_hint === 'string' ? params.login_hint.slice(0, 320) : null,
      uiLocales: words(params.ui_locales).slice(0, 10),
    },
  };
}

/** @returns the names of single claims that a request asks for; the library has already refused what can't be read */
function claimsAsked(claims: unknown): string[] {
  if (typeof claims !== 'string') return [];
  const { userinfo, id_token } = JSON.parse(claims) as Record<string, Record<string, unknown> | undefined>;
  return [...Object.keys(userinfo ?? {}), ...Object.keys(id_token ?? {})];
}

/**
 * Keeps the answer to one prompt, for oidc-provider to take up.
 * @returns where the browser goes next: an address of the provider, by a full navigation
 */
export async function answerInteraction(
  portal: Portal,
  headers: BrowserHeaders,
  uid: string,
  prompt: InteractionPrompt,
  result: InteractionResults,
): Promise<Result<string, InteractionRefusal>> {
  const found = await verified(portal, headers, uid);
  if (!found.ok) return found;
  if (found.value.prompt.name !== prompt) return refused({ code: 'expired' });
  const { provider } = await providerOf(portal);
  const { req, res } = nodeLike(portal, headers);
  return { ok: true, value: await provider.interactionResult(req, res, result, { mergeWithLastSubmission: true }) };
}

/** Whether a sign-in still waits for its person, in whichever browser: one that was asked for over a session ends with that session. */
export async function isWaitingForSignIn(portal: Portal, uid: string): Promise<boolean> {
  if (!isShapedLikeFlow(uid)) return false;
  const { provider } = await providerOf(portal);
  const interaction = await provider.Interaction.find(uid);
  return interaction?.prompt.name === 'login' && interaction.session === undefined && !(await findFlow(portal, uid))?.finished;
}

/** @returns where « back to the application » leads from a page of a flow that is over, or another browser's; null when nobody knows any more */
export async function applicationOfInteraction(
  portal: Portal,
  uid: string,
): Promise<{ readonly application: Destination; readonly home: string | null } | null> {
  const flow = isShapedLikeFlow(uid) ? await findFlow(portal, uid) : null;
  const application = flow && (await findApplication(portal, flow.applicationId));
  return application ? { application: destinationOf(application), home: homeOf(application) } : null;
}

/** Server actions get a flow's id from the browser: it is whatever was sent. (SEC-97) */
const isShapedLikeFlow = (uid: unknown) => typeof uid === 'string' && /^[\w-]{20,64}$/.test(uid);

async function verified(portal: Portal, headers: BrowserHeaders, uid: string) {
  if (!isShapedLikeFlow(uid)) return refused({ code: 'unknown' as InteractionRefusal });
  const { provider } = await providerOf(portal);
  const { req, res } = nodeLike(portal, headers);
  try {
    const details = await provider.interactionDetails(req, res);
    if (details.uid === uid) return { ok: true, value: details } as const;
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) throw error;
  }
  return refused({ code: await reasonAgainst(portal, headers, uid) });
}

/** Why the library does not give this flow to this browser. */
async function reasonAgainst(portal: Portal, headers: BrowserHeaders, uid: string): Promise<InteractionRefusal> {
  const { provider } = await providerOf(portal);
  if ((await findFlow(portal, uid))?.finished) return 'finished';
  // The cookie is this flow's own, and yet: it is too old, or its session has ended.
  if (await isOwn(portal, headers, uid)) return 'expired';
  return (await provider.Interaction.find(uid)) ? 'other-browser' : 'expired';
}

/** Whether this browser holds the flow's own cookie, with the library's signature. */
async function isOwn(portal: Portal, headers: BrowserHeaders, uid: string): Promise<boolean> {
  const { provider } = await providerOf(portal);
  const { req, res } = nodeLike(portal, headers);
  return provider.createContext(req, res).cookies.get(provider.cookieName('interaction'), { signed: true }) === uid;
}

/** What interactionDetails() and interactionResult() touch of Node's request and response, and nothing else. */
function nodeLike({ settings }: Portal, { cookie }: BrowserHeaders) {
  const socket = { encrypted: settings.origin.startsWith('https:') };
  const req = { method: 'GET', url: '/', headers: { cookie, host: new URL(settings.origin).host }, socket, connection: socket };
  const headers = new Map<string, unknown>();
  const res = {
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    setHeader: (name: string, value: unknown) => headers.set(name.toLowerCase(), value),
    removeHeader: (name: string) => headers.delete(name.toLowerCase()),
    headersSent: false,
    socket: null,
  };
  return { req: req as unknown as IncomingMessage, res: res as unknown as ServerResponse };
}
