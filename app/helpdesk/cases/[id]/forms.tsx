'use client';
// What may be done with a case, each in a form of its own: the one sent last speaks above the title.
import { type FormEvent, type ReactNode, startTransition } from 'react';
import { Actions } from '#ui/button';
import { Choice, Choices } from '#ui/choice';
import { type Form, FormPage, useForm, useLatestForm } from '#ui/form-page';
import { LongField } from '#ui/long-field';
import { ProofField } from '#ui/proof-field';
import { Pending, SubmitButton } from '#ui/submit-button';
import type { FormAction } from '../../../form-state';

const caseActs = ['take', 'note', 'close', 'giveBack', 'reopen'] as const;
export type CaseAct = (typeof caseActs)[number];

interface CaseFormWords {
  readonly take: string;
  readonly giveBack: string;
  readonly reopen: string;
  readonly note: { readonly label: string; readonly hint: string; readonly submit: string };
  readonly close: { readonly legend: string; readonly hint: string; readonly submit: string };
}

/** @param may what is possible now, in any order; at least one */
export function CaseForms({
  number,
  actions,
  may,
  title,
  heading,
  outcomes,
  words,
}: {
  number: string;
  actions: Readonly<Record<CaseAct, FormAction>>;
  may: readonly CaseAct[];
  title: string;
  heading: ReactNode;
  outcomes: readonly { readonly value: string; readonly title: string; readonly hint: string }[];
  words: CaseFormWords;
}) {
  const [take, note, close, giveBack, reopen] = useLatestForm(
    useForm(actions.take),
    useForm(actions.note),
    useForm(actions.close),
    useForm(actions.giveBack),
    useForm(actions.reopen),
  );
  const forms = { take, note, close, giveBack, reopen };
  const fields: Readonly<Record<CaseAct, ReactNode>> = {
    take: <SubmitButton>{words.take}</SubmitButton>,
    note: (
      <>
        <LongField name="note" label={words.note.label} hint={words.note.hint} error={note.error('note')} required defaultValue={note.kept('note')} />
        <ProofField form={note} />
        <SubmitButton kind="secondary">{words.note.submit}</SubmitButton>
      </>
    ),
    close: (
      <>
        <Choices name="outcome" legend={words.close.legend} legendShown hint={words.close.hint} error={close.error('outcome')}>
          {outcomes.map((outcome, n) => (
            <Choice key={outcome.value} name="outcome" {...outcome} first={n === 0} chosen={close.kept('outcome') === outcome.value} />
          ))}
        </Choices>
        <ProofField form={close} />
        <SubmitButton>{words.close.submit}</SubmitButton>
      </>
    ),
    giveBack: (
      <Actions>
        <ProofField form={giveBack} />
        <SubmitButton kind="secondary">{words.giveBack}</SubmitButton>
      </Actions>
    ),
    reopen: <SubmitButton kind="secondary">{words.reopen}</SubmitButton>,
  };
  const hidden = <input type="hidden" name="case" value={number} />;
  const [first, ...others] = caseActs.filter((act) => may.includes(act));
  if (!first) return null;
  return (
    <>
      <FormPage form={forms[first]} others={others.map((act) => forms[act])} title={title} heading={heading}>
        {hidden}
        {fields[first]}
        {(first === 'take' || first === 'reopen') && <ProofField form={forms[first]} />}
      </FormPage>
      {others.map((act) => (
        <OtherForm key={act} form={forms[act]}>
          {hidden}
          {fields[act]}
        </OtherForm>
      ))}
    </>
  );
}

/** As FormPage's own: React would empty a form that it sends itself. */
function OtherForm({ form, children }: { form: Form; children: ReactNode }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter);
    startTransition(() => form.action(data));
  };
  return (
    <form action={form.action} onSubmit={submit} noValidate>
      <Pending value={form.pending}>{children}</Pending>
    </form>
  );
}
