// Buttons, links that look like them, rows of them, and the other ways round under a form.
import { type AnchorHTMLAttributes, type ButtonHTMLAttributes, Children, type ReactElement, type ReactNode } from 'react';
import styles from './button.module.css';

interface Look {
  /** `primary` is the one button that goes on; `secondary` for equal or side choices. */
  kind?: 'primary' | 'secondary' | undefined;
  danger?: boolean | undefined;
  small?: boolean | undefined;
  /** A small icon before the words. */
  icon?: ReactElement | undefined;
}

const buttonClass = ({ kind = 'primary', danger, small }: Look) =>
  [styles.button, kind === 'secondary' && styles.secondary, danger && styles.danger, small && styles.small].filter(Boolean).join(' ');

export function Button({ kind, danger, small, icon, children, ...rest }: Look & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button type="submit" {...rest} className={buttonClass({ kind, danger, small })}>
      {icon}
      {children}
    </button>
  );
}

export function ButtonLink({ kind, danger, small, icon, children, ...rest }: Look & AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  return (
    <a {...rest} className={buttonClass({ kind, danger, small })}>
      {icon}
      {children}
    </a>
  );
}

/** Buttons and links side by side. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}

/** Two answers of equal weight. Give it to a form as `className={pairClass}` where the form itself is the pair. */
export const pairClass = styles.pair;

export function Pair({ children }: { children: ReactNode }) {
  return <div className={styles.pair}>{children}</div>;
}

/** Other ways round, as a list of links: each child is one. */
export function Ways({ children }: { children: ReactNode[] | ReactNode }) {
  return <ul className={styles.ways}>{Children.map(children, (way) => way && <li>{way}</li>)}</ul>;
}

/** Other ways round that need a heading and sentences. */
export function WaysBlock({ children }: { children: ReactNode }) {
  return <div className={styles.ways}>{children}</div>;
}
