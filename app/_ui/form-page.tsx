'use client';
// The pattern of every page with a form: title, what is to correct, heading, form. Works without script, and with it in place.
import { type FormEvent, type ReactNode, startTransition, useActionState, useState } from 'react';
import { type FormAction, type FormProblem, type FormState, untouched } from '#app/form-state';
import { ErrorSummary } from './error-summary';
import { useKitWords } from './kit-words';
import styles from './notice.module.css';
import { SuccessIcon } from './notice-icon';
import { Sentence } from './sentence';
import { Pending } from './submit-button';

/** A form's action with its state; `error(name)` is the sentence of a field's problem, `kept(name)` what was typed before. */
export interface Form {
  readonly state: FormState;
  readonly action: (data: FormData) => void;
  readonly pending: boolean;
  error(field: string): string | undefined;
  kept(field: string): string | undefined;
}

export function useForm(serverAction: FormAction): Form {
  const [state, action, pending] = useActionState(serverAction, untouched);
  const { language } = useKitWords();
  // Sentences come in the language they were asked for in: after a change of language they would be foreign, so they go.
  const [told, setTold] = useState({ attempt: state.attempt, language });
  if (told.attempt !== state.attempt) setTold({ attempt: state.attempt, language });
  const foreign = told.attempt === state.attempt && told.language !== language;
  return formOf(foreign ? silent(state) : state, action, pending);
}

const silent = (state: FormState): FormState => ({ ...state, problems: [], notice: null });

const formOf = (state: FormState, action: Form['action'], pending: boolean): Form => ({
  state,
  action,
  pending,
  error: (field) => state.problems.find((p) => p.field === field)?.sentence,
  kept: (field) => state.kept[field],
});

/** Of several forms on a page, the one sent last speaks; the others keep silent. */
export function useLatestForm<Forms extends readonly Form[]>(...forms: Forms): Forms {
  const attempts = forms.map((f) => f.state.attempt);
  const [seen, setSeen] = useState({ attempts, latest: attempts.findIndex((n) => n > 0) });
  const changed = attempts.findIndex((n, i) => n !== seen.attempts[i]);
  if (changed >= 0) setSeen({ attempts, latest: changed });
  return forms.map((f, i) => (i === seen.latest ? f : formOf(silent(f.state), f.action, f.pending))) as unknown as Forms;
}

const lowerFirst = (title: string) => (/^\p{Lu}\p{Ll}/u.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title);

/**
 * @param title the whole document title, from `titleOf`
 * @param heading h1 and what stands between it and the form
 * @param others more forms of the same page whose problems and notices are shown here as well
 * @param hints what a look in the browser found before anything was sent, and how often it looked
 * @param check that look: it calls `send` when there is nothing to correct
 */
export function FormPage({
  form,
  others = [],
  title,
  heading,
  className,
  hints,
  check,
  children,
}: {
  form: Form;
  others?: readonly Form[];
  title: string;
  heading: ReactNode;
  className?: string | undefined;
  hints?: { readonly problems: readonly FormProblem[]; readonly looks: number };
  check?: (event: FormEvent<HTMLFormElement>, send: () => void) => void;
  children: ReactNode;
}) {
  const words = useKitWords();
  const all = [form, ...others];
  const problems = hints?.problems.length ? hints.problems : all.flatMap((f) => f.state.problems);
  const attempt = all.reduce((sum, f) => sum + f.state.attempt, hints?.looks ?? 0);
  // With script, the form is sent by hand: React would empty it once it is answered, and what was typed with it.
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter);
    const send = () => startTransition(() => form.action(data));
    if (check) check(event, send);
    else send();
  };
  const notice = problems.length ? null : all.find((f) => f.state.notice)?.state.notice;
  return (
    <>
      <title>{problems.length ? `${words.errorTitle} ${lowerFirst(title)}` : title}</title>
      <ErrorSummary problems={problems} attempt={attempt} />
      {notice && (
        <div className={`${styles.notice} ${styles.success}`} role="status" key={attempt}>
          <SuccessIcon />
          <Sentence text={notice} />
        </div>
      )}
      {heading}
      <form action={form.action} onSubmit={submit} noValidate className={className}>
        <Pending value={form.pending}>{children}</Pending>
      </form>
    </>
  );
}
