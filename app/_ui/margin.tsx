// What the margin holds: the way back, where the journey leads to, the places of the account.
import { language } from '#app/visitor';
import { words } from '#lib/language/language';
import { Icon } from './icon';
import styles from './margin.module.css';

/** The margin's first line, on steps only. */
export async function Back({ href }: { href: string }) {
  return (
    <a className={styles.back} href={href}>
      <Icon name="back" small />
      {words(await language()).frame.back}
    </a>
  );
}

/** The application that the person is on the way to. */
export async function GoingTo({ application }: { application: { name: string; host: string } }) {
  return (
    <p className={styles.context}>
      <span>{words(await language()).frame.goingTo}</span> <b>{application.name}</b> <span>{application.host}</span>
    </p>
  );
}

/** Who or what this page is about. */
export function Context({ name, detail }: { name: string; detail: string }) {
  return (
    <p className={styles.context}>
      <b>{name}</b> <span>{detail}</span>
    </p>
  );
}

export interface PlaceLink {
  readonly href: string;
  readonly name: string;
  readonly current?: boolean;
}

/**
 * The places of the account; on a phone they give way to a link to the account's home, unless that is where one is.
 * @param kept on a phone too: those of the console
 */
export function Places({ links, home, kept }: { links: readonly PlaceLink[]; home?: { href: string; name: string }; kept?: boolean }) {
  return (
    <>
      {home && (
        <a className={`${styles.back} only-small`} href={home.href}>
          <Icon name="back" small />
          {home.name}
        </a>
      )}
      <ul className={kept ? `${styles.places} ${styles.kept}` : styles.places}>
        {links.map(({ href, name, current }) => (
          <li key={href}>
            <a href={href} aria-current={current ? 'page' : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

/**
 * Where one is in a wizard, as text, and for the eye as figures and checks. Not clickable.
 * @param current counts from 1
 * @param returnsTo the application's name
 */
export async function Stepper({ steps, current, returnsTo }: { steps: readonly string[]; current: number; returnsTo?: string }) {
  const { frame } = words(await language());
  return (
    <div className={styles.steps}>
      <p>{frame.step(current, steps.length)}</p>
      <ol>
        {steps.map((name, n) => (
          <li key={name} aria-current={n + 1 === current ? 'step' : undefined}>
            {n + 1 < current ? <Icon name="check" small /> : <span>{n + 1}</span>}
            <span>
              {name}
              {n + 1 < current && <span className="vh"> {frame.stepDone}</span>}
            </span>
          </li>
        ))}
      </ol>
      {returnsTo && <p className="hint">{frame.returnsTo(returnsTo)}</p>}
    </div>
  );
}
