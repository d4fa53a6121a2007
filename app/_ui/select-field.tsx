// A choice from a list of many, and the pair it makes with a field that depends on it.
import type { ComponentProps, ReactNode } from 'react';
import { FieldFrame, type FieldParts, inputProps } from './field';
import styles from './field.module.css';

type Select = Omit<ComponentProps<'select'>, 'id' | 'name' | 'className'>;

export function SelectField({ name, label, hint, error, 'aria-describedby': also, children, ...select }: FieldParts & Select) {
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
