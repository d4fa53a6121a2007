'use client';
// One form for each way: its button sends the question at once.
import type { ReactNode } from 'react';
import type { FormAction } from '#app/form-state';
import type { CallerMethod } from '#lib/helpdesk/verify-caller/rules';
import { FormPage, useForm } from '#ui/form-page';
import { Notice } from '#ui/notice';
import { ProofField } from '#ui/proof-field';
import { SubmitButton } from '#ui/submit-button';
import styles from './choose-method.module.css';

export interface OfferedMethod {
  readonly method: CallerMethod;
  readonly title: string;
  readonly hint: string;
  /** What to say to the caller. */
  readonly say: string;
  readonly act: string;
  /** Why it is not there; null where it is. */
  readonly why: string | null;
}

export function ChooseMethod({
  action,
  account,
  title,
  heading,
  rules,
  say,
  methods,
}: {
  action: FormAction;
  account: string;
  title: string;
  heading: ReactNode;
  rules: string;
  say: string;
  methods: readonly OfferedMethod[];
}) {
  const form = useForm(action);
  return (
    <FormPage form={form} title={title} heading={heading}>
      <Notice>
        <p>{rules}</p>
      </Notice>
      <input type="hidden" name="account" value={account} />
      <ProofField form={form} />
      <ul className={styles.methods}>
        {methods.map((offered) => (
          <li key={offered.method}>
            <h2>{offered.title}</h2>
            <p className="hint">{offered.hint}</p>
            {offered.why === null ? (
              <>
                <p>
                  <b>{say}</b> {offered.say}
                </p>
                <SubmitButton name="method" value={offered.method} kind="secondary">
                  {offered.act}
                </SubmitButton>
              </>
            ) : (
              <p>{offered.why}</p>
            )}
          </li>
        ))}
      </ul>
    </FormPage>
  );
}
