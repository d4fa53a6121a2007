'use client';
// A page that asks the person's telephones and waits for their answer: the number, the time left, and what became of it. The same when signing
// in and in the account. Needs no script: it then reloads by itself, and goes on by a button.
import { type ReactNode, startTransition, useEffect, useRef, useState } from 'react';
import { clock } from '#app/authenticator/clock';
import type { FormAction } from '#app/form-state';
import { seconds } from '#lib/duration';
import type { RequestEnd, RequestStatus } from '#lib/factors/phone/rules';
import { Ways, WaysBlock } from './button';
import { type Form, FormPage, useForm, useLatestForm } from './form-page';
import { Heading } from './heading';
import { Notice } from './notice';
import styles from './number.module.css';
import { Sentence } from './sentence';
import { SubmitButton } from './submit-button';
import { Reloading, useWatch } from './watch';

export interface ShownRequest {
  /** As the server tells it: which request, and how it stands. Null when none was made. */
  readonly state: string | null;
  readonly status: RequestStatus | null;
  readonly why: RequestEnd | null;
  readonly number: number | null;
  /** Milliseconds: left when the page was made, and in all. */
  readonly left: number;
  readonly life: number;
}

export interface PhoneRequestWords {
  readonly title: string;
  readonly lead: string;
  readonly leadBefore: string;
  readonly number: string;
  readonly waiting: string;
  /** With one second left, and with two, in whose place others stand. */
  readonly left: { readonly one: string; readonly several: string };
  readonly until: string;
  readonly goesOn: string;
  readonly refreshes: string;
  readonly refresh: string;
  readonly notThere: string;
  readonly openApp: string;
  readonly approved: string;
  readonly approvedLead: string;
  readonly continue: string;
  readonly ask: string;
  readonly askAgain: string;
  readonly ended: Readonly<Record<RequestEnd | 'expired' | 'superseded' | 'cancelled' | 'used', string>>;
  readonly suspended: string;
}

/** Moments at which screen readers are told what is left, in seconds: it informs, it does not hurry. */
const announced: ReadonlySet<number> = new Set([60, 30, 10]);

/**
 * @param ask makes a request; @param goOn makes use of its approval
 * @param watch where the state is told; @param here this page
 * @param fields more of both forms, hidden
 * @param proof the field of a form whose proof has grown old, on pages that need one
 * @param suspended no telephone is asked any more
 * @param ways links to what else this person has, in order
 */
export function PhoneRequest({
  ask,
  goOn,
  watch,
  here,
  fields = {},
  proof = () => null,
  title,
  request,
  suspended,
  words,
  ways,
}: {
  ask: FormAction;
  goOn: FormAction;
  watch: string;
  here: string;
  fields?: Readonly<Record<string, string>>;
  proof?: (form: Form) => ReactNode;
  title: string;
  request: ShownRequest;
  suspended: boolean;
  words: PhoneRequestWords;
  ways: readonly { readonly href: string; readonly name: string }[];
}) {
  const [asking, going] = useLatestForm(useForm(ask), useForm(goOn));
  const { state, status, why, number } = request;
  // An answer that was there, and a proof that is too old to make use of it: its field, and no more waiting.
  const unproven = going.error('proof') !== undefined;
  const approved = status === 'approved' || unproven;
  const pending = status === 'pending' && number !== null && !unproven;
  const hidden = Object.entries(fields).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);

  const links = ways.map(({ href, name }) => (
    <a key={href} href={href}>
      {name}
    </a>
  ));

  const proceed = () => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    startTransition(() => going.action(data));
  };
  const started = useRef(false);
  const go = useRef(proceed);
  useEffect(() => {
    go.current = proceed;
  });
  // Approved while this page was on its way: nobody should have to press a button for that.
  useEffect(() => {
    if (!approved || unproven || started.current) return;
    started.current = true;
    go.current();
  }, [approved, unproven]);
  useWatch(watch, pending ? state : null, (now) => {
    if (now?.endsWith(':approved')) proceed();
    else window.location.reload();
  });

  if (pending) {
    return (
      <FormPage
        form={going}
        others={[asking]}
        title={title}
        heading={
          <Heading heading={words.title} lead={words.lead}>
            <div className={styles.number}>
              <p>
                <span className="vh">{words.number}</span>
                <strong>{number}</strong>
              </p>
              <Countdown left={request.left} life={request.life} words={words} />
            </div>
          </Heading>
        }
      >
        {hidden}
        <GoesOn sentence={words.goesOn} />
        <Reloading href={here} words={words} />
        <WaysBlock>
          <h2>{words.notThere}</h2>
          <p>{words.openApp}</p>
          {links}
        </WaysBlock>
      </FormPage>
    );
  }
  if (approved) {
    return (
      <FormPage
        form={going}
        others={[asking]}
        title={title}
        heading={
          <>
            <h1>{words.approved}</h1>
            <p className="lead">{words.approvedLead}</p>
          </>
        }
      >
        {hidden}
        {proof(going)}
        <SubmitButton>{words.continue}</SubmitButton>
        <Ways>{links}</Ways>
      </FormPage>
    );
  }
  const end = endOf(status, why);
  return (
    <FormPage
      form={asking}
      others={[going]}
      title={title}
      heading={
        <>
          {(suspended || end) && (
            <Notice tone="warning" announce="status">
              <Sentence text={end && (!suspended || end === 'reported') ? words.ended[end] : words.suspended} />
            </Notice>
          )}
          <h1>{words.title}</h1>
          {!suspended && <p className="lead">{words.leadBefore}</p>}
        </>
      }
    >
      {hidden}
      {!suspended && proof(asking)}
      {!suspended && <SubmitButton>{status === null ? words.ask : words.askAgain}</SubmitButton>}
      <Ways>{links}</Ways>
    </FormPage>
  );
}

/** Why there is nothing to wait for any more, by the name of its sentence. */
function endOf(status: RequestStatus | null, why: RequestEnd | null): keyof PhoneRequestWords['ended'] | null {
  if (status === null || status === 'pending' || status === 'approved') return null;
  if (status === 'denied') return why ?? 'owner';
  return status === 'consumed' ? 'used' : status;
}

/** Promised only where script runs. */
function GoesOn({ sentence }: { sentence: string }) {
  const [here, setHere] = useState(false);
  useEffect(() => setHere(true), []);
  return here ? <p>{sentence}</p> : null;
}

function Countdown({ left, life, words }: { left: number; life: number; words: PhoneRequestWords }) {
  const [passed, setPassed] = useState<number | null>(null);
  useEffect(() => {
    // Browsers slow the timers of hidden pages down: ticks are not counted, the clock is read.
    const began = clock();
    const tick = () => setPassed(clock() - began);
    tick();
    const ticking = setInterval(tick, seconds(1));
    return () => clearInterval(ticking);
  }, []);
  const remaining = Math.max(0, Math.ceil((left - (passed ?? 0)) / 1000));
  const said = passed === null ? words.until : remaining === 1 ? words.left.one : words.left.several.replace('2', String(remaining));
  return (
    <div className={styles.countdown}>
      <p role="status">
        <b>{words.waiting}</b>
        <span className="vh"> {passed !== null && announced.has(remaining) ? said : ''}</span>
      </p>
      <progress max={life / 1000} value={passed === null ? left / 1000 : remaining} aria-labelledby="left" />
      <p className="hint" id="left">
        {said}
      </p>
    </div>
  );
}
