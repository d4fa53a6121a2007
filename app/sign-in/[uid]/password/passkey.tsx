'use client';
// Signing in without an address: the button, and the passkeys that the browser offers in the address field. Comes by itself, after the page.
import { startTransition, useEffect, useState } from 'react';
import type { Words } from '#lib/language/fr';
import type { Actions, Button } from '#ui/button';
import { answerOf, credentialForm, whyNot } from '#ui/credential';
import type { ErrorSummary } from '#ui/error-summary';
import type { Form } from '#ui/form-page';

/** In milliseconds: before the question expires, another takes its place. */
const askAgainAfter = 270_000;

/** What browsers can do by themselves, newer than TypeScript's own list. */
interface Native {
  isConditionalMediationAvailable?(): Promise<boolean>;
  parseRequestOptionsFromJSON?(options: unknown): PublicKeyCredentialRequestOptions;
}

/** Offers passkeys in the address field until one is chosen. @returns the answer as JSON; null when the browser can't, or was stopped */
async function offered(ask: () => Promise<string | null>, signal: AbortSignal): Promise<string | null> {
  const native: Native = typeof PublicKeyCredential === 'undefined' ? {} : (PublicKeyCredential as unknown as Native);
  if (!native.parseRequestOptionsFromJSON || !(await native.isConditionalMediationAvailable?.())) return null;
  const question = await ask();
  if (question === null || signal.aborted) return null;
  const publicKey = native.parseRequestOptionsFromJSON(JSON.parse(question));
  try {
    const credential = await navigator.credentials.get({ publicKey, mediation: 'conditional', signal });
    return credential && JSON.stringify(credential);
  } catch {
    return null;
  }
}

/** @param kit components come from the page: brought along here, their style would be a file of its own, for every page */
export function PasskeySignIn({
  form,
  ask,
  label,
  words,
  kit,
}: {
  form: Form;
  ask: () => Promise<string | null>;
  label: string;
  words: Pick<Words['passkeys'], 'cancelled' | 'unsupported'>;
  kit: { Actions: typeof Actions; Button: typeof Button; ErrorSummary: typeof ErrorSummary };
}) {
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<{ why: ReturnType<typeof whyNot> | null; looks: number }>({ why: null, looks: 0 });
  const [round, setRound] = useState(0);
  // Of which attempt an answer is under way: until it is refused nothing more is asked, as the page may be on its way out.
  const [sent, setSent] = useState<number | null>(null);
  const { attempt } = form.state;
  const send = (answer: string) => {
    setSent(attempt);
    startTransition(() => form.action(credentialForm(answer)));
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: a refused answer, and a question that gets old, are reasons to offer anew
  useEffect(() => {
    if (busy || sent === attempt) return;
    const stop = new AbortController();
    const again = setTimeout(() => setRound((n) => n + 1), askAgainAfter);
    offered(ask, stop.signal)
      .then((answer) => {
        if (answer !== null && !stop.signal.aborted) send(answer);
      })
      // What can't be offered here is still behind the button.
      .catch(() => {});
    return () => {
      clearTimeout(again);
      stop.abort();
    };
  }, [busy, sent, attempt, round]);

  const begin = async () => {
    if (busy || form.pending) return;
    setBusy(true);
    setFound(({ looks }) => ({ why: null, looks }));
    try {
      const question = await ask();
      if (question === null) return window.location.reload();
      send(await answerOf(question, false));
    } catch (error) {
      setFound(({ looks }) => ({ why: whyNot(error), looks: looks + 1 }));
    } finally {
      setBusy(false);
    }
  };
  const problems = found.why
    ? [{ code: found.why, sentence: words[found.why === 'unsupported' ? 'unsupported' : 'cancelled'] }]
    : form.state.problems;
  return (
    <>
      <kit.Actions>
        <kit.Button type="button" kind="secondary" aria-disabled={busy || form.pending || undefined} onClick={begin}>
          {label}
        </kit.Button>
      </kit.Actions>
      <kit.ErrorSummary problems={problems} attempt={attempt + found.looks} />
    </>
  );
}
