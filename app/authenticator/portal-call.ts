'use client';
// How a telephone talks to the portal: by ticket while it is nobody's, then with its signature. Without cookies.
import type { FormProblem } from '#app/form-state';
import { seconds } from '#lib/duration';
import { callText } from '#lib/factors/phone/rules';
import { clock } from './clock';
import { takeCounter } from './device';
import { hashOf, signed } from './keys';

export type Answer<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problems: readonly FormProblem[] };

/** A code of ours, beside those of the portal: nothing came back. Its sentence is the app's. */
export const unreachable = 'unreachable';
const nothing = { ok: false, problems: [{ code: unreachable, sentence: '' }] } as const;

const patience = seconds(15);
const place = '/authenticator/api';

/** @param language that sentences are wanted in */
async function send<Value>(path: string, init: RequestInit, language: string): Promise<Answer<Value>> {
  try {
    const headers = { 'content-type': 'application/json', 'accept-language': language, ...init.headers };
    const response = await fetch(path, { credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout(patience), ...init, headers });
    return response.ok ? ((await response.json()) as Answer<Value>) : nothing;
  } catch {
    return nothing;
  }
}

/** While it is nobody's. */
export const call = <Value>(name: 'claim' | 'finish' | 'pairing', input: object, language: string): Promise<Answer<Value>> =>
  send(`${place}/${name}`, { method: 'POST', body: JSON.stringify(input) }, language);

/**
 * Calls of one telephone go one after the other, the worker's among them: the portal counts them (phone.md §6).
 * @param factorId the telephone's
 */
async function signedHeader(factorId: string, method: string, path: string, body: string): Promise<string | null> {
  const taken = await takeCounter(factorId);
  if (!taken) return null;
  const { key, counter } = taken;
  const sentAt = clock();
  const text = callText({ factorId, method, path, bodyHash: await hashOf(body), counter, sentAt });
  return `${factorId}.${counter}.${sentAt}.${await signed(key, text)}`;
}

export type SignedCallName = 'pending' | 'answer' | 'subscription' | 'test' | 'receipt' | 'rename' | 'pin' | 'remove';

export const signedCall = <Value>(factorId: string, name: SignedCallName, input: object, language: string): Promise<Answer<Value>> =>
  navigator.locks.request(`authenticator ${factorId}`, async () => {
    const path = `${place}/${name}`;
    const body = JSON.stringify(input);
    const header = await signedHeader(factorId, 'POST', path, body);
    return header === null ? nothing : send<Value>(path, { method: 'POST', body, headers: { 'x-device': header } }, language);
  });

/** Ends when the portal ends it, or `signal` does. @param told each time that something changed; at once, too */
export async function listen(factorId: string, told: () => void, signal: AbortSignal): Promise<void> {
  const path = `${place}/events`;
  const opening = new AbortController();
  const late = setTimeout(() => opening.abort(), patience);
  signal.addEventListener('abort', () => opening.abort());
  const response = await navigator.locks
    .request(`authenticator ${factorId}`, async () => {
      const header = await signedHeader(factorId, 'GET', path, '');
      const init = { credentials: 'omit', cache: 'no-store', signal: opening.signal } as const;
      return header === null ? null : fetch(path, { ...init, headers: { 'x-device': header } });
    })
    .finally(() => clearTimeout(late));
  if (!response?.ok || !response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  // Cut anywhere: what is told is only that something changed, so a name in two pieces is put together again.
  let line = '';
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const lines = (line + piece.value).split('\n');
    line = lines.pop() ?? '';
    if (lines.some((said) => said === 'event: changed' || said === 'event: over')) told();
  }
}
