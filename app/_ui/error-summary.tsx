'use client';
// What is to correct, above the title: announced, focused, each point leading to its field in the same words.
import { useKitWords } from './kit-words';
import styles from './notice.module.css';
import { DangerIcon } from './notice-icon';
import { Sentence } from './sentence';

interface Point {
  readonly code: string;
  readonly field?: string;
  readonly sentence: string;
}

const takeFocus = (box: HTMLElement | null) => box?.focus();

/** @param attempt counts submissions: a new one takes the focus again */
export function ErrorSummary({ problems, attempt }: { problems: readonly Point[]; attempt: number }) {
  const words = useKitWords();
  const [first] = problems;
  if (!first) return null;
  // A problem of the whole form, such as wrong credentials, is told as one message: no field is to blame.
  if (!first.field) {
    return (
      <div className={`${styles.notice} ${styles.danger}`} role="alert" tabIndex={-1} ref={takeFocus} key={attempt}>
        <DangerIcon />
        <Sentence text={first.sentence} />
      </div>
    );
  }
  return (
    <div className={styles.errors} role="alert" tabIndex={-1} aria-labelledby="errors-title" ref={takeFocus} key={attempt}>
      <DangerIcon />
      <h2 id="errors-title">{problems.length === 1 ? words.onePoint : `${problems.length}\u00a0${words.points}`}</h2>
      <ul>
        {problems.map(({ code, field, sentence }) => (
          <li key={`${field} ${code}`}>{field ? <a href={`#${field}`}>{sentence}</a> : sentence}</li>
        ))}
      </ul>
    </div>
  );
}
