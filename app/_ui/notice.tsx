// One message of a page.
import type { ReactNode } from 'react';
import styles from './notice.module.css';
import { DangerIcon, InfoIcon, SuccessIcon, WarningIcon } from './notice-icon';

const icons = { info: InfoIcon, success: SuccessIcon, warning: WarningIcon, danger: DangerIcon };
export type NoticeTone = keyof typeof icons;

/** @param announce `status` for a notice that answers what the person just did */
export function Notice({
  tone = 'info',
  title,
  announce,
  action,
  children,
}: {
  tone?: NoticeTone;
  title?: string;
  announce?: 'status' | 'alert';
  action?: ReactNode;
  children?: ReactNode;
}) {
  const Mark = icons[tone];
  return (
    <div className={tone === 'info' ? styles.notice : `${styles.notice} ${styles[tone]}`} role={announce}>
      <Mark />
      {title && (
        <p>
          <b>{title}</b>
        </p>
      )}
      {children}
      {action && <p className={styles.act}>{action}</p>}
    </div>
  );
}
