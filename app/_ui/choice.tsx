// Choice cards: one of two to five ways; what depends on a card opens inside it.
import type { ReactElement, ReactNode } from 'react';
import styles from './choice.module.css';
import { FieldError } from './field-error';

/** @param name the form's name of the choice: an error summary leads to its first card */
export function Choices({
  name,
  legend,
  legendShown = false,
  error,
  children,
}: {
  name: string;
  legend: string;
  legendShown?: boolean;
  error?: string | undefined;
  children: ReactNode;
}) {
  return (
    <fieldset className={styles.choices} aria-describedby={error ? `${name}-error` : undefined}>
      <legend className={legendShown ? undefined : 'vh'}>{legend}</legend>
      {error && <FieldError id={`${name}-error`}>{error}</FieldError>}
      {children}
    </fieldset>
  );
}

/** @param first gives the card's radio the id that an error summary leads to */
export function Choice({
  name,
  value,
  title,
  hint,
  icon,
  tag,
  chosen,
  first = false,
  children,
}: {
  name: string;
  value: string;
  title: string;
  hint?: ReactNode;
  icon?: ReactElement | undefined;
  tag?: ReactNode;
  chosen?: boolean | undefined;
  first?: boolean;
  children?: ReactNode;
}) {
  return (
    <div className={styles.choice}>
      <label>
        <input type="radio" name={name} value={value} defaultChecked={chosen} id={first ? name : undefined} />
        <span>
          <b>
            {title}
            {tag && <> {tag}</>}
          </b>
          {hint && (
            <>
              {' '}
              <span className="hint">{hint}</span>
            </>
          )}
        </span>
        {icon}
      </label>
      {children && <div className={styles.more}>{children}</div>}
    </div>
  );
}

/** A store page's QR code beside what it is for. */
export function Store({ children }: { children: ReactNode }) {
  return <div className={styles.store}>{children}</div>;
}
