'use client';
// A telephone being put in place, on the computer: waits for it, then asks whether it is the right one.
import type { ReactNode } from 'react';
import type { FormAction } from '#app/form-state';
import { Actions, Ways } from './button';
import { Choice, Choices } from './choice';
import { FormPage, useForm, useLatestForm } from './form-page';
import { ProofField } from './proof-field';
import { SubmitButton } from './submit-button';
import { Loading } from './waiting';
import { Reloading, useWatch } from './watch';

export interface PairingWords {
  /** What is waited for; null: nothing is. */
  readonly waiting: string | null;
  readonly confirm: string;
  readonly refuse: string;
  readonly again: string;
  readonly refreshes: string;
  readonly refresh: string;
}

/** Which earlier telephone this one takes the place of. */
export interface Replaced {
  readonly legend: string;
  readonly hint: string;
  readonly choices: readonly { readonly value: string; readonly title: string; readonly hint: string; readonly chosen: boolean }[];
}

/**
 * @param stage `waiting`: for a telephone to come or to finish; `confirm`: it has; `over`: the QR code is worth nothing any more
 * @param state as the server tells it @param watch where it is told @param here this page
 * @param factor the id of the factor to be, which the confirmation names
 * @param fields more of every form, hidden
 * @param replaced asked with the confirmation, where there is something to choose from
 * @param children what is to be scanned, or known of the telephone that came
 * @param ways links to another choice
 */
export function Pairing({
  stage,
  state,
  watch,
  here,
  factor,
  again,
  confirm,
  refuse,
  fields = {},
  replaced,
  title,
  heading,
  words,
  children,
  ways,
}: {
  stage: 'waiting' | 'claimed' | 'confirm' | 'over';
  state: string;
  watch: string;
  here: string;
  factor: string;
  again: FormAction;
  confirm: FormAction;
  refuse: FormAction;
  fields?: Readonly<Record<string, string>>;
  replaced?: Replaced;
  title: string;
  heading: ReactNode;
  words: PairingWords;
  children?: ReactNode;
  ways: ReactNode;
}) {
  const [anew, confirming, refusing] = useLatestForm(useForm(again), useForm(confirm), useForm(refuse));
  const sending = anew.pending || confirming.pending || refusing.pending;
  useWatch(watch, stage === 'over' ? null : state, () => {
    // What this page has just sent changes the state too: its own answer says where to go.
    if (!sending) window.location.reload();
  });
  const hidden = Object.entries(fields).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);

  if (stage === 'confirm') {
    return (
      <>
        <FormPage
          form={confirming}
          others={[refusing]}
          title={title}
          heading={
            <>
              {heading}
              {children}
            </>
          }
        >
          {hidden}
          <input type="hidden" name="factor" value={factor} />
          {replaced && (
            <Choices name="replaces" legend={replaced.legend} legendShown hint={replaced.hint} error={confirming.error('replaces')}>
              {replaced.choices.map(({ chosen, ...choice }, i) => (
                <Choice
                  key={choice.value}
                  name="replaces"
                  {...choice}
                  first={i === 0}
                  chosen={confirming.kept('replaces') ? confirming.kept('replaces') === choice.value : chosen}
                />
              ))}
            </Choices>
          )}
          <ProofField form={confirming} />
          <SubmitButton>{words.confirm}</SubmitButton>
        </FormPage>
        <form action={refusing.action}>
          {hidden}
          <ProofField form={refusing} />
          <SubmitButton kind="secondary">{words.refuse}</SubmitButton>
        </form>
      </>
    );
  }
  return (
    <FormPage
      form={anew}
      title={title}
      heading={
        <>
          {heading}
          {words.waiting && <Loading>{words.waiting}</Loading>}
          {stage !== 'over' && <Reloading href={here} words={words} />}
          {children}
        </>
      }
    >
      {hidden}
      <ProofField form={anew} />
      {stage !== 'waiting' && (
        <Actions>
          <SubmitButton kind={stage === 'over' ? 'primary' : 'secondary'}>{words.again}</SubmitButton>
        </Actions>
      )}
      <Ways>{ways}</Ways>
    </FormPage>
  );
}
