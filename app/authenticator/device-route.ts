// The one way to write a route of telephones: refuse foreign requests, read a short body, find the telephone by its signature, parse, act.
// No cookie is looked at: a telephone is who signs, or who holds the ticket.
import 'server-only';
import { portal } from '#app/portal';
import { visitor } from '#app/visitor';
import { type SignedCall, verifyCall } from '#lib/factors/phone/signed-call';
import { problemSentence } from '#lib/language/language';
import { textUpTo } from '#lib/oidc/request-body';
import type { Portal } from '#lib/portal';
import type { Problem, Result } from '#lib/result';
import { originRefusal } from '#lib/sessions/origin';
import type { Visitor } from '#lib/visitor';

/** In bytes: an attestation is the longest of what telephones send. */
const longest = 64 * 1024;
const headers = { 'cache-control': 'no-store' };
const nothing = (status: number) => new Response(null, { status, headers });

/** A schema of lib/factors/phone/sent/rules. */
interface Schema<Input> {
  safeParse(value: unknown): { readonly success: true; readonly data: Input } | { readonly success: false };
}

interface Asked {
  readonly running: Portal;
  readonly from: Visitor;
  /** As received, before anybody parsed it: it is what was signed. */
  readonly body: string;
}

/** @returns what was asked, or the answer to a request that is none of our pages' */
async function askedBy(request: Request): Promise<Asked | Response> {
  const running = await portal();
  if (originRefusal(request, running.settings.origin)) return nothing(403);
  if (request.method === 'POST' && !/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) return nothing(415);
  const body = await textUpTo(request, longest);
  return body === null ? nothing(413) : { running, from: await visitor(), body };
}

const parsed = <Input>(schema: Schema<Input>, body: string): Input | null => {
  try {
    const read = schema.safeParse(JSON.parse(body));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
};

const told = (result: Result<unknown>, { language }: Visitor): Response =>
  Response.json(
    result.ok
      ? { ok: true, value: result.value ?? null }
      : { ok: false, problems: result.problems.map((p: Problem) => ({ ...p, sentence: problemSentence(p, language) })) },
    { headers },
  );

/** For a telephone that is nobody's yet: what it holds, a ticket or a claim, is the act's to judge. */
export const ticketRoute =
  <Input>(schema: Schema<Input>, act: (portal: Portal, from: Visitor, input: Input) => Promise<Result<unknown>>) =>
  async (request: Request): Promise<Response> => {
    const asked = await askedBy(request);
    if (asked instanceof Response) return asked;
    const { running, from, body } = asked;
    const input = parsed(schema, body);
    return input === null ? nothing(400) : told(await act(running, from, input), from);
  };

/** Whose call this is, or the answer to one that can't be believed. */
export async function signedCallOf(
  request: Request,
): Promise<{ readonly running: Portal; readonly call: SignedCall; readonly body: string } | Response> {
  const asked = await askedBy(request);
  if (asked instanceof Response) return asked;
  const { running, from, body } = asked;
  const { pathname: path } = new URL(request.url);
  const verified = await verifyCall(running, from, { header: request.headers.get('x-device'), method: request.method, path, body });
  return verified.ok ? { running, call: verified.value, body } : told(verified, from);
}

/** For a telephone of an account: it has signed this very body for this very address. */
export const phoneRoute =
  <Input>(schema: Schema<Input>, act: (portal: Portal, call: SignedCall, input: Input) => Promise<Result<unknown>>) =>
  async (request: Request): Promise<Response> => {
    const signed = await signedCallOf(request);
    if (signed instanceof Response) return signed;
    const { running, call, body } = signed;
    const input = parsed(schema, body);
    return input === null ? nothing(400) : told(await act(running, call, input), call.visitor);
  };
