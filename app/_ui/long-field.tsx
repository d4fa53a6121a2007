// Room for a few lines of text, with its label, what helps and what is wrong; and the lines that were written there.
import type { ComponentProps } from 'react';
import { FieldFrame, type FieldParts, inputProps } from './field';
import styles from './field.module.css';

type AreaParts = Omit<ComponentProps<'textarea'>, 'id' | 'name' | 'className' | 'placeholder'>;

export function LongField({ name, label, hint, error, ...area }: FieldParts & AreaParts) {
  const frame = { name, label, hint, error };
  return (
    <FieldFrame {...frame}>
      <textarea className={styles.input} rows={5} {...area} {...inputProps(frame)} />
    </FieldFrame>
  );
}

/** What somebody wrote there, its lines kept. */
export function LongText({ children }: { children: string }) {
  return <p className={styles.long}>{children}</p>;
}
