// A label, what helps, what is wrong, and a one-line input.
import type { ComponentProps, ReactNode } from 'react';
import styles from './field.module.css';
import { FieldError } from './field-error';

export interface FieldParts {
  /** The form's name of the field; also its id, so that an error can lead to it. */
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  /** The problem's sentence. */
  error?: string | undefined;
}

const hintId = (name: string) => `${name}-hint`;
export const errorId = (name: string) => `${name}-error`;

const describedBy = ({ name, hint, error }: FieldParts, also?: string) =>
  [hint && hintId(name), error && errorId(name), also].filter(Boolean).join(' ') || undefined;

/** What an input of ours always carries. */
export const inputProps = (frame: FieldParts, also?: string) => ({
  id: frame.name,
  name: frame.name,
  'aria-describedby': describedBy(frame, also),
  'aria-invalid': frame.error ? (true as const) : undefined,
});

/** Label, hint and error around an input made elsewhere. */
export function FieldFrame({ name, label, hint, error, children }: FieldParts & { children: ReactNode }) {
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

export type InputParts = Omit<ComponentProps<'input'>, 'id' | 'name' | 'className' | 'placeholder'>;

export function Field({ name, label, hint, error, 'aria-describedby': also, ...input }: FieldParts & InputParts) {
  const frame = { name, label, hint, error };
  return (
    <FieldFrame {...frame}>
      <input className={styles.input} type="text" required {...input} {...inputProps(frame, also)} />
    </FieldFrame>
  );
}

/** Six digits in one wide input: paste, managers and screen readers work. Spaces, dashes and words around are the server's to read. */
export function CodeField({ name, label, hint, error, ...input }: FieldParts & InputParts) {
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
