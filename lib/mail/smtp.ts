// Sends messages by SMTP. TLS is as the URL says: smtps://, or smtp:// with STARTTLS when the server offers it (`?requireTLS=true` insists).
import { createTransport } from 'nodemailer';
import { seconds } from '../duration.ts';
import type { Settings } from '../settings.ts';
import { type Mailer, MessageRefused } from './mailer.ts';

const control = /\p{Cc}/u;

/** A pool of three connections to the server of `smtpUrl`. Opens none before the first message. */
export function smtpMailer({ smtpUrl, mail, institute, origin }: Pick<Settings, 'smtpUrl' | 'mail' | 'institute' | 'origin'>): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 3,
    // The outbox tries again, and remembers it; the pool must not do so behind its back.
    maxRequeues: 0,
    connectionTimeout: seconds(5),
    greetingTimeout: seconds(5),
    socketTimeout: seconds(20),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = new URL(origin).hostname;
  return {
    async send(id, to, { subject, text, html }) {
      // A line break in a header would let a name write headers of its own (SEC-106).
      if (control.test(to) || control.test(subject)) throw new MessageRefused('A header holds a control character.');
      try {
        await transport.sendMail({
          from: { name: institute.name, address: mail.from },
          // As an object: an address is never parsed as a list of several (SEC-52).
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId: `<${id}@${domain}>`,
          // RFC 3834: no out-of-office answer, no loop.
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
          signal: AbortSignal.timeout(seconds(30)),
        });
      } catch (error) {
        throw isFinal(error) ? new MessageRefused((error as Error).message) : error;
      }
    },
    async check() {
      try {
        await transport.verify();
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    close: () => transport.close(),
  };
}

/** Of the recipient or of the message itself; a refused login or sender is the institute's to mend, and worth trying again. */
function isFinal(error: unknown): boolean {
  const { code, command, responseCode } = error as { code?: string; command?: string; responseCode?: number };
  return (responseCode ?? 0) >= 500 && ((code === 'EENVELOPE' && command === 'RCPT TO') || (code === 'EMESSAGE' && command === 'DATA'));
}
