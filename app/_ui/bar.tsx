// A number beside others, as a length: for the eye alone, the number stands in the row. Drawn, not styled: it prints, and needs no style of its own.
import styles from './bar.module.css';

/** @param share 0 to 1 */
export function Bar({ share }: { share: number }) {
  return (
    <svg className={styles.bar} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect className={styles.whole} width="100" height="1" />
      <rect className={styles.part} width={Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10} height="1" />
    </svg>
  );
}
