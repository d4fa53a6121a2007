// Recovery codes as a numbered list, to print, copy or download.
import styles from './codes.module.css';

export function RecoveryCodeList({ codes }: { codes: readonly string[] }) {
  return (
    <ol className={styles.codes}>
      {codes.map((code) => (
        <li key={code}>{code}</li>
      ))}
    </ol>
  );
}
