// A state in one word.
import styles from './tag.module.css';

export function Tag({ tone, children }: { tone?: 'accent' | 'success' | 'warning' | 'danger'; children: string }) {
  return <span className={tone ? `${styles.tag} ${styles[tone]}` : styles.tag}>{children}</span>;
}
