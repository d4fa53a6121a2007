'use client';
// What is wrong with a field, in the words of the error summary.
import styles from './field.module.css';
import { useKitWords } from './kit-words';
import { DangerIcon } from './notice-icon';

export function FieldError({ id, children }: { id: string; children: string }) {
  const words = useKitWords();
  return (
    <p className={styles.error} id={id}>
      <DangerIcon small />
      <span>
        <span className="vh">{words.error} </span>
        {children}
      </span>
    </p>
  );
}
