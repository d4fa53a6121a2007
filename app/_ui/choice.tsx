// Choice cards: one of two to five ways; what depends on a card opens inside it.
import type { ReactElement, ReactNode } from 'react';
import styles from './choice.module.css';
import { FieldError } from './field-error';

/** @param name the form's name of the choice: an error summary leads to its first card */
export function Choices({
  name,
  legend,
  legendShown = false,
  hint,
  error,
  children,
}: {
  name: string;
  legend: string;
  legendShown?: boolean;
  hint?: string;
  error?: string | undefined;
  children: ReactNode;
}) {
  return (
    <fieldset className={styles.choices} aria-describedby={[hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ') || undefined}>
      <legend className={legendShown ? undefined : 'vh'}>{legend}</legend>
      {hint && (
        <p className="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
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
  required = false,
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
  /** Where no action of ours would say that nothing was chosen. */
  required?: boolean;
  children?: ReactNode;
}) {
  return (
    <div className={styles.choice}>
      <label>
        <input type="radio" name={name} value={value} defaultChecked={chosen} required={required} id={first ? name : undefined} />
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
