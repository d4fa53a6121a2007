// A QR code: black on white in every mode, four modules of quiet zone, drawn on the server.
import { QRCodeSVG } from 'qrcode.react';
import type { ReactNode } from 'react';
import styles from './qr-code.module.css';

/**
 * @param title what it is for, read out in its place
 * @param small for store pages
 */
export function QrCode({ value, title, small = false }: { value: string; title: string; small?: boolean }) {
  return (
    <div className={small ? `${styles['qr-code']} ${styles.s}` : styles['qr-code']}>
      <QRCodeSVG value={value} title={title} level="M" marginSize={4} bgColor="#ffffff" fgColor="#000000" size={272} />
    </div>
  );
}

/** The QR code with the two other ways round: on the phone itself (first, for whoever reads there), and the key by hand. */
export function QrBlock({ onThisPhone, code, byHand }: { onThisPhone: ReactNode; code: ReactNode; byHand: ReactNode }) {
  return (
    <div className={styles.qr}>
      <div>{onThisPhone}</div>
      {code}
      <div>{byHand}</div>
    </div>
  );
}

/** A key in groups of four, selected whole with one click. */
export function Key({ children }: { children: string }) {
  return <code className={styles.key}>{children.replace(/\s/g, '').replace(/(.{4})(?=.)/g, '$1 ')}</code>;
}

/** A button under other lines of a QR block. */
export function UnderKey({ children }: { children: ReactNode }) {
  return <div className={styles.after}>{children}</div>;
}
