// The port through which messages leave.

export interface Message {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The server will never take this message for this address (a 5yz reply to either, RFC 5321 §4.2.1): trying again is useless. */
export class MessageRefused extends Error {}

export interface Mailer {
  /**
   * Resolves when a mail server has accepted the message; rejects with its reason, with MessageRefused when it is final.
   * Takes 30 seconds at most. @param id the outbox row, for a stable Message-ID
   */
  send(id: string, to: string, message: Message): Promise<void>;
  /** Whether the mail server answers now; the reason when it doesn't. */
  check(): Promise<string | null>;
  close(): void;
}
