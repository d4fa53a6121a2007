// Nothing yet (what will appear here, and how), and not yet.
import styles from './waiting.module.css';

export function Empty({ children }: { children: string }) {
  return <p className={styles.empty}>{children}</p>;
}

export function Loading({ children }: { children: string }) {
  return (
    <p className={styles.loading} role="status">
      {children}
    </p>
  );
}
