'use client';
// One screen of the app: its title, what is to correct, its heading, and the focus on it when it takes the place of another.
import { createContext, type FormEvent, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import type { FormProblem } from '#app/form-state';
import { englishAuthenticator } from '#lib/language/authenticator.en';
import { type AuthenticatorWords, frenchAuthenticator } from '#lib/language/authenticator.fr';
import { ErrorSummary } from '#ui/error-summary';
import { useKitWords } from '#ui/kit-words';
import { Notice, type NoticeTone } from '#ui/notice';
import { Sentence } from '#ui/sentence';
import { Pending } from '#ui/submit-button';
import type { Answer } from './portal-call';
import { unreachable } from './portal-call';
import type { AppFacts } from './shown';

const Facts = createContext<AppFacts | null>(null);
export const FactsProvider = Facts;

/** Throws outside of the app: a defect. */
export function useFacts(): AppFacts {
  const facts = useContext(Facts);
  if (!facts) throw new Error('No facts: this screen stands outside of the app');
  return facts;
}

/** The app's words, and their language as the portal names it. */
export function useWords(): { readonly words: AuthenticatorWords; readonly language: 'fr' | 'en' } {
  return useKitWords().language === 'en' ? { words: englishAuthenticator, language: 'en' } : { words: frenchAuthenticator, language: 'fr' };
}

/** Something that was done, or that happened. */
export interface Told {
  readonly tone: NoticeTone;
  /** As of problems. */
  readonly sentence: string;
}

export interface Sending {
  readonly busy: boolean;
  readonly problems: readonly FormProblem[];
  /** Counts what was sent: the same problem again is said again. */
  readonly attempt: number;
  error(field: string): string | undefined;
  /** A key of the field: with each refusal of what was typed it is another, empty one. A change of language alone empties nothing. */
  keyOf(field: string): string;
  /** One at a time: a second press while the first is under way does nothing. */
  send(act: () => Promise<readonly FormProblem[]>): void;
}

/** What a form of the app has sent, and what was wrong with it. */
export function useSending(): Sending {
  const { words, language } = useWords();
  const [state, setState] = useState<{ problems: readonly FormProblem[]; attempt: number; language: string }>({ problems: [], attempt: 0, language });
  const [busy, setBusy] = useState(false);
  const underWay = useRef(false);
  // Sentences in another language than the page's would be foreign.
  const problems = state.language === language ? state.problems : [];
  return {
    busy,
    problems,
    attempt: state.attempt,
    error: (field) => problems.find((p) => p.field === field)?.sentence,
    keyOf: (field) => `${field}-${state.problems.some((p) => p.field === field) ? state.attempt : 0}`,
    send(act) {
      if (underWay.current) return;
      underWay.current = true;
      setBusy(true);
      void act()
        .catch((): readonly FormProblem[] => [{ code: unreachable, sentence: '' }])
        .then((found) => {
          const said = found.map((p) => (p.code === unreachable ? { ...p, sentence: words.unreachable } : p));
          setState(({ attempt }) => ({ problems: said, attempt: attempt + 1, language }));
        })
        .finally(() => {
          underWay.current = false;
          setBusy(false);
        });
    },
  };
}

export const problemsOf = (answer: Answer<unknown>): readonly FormProblem[] => (answer.ok ? [] : answer.problems);

/** The first screen leaves the focus where the browser put it. */
let shownBefore: string | null = null;

export function Screen({
  title,
  heading,
  lead,
  told,
  sending,
  children,
}: {
  title: string;
  heading: string;
  lead?: string;
  told?: Told | null | undefined;
  sending?: Sending;
  children: ReactNode;
}) {
  const kit = useKitWords();
  const { words } = useWords();
  const { institute } = useFacts();
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (shownBefore !== null && shownBefore !== heading) {
      top.current?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    shownBefore = heading;
  }, [heading]);
  const problems = sending?.problems ?? [];
  const whole = `${title} – ${words.product} – ${institute}`;
  return (
    <>
      <title>{problems.length ? `${kit.errorTitle} ${whole}` : whole}</title>
      {sending && <ErrorSummary problems={problems} attempt={sending.attempt} />}
      {told && problems.length === 0 && (
        <Notice tone={told.tone} announce={told.tone === 'danger' ? 'alert' : 'status'}>
          <Sentence text={told.sentence} />
        </Notice>
      )}
      <h1 tabIndex={-1} ref={top}>
        {heading}
      </h1>
      {lead && <p className="lead">{lead}</p>}
      {children}
    </>
  );
}

/** A form whose fields are read when it is sent; nothing of it leaves the page by itself. */
export function AppForm({
  sending,
  className,
  send,
  children,
}: {
  sending: Sending;
  className?: string | undefined;
  /** @param pressed the value of the button */
  send: (field: (name: string) => string, pressed: string) => void;
  children: ReactNode;
}) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const pressed = ((event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null)?.value ?? '';
    send((name) => String(data.get(name) ?? ''), pressed);
  };
  return (
    <form onSubmit={submit} noValidate className={className}>
      <Pending value={sending.busy}>{children}</Pending>
    </form>
  );
}
