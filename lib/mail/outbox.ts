// Messages are written in the unit of work that makes them necessary, and delivered afterwards, again and again until a server takes them.
import { insertOutboxMessage } from '#db/outbox';
import type { Script, Tx } from '#db/unit';
import type { Portal } from '../portal.ts';
import type { Message } from './mailer.ts';

export interface Letter {
  /** The outbox row: made outside, so that a unit may run twice. */
  readonly id: string;
  readonly accountId: string | null;
  readonly to: string;
  /** e.g. `code`, `factor-added`; no personal data. */
  readonly kind: string;
  readonly message: Message;
  /** Epoch milliseconds after which it is worthless; null when it never is. */
  readonly uselessAt: number | null;
  /** Epoch milliseconds before which it stays here; at once when left out. */
  readonly dueAt?: number;
}

/** @param at epoch milliseconds */
export function* queueMail(portal: Pick<Portal, 'secrets'>, tx: Tx, at: number, letter: Letter): Script<void> {
  const { message, dueAt = at, ...rest } = letter;
  const sealed = portal.secrets.seal(`outbox:${letter.id}`, JSON.stringify(message));
  yield* insertOutboxMessage(tx, { ...rest, message: sealed, createdAt: at, dueAt, tries: 0 });
}

/** For an address that nobody has: the work and the row of a letter, which is given up before anybody could send it (SEC-08). */
export function* queueNothing(portal: Pick<Portal, 'secrets'>, tx: Tx, at: number, letter: Letter): Script<void> {
  const { message, ...rest } = letter;
  portal.secrets.seal(`outbox:${letter.id}`, JSON.stringify(message));
  yield* insertOutboxMessage(tx, { ...rest, message: null, createdAt: at, dueAt: null, tries: 0 });
}
