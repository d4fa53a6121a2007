'use client';
// Before a telephone is anybody's: installing the app where that comes first, then the ticket by camera, or the code by hand.
import type { FormProblem } from '#app/form-state';
import { Button } from '#ui/button';
import { Field } from '#ui/field';
import { NumberedRows } from '#ui/rows';
import { SubmitButton } from '#ui/submit-button';
import styles from './app.module.css';
import { AppForm, Screen, type Told, useSending, useWords } from './screen';

/** On an iPhone, what Safari keeps is not what the installed app keeps: nothing is claimed here (phone.md §5). */
export function Install({ anyway }: { anyway: () => void }) {
  const { install } = useWords().words;
  return (
    <Screen title={install.title} heading={install.heading} lead={install.lead}>
      <NumberedRows>
        {install.steps.map((step) => (
          <li className={styles.step} key={step}>
            <span>{step}</span>
          </li>
        ))}
      </NumberedRows>
      <p>
        <button type="button" className="link" onClick={anyway}>
          {install.anyway}
        </button>
      </p>
    </Screen>
  );
}

/** @param claim a code that was typed @param keep back to the accounts that are there; null when there are none */
export function Start({
  told,
  scan,
  claim,
  keep,
}: {
  told: Told | null;
  scan: () => void;
  claim: (code: string) => Promise<readonly FormProblem[]>;
  keep: (() => void) | null;
}) {
  const { start } = useWords().words;
  const sending = useSending();
  return (
    <Screen title={start.title} heading={start.heading} lead={start.lead} told={told} sending={sending}>
      <Button type="button" onClick={scan}>
        {start.scan}
      </Button>
      <AppForm
        sending={sending}
        className={styles.typed}
        send={(field) =>
          sending.send(async () => {
            const code = field('code').trim();
            return code ? claim(code) : [{ code: 'empty', field: 'code', sentence: start.codeMissing }];
          })
        }
      >
        <Field
          name="code"
          label={start.code}
          hint={start.codeHint}
          error={sending.error('code')}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
        />
        <SubmitButton kind="secondary">{start.submit}</SubmitButton>
      </AppForm>
      {keep && (
        <p>
          <button type="button" className="link" onClick={keep}>
            {start.notANewOne}
          </button>
        </p>
      )}
    </Screen>
  );
}
