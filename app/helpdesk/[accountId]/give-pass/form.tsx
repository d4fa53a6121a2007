'use client';
// The question before a pass, and then the pass itself, in the place of the form: a form beside it would send it back to the server.
import { type ReactNode, useEffect, useRef } from 'react';
import { Actions, ButtonLink } from '#ui/button';
import { FormPage, useForm } from '#ui/form-page';
import { Notice } from '#ui/notice';
import type { FormAction } from '../../../form-state';
import { ActFields, type ActWords } from '../act-form';
import styles from './pass.module.css';

interface ShownWords {
  readonly heading: string;
  readonly lead: string;
  readonly spelt: string;
  readonly say: string;
  readonly end: string;
}

/** @param spelling a word for each character of a pass */
export function PassForm({
  action,
  title,
  shownTitle,
  heading,
  hidden,
  words,
  submit,
  shown,
  spelling,
  cancelHref,
  subject,
}: {
  action: FormAction;
  title: string;
  shownTitle: string;
  heading: ReactNode;
  hidden: Readonly<Record<string, string>>;
  words: ActWords;
  submit: string;
  shown: ShownWords;
  spelling: Readonly<Record<string, string>>;
  cancelHref: string;
  /** Whom the pass is for. */
  subject: ReactNode;
}) {
  const form = useForm(action);
  const { once } = form.state;
  if (once === undefined)
    return (
      <FormPage form={form} title={title} heading={heading}>
        <ActFields form={form} hidden={hidden} words={words} submit={submit} cancelHref={cancelHref} />
      </FormPage>
    );
  return <ShownPass pass={once} title={shownTitle} words={shown} spelling={spelling} onwardHref={cancelHref} subject={subject} />;
}

function ShownPass({
  pass,
  title,
  words,
  spelling,
  onwardHref,
  subject,
}: {
  pass: string;
  title: string;
  words: ShownWords;
  spelling: Readonly<Record<string, string>>;
  onwardHref: string;
  subject: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const groups = pass.split('-').map((group, n) => ({ n, group, spelt: [...group].map((character) => spelling[character] ?? character).join(', ') }));
  return (
    <>
      <title>{title}</title>
      <h1 ref={heading} tabIndex={-1}>
        {words.heading}
      </h1>
      {subject}
      <p>{words.lead}</p>
      <p className={styles.pass}>
        {groups.map(({ n, group }) => (
          <span key={n}>{group} </span>
        ))}
      </p>
      <h2>{words.spelt}</h2>
      <ol className={styles.spelt}>
        {groups.map(({ n, spelt }) => (
          <li key={n}>{spelt}</li>
        ))}
      </ol>
      <Notice>
        <p>{words.say}</p>
      </Notice>
      <Actions>
        <ButtonLink href={onwardHref}>{words.end}</ButtonLink>
      </Actions>
    </>
  );
}
