// The port through which messages leave.

export interface Message {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Mailer {
  /** Resolves when a mail server has accepted the message; rejects with its reason. @param id the outbox row, for a stable Message-ID */
  send(id: string, to: string, message: Message): Promise<void>;
  /** Whether the mail server answers now; the reason when it doesn't. */
  check(): Promise<string | null>;
  close(): void;
}
