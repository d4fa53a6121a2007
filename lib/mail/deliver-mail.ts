// Delivers what the outbox holds: tries again until a server takes it or it is worthless, from any number of processes at once.
import { setTimeout as sleep } from 'node:timers/promises';
import { claimDueMessages, listDueMessages, type OutboxRow, setMessageFailed, setMessageSent } from '#db/outbox';
import { minutes, seconds } from '../duration.ts';
import type { Portal } from '../portal.ts';
import { type Message, MessageRefused } from './mailer.ts';

/** Waits after the first, second, … failure; the last one repeats. Milliseconds. */
const waits = [seconds(2), seconds(10), minutes(1), minutes(5), minutes(15), minutes(60)] as const;
/** Longer than the mailer takes at most: a message is taken by another process only when this one has died. */
const lease = minutes(2);
const batch = 20;
const pause = seconds(1);

type Delivering = Pick<Portal, 'store' | 'secrets' | 'mailer' | 'log' | 'metrics' | 'now'>;

/**
 * When to try again. What is soon worthless (a code) is tried often: never later than a twentieth of the life it has left.
 * @param tries failed so far, at least 1. @returns epoch milliseconds
 */
export function nextTry(now: number, tries: number, uselessAt: number | null): number {
  const wait = waits[Math.min(tries, waits.length) - 1] ?? waits[0];
  return now + (uselessAt === null ? wait : Math.min(wait, Math.max(waits[0], (uselessAt - now) / 20)));
}

/** One pass over what is due. Messages leave at least once: a process killed between the server's yes and ours sends again, same Message-ID. */
export async function deliverDueMail(portal: Delivering): Promise<{ readonly sent: number; readonly failed: number }> {
  const { store, now } = portal;
  const due = await store.read((tx) => listDueMessages(tx, now(), batch));
  if (due.length === 0) return { sent: 0, failed: 0 };
  const ids = due.map((row) => row.id);
  const taken = await store.unit('outbox', (tx) => claimDueMessages(tx, ids, now(), now() + lease));
  const outcomes = await Promise.all(taken.map((row) => deliver(portal, row)));
  const sent = outcomes.filter((left) => left).length;
  return { sent, failed: outcomes.length - sent };
}

/** @returns whether it has left */
async function deliver(portal: Delivering, row: OutboxRow): Promise<boolean> {
  const { store, now, log, metrics, secrets, mailer } = portal;
  const { id, kind, uselessAt } = row;
  const tries = row.tries + 1;
  const set = (failure: string, dueAt: number | null) =>
    store.unit('outbox', (tx) => setMessageFailed(tx, id, { dueAt: dueAt === null ? null : Math.ceil(dueAt), tries, failure }));
  if (row.message === null || (uselessAt !== null && uselessAt <= now())) {
    await set(row.failure ?? 'It was worthless before it could leave.', null);
    metrics.mailed('worthless');
    log.warn({ message: id, kind, tries: row.tries }, 'A message was given up: it had become worthless.');
    return false;
  }
  try {
    const message = JSON.parse(secrets.open(`outbox:${id}`, row.message).toString()) as Message;
    await mailer.send(id, row.to, message);
  } catch (error) {
    const failure = withoutAddresses(error);
    const final = error instanceof MessageRefused;
    await set(failure, final ? null : nextTry(now(), tries, uselessAt));
    metrics.mailed(final ? 'refused' : 'failed');
    log.warn(
      { message: id, kind, tries, failure },
      final ? 'The mail server refused a message for good.' : 'A message could not leave; it will be tried again.',
    );
    return false;
  }
  await store.unit('outbox', (tx) => setMessageSent(tx, id, now(), tries));
  metrics.mailed('sent');
  log.info({ message: id, kind, tries }, 'A message has left.');
  return true;
}

/** Delivers every second until the returned function is called, which waits for the pass under way. */
export function startDelivery(portal: Delivering): () => Promise<void> {
  const stopping = new AbortController();
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      try {
        while ((await deliverDueMail(portal)).sent === batch);
      } catch (error) {
        portal.log.error({ failure: withoutAddresses(error) }, 'The outbox could not be read; it will be tried again.');
      }
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  return async () => {
    stopping.abort();
    await loop;
  };
}

const withoutAddresses = (error: unknown) => {
  const said = error instanceof Error ? error.message : String(error);
  return said
    .replace(/\S+@\S+/g, '[address]')
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, 300);
};
