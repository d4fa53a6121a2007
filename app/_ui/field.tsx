// A label, what helps, what is wrong, and a one-line input or a choice from a list.
import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes } from 'react';
import styles from './field.module.css';
import { FieldError } from './field-error';

interface FieldFrame {
  /** The form's name of the field; also its id, so that an error can lead to it. */
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  /** The problem's sentence. */
  error?: string | undefined;
}

export const hintId = (name: string) => `${name}-hint`;
export const errorId = (name: string) => `${name}-error`;

const describedBy = ({ name, hint, error }: FieldFrame, also?: string) =>
  [hint && hintId(name), error && errorId(name), also].filter(Boolean).join(' ') || undefined;

/** What an input of ours always carries. */
export const inputProps = (frame: FieldFrame, also?: string) => ({
  id: frame.name,
  name: frame.name,
  'aria-describedby': describedBy(frame, also),
  'aria-invalid': frame.error ? (true as const) : undefined,
});

/** Label, hint and error around an input made elsewhere. */
export function FieldFrame({ name, label, hint, error, children }: FieldFrame & { children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label htmlFor={name}>{label}</label>
      {hint && (
        <p className="hint" id={hintId(name)}>
          {hint}
        </p>
      )}
      {error && <FieldError id={errorId(name)}>{error}</FieldError>}
      {children}
    </div>
  );
}

type Input = Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'name' | 'className' | 'placeholder'>;

export function Field({ name, label, hint, error, 'aria-describedby': also, ...input }: FieldFrame & Input) {
  const frame = { name, label, hint, error };
  return (
    <FieldFrame {...frame}>
      <input className={styles.input} type="text" required {...input} {...inputProps(frame, also)} />
    </FieldFrame>
  );
}

/** Six digits in one wide input: paste, managers and screen readers work. Spaces, dashes and words around are the server's to read. */
export function CodeField({ name, label, hint, error, ...input }: FieldFrame & Input) {
  const frame = { name, label, hint, error };
  return (
    <FieldFrame {...frame}>
      <input
        className={`${styles.input} ${styles.code}`}
        type="text"
        inputMode="numeric"
        autoComplete="one-time-code"
        spellCheck={false}
        required
        {...input}
        {...inputProps(frame)}
      />
    </FieldFrame>
  );
}

type Select = Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id' | 'name' | 'className'>;

export function SelectField({ name, label, hint, error, 'aria-describedby': also, children, ...select }: FieldFrame & Select) {
  const frame = { name, label, hint, error };
  return (
    <FieldFrame {...frame}>
      {/* The key: after an answer from the server the form is reset, and a select only knows the choice it was made with. */}
      <select className={styles.input} required key={String(select.defaultValue)} {...select} {...inputProps(frame, also)}>
        {children}
      </select>
    </FieldFrame>
  );
}

/** Two fields that are one question, e.g. a secret question and its answer. */
export function FieldPair({ children }: { children: ReactNode }) {
  return <div className={`${styles.together} set`}>{children}</div>;
}

export function CheckField({ name, label, error, ...input }: Omit<FieldFrame, 'hint'> & Input) {
  return (
    <div className={styles.checked}>
      {error && <FieldError id={errorId(name)}>{error}</FieldError>}
      <label className={styles.check} htmlFor={name}>
        <input type="checkbox" value="yes" required {...input} {...inputProps({ name, label, error })} /> {label}
      </label>
    </div>
  );
}
