// One message of a page.
import type { ReactNode } from 'react';
import { Icon } from './icon';
import styles from './notice.module.css';

export type NoticeTone = 'info' | 'success' | 'warning' | 'danger';

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
  return (
    <div className={tone === 'info' ? styles.notice : `${styles.notice} ${styles[tone]}`} role={announce}>
      <Icon name={tone} />
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
