// Rows between hairlines: facts about one thing, things one has, steps to come, links.
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';
import styles from './rows.module.css';

/** Facts about one thing. */
export function Summary({ children }: { children: ReactNode }) {
  return <dl className={`${styles.rows} ${styles.summary}`}>{children}</dl>;
}

export function Fact({ name, action, children }: { name: string; action?: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
      {action && <dd>{action}</dd>}
    </div>
  );
}

export function Rows({ children }: { children: ReactNode }) {
  return <ul className={styles.rows}>{children}</ul>;
}

/** Steps to come, numbered. */
export function NumberedRows({ children }: { children: ReactNode }) {
  return <ol className={`${styles.rows} ${styles.numbered}`}>{children}</ol>;
}

/** @param lines small print under the name; @param action links at the row's right end */
export function Item({
  icon,
  name,
  tag,
  lines = [],
  action,
}: {
  icon?: IconName;
  name: string;
  tag?: ReactNode;
  lines?: readonly string[];
  action?: ReactNode;
}) {
  return (
    <li className={styles.item}>
      {icon && <Icon name={icon} />}
      <div>
        <b>
          {name}
          {tag && <> {tag}</>}
        </b>
        {lines.map((line) => (
          <p className="hint" key={line}>
            {line}
          </p>
        ))}
      </div>
      {action && <div className={styles.act}>{action}</div>}
    </li>
  );
}

/** Something that happened. @param time the hour, in words; @param at epoch milliseconds; @param lines small print under the name */
export function Happened({
  time,
  at,
  name,
  lines,
  action,
}: {
  time: string;
  at: number;
  name: string;
  lines: readonly string[];
  action?: ReactNode;
}) {
  return (
    <li className={`${styles.item} ${styles.event}`}>
      <time dateTime={new Date(at).toISOString()}>{time}</time>
      <div>
        <b>{name}</b>
        {lines.map((line) => (
          <p className="hint" key={line}>
            {line}
          </p>
        ))}
      </div>
      {action && <div className={styles.act}>{action}</div>}
    </li>
  );
}

/** What to do, one thing after the other: short sentences, numbered by the browser. */
export function Directions({ steps }: { steps: readonly string[] }) {
  return (
    <ol className={styles.directions}>
      {steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}

/** Links, one a row. */
export function LinkRows({ links }: { links: readonly { readonly href: string; readonly name: string }[] }) {
  return (
    <ul className={`${styles.rows} ${styles.links}`}>
      {links.map(({ href, name }) => (
        <li key={href}>
          <a href={href}>{name}</a>
        </li>
      ))}
    </ul>
  );
}

/** The ways on and back of a list that is told in pages. @param more where the next one begins; null at the end. @param from where this one does; null: it is the first */
export function PageLinks({
  more,
  from,
  pathOf,
  names,
}: {
  more: string | null;
  from: string | null;
  pathOf: (from: string | null) => string;
  names: { readonly more: string; readonly first: string };
}) {
  if (!more && !from) return null;
  const onward = more ? [{ href: pathOf(more), name: names.more }] : [];
  const back = from ? [{ href: pathOf(null), name: names.first }] : [];
  return <LinkRows links={[...onward, ...back]} />;
}
