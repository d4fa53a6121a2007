// What /metrics answers: what was counted as it happened, and what is looked up now.
import { countAttempts, countUnsealedEvents, measureOutbox } from '#db/condition';
import type { Portal } from '../portal.ts';
import { sameSecret } from '../secrets.ts';

/**
 * Whether the caller has the token of the settings; nobody has when there is none. The time tells nothing of it.
 * @param authorization the header, `Bearer …`
 */
export function mayScrape({ metricsToken }: Pick<Portal['settings'], 'metricsToken'>, authorization: string | null): boolean {
  const sent = /^Bearer ([\x21-\x7e]+)$/i.exec(authorization ?? '')?.[1];
  return metricsToken !== undefined && sent !== undefined && sameSecret(sent, metricsToken);
}

/** @param streams how many event streams this process holds open. Throws when the store does not answer: no figure is better than a wrong one. */
export async function scrape(
  {
    store,
    metrics,
    hashing,
    push,
    slowMode,
    clockTrust,
    now,
  }: Pick<Portal, 'store' | 'metrics' | 'hashing' | 'push' | 'slowMode' | 'clockTrust' | 'now'>,
  streams: number,
): Promise<{ readonly contentType: string; readonly text: string }> {
  const at = now();
  const outbox = await store.read((tx) => measureOutbox(tx, at));
  metrics.set('portal_mail_waiting', outbox.waiting);
  metrics.set('portal_mail_failing', outbox.failing);
  metrics.set('portal_mail_oldest_seconds', outbox.oldest === null ? 0 : Math.max(0, at - outbox.oldest) / 1000);
  const attempts = await store.read((tx) => countAttempts(tx, at));
  metrics.set('portal_attempts_waiting', attempts.waiting);
  metrics.set('portal_audit_unsealed', await store.read(countUnsealedEvents));
  const { running, waiting, refused } = hashing.load();
  metrics.set('portal_hashing_running', running);
  metrics.set('portal_hashing_waiting', waiting);
  metrics.setTotal('portal_hashing_refused_total', refused);
  const { slow, waiting: turns } = slowMode.state();
  metrics.set('portal_slow_mode', slow ? 1 : 0);
  metrics.set('portal_slow_mode_waiting', turns);
  const { trusted, greatest } = clockTrust.state();
  metrics.set('portal_clock_trusted', trusted ? 1 : 0);
  metrics.set('portal_clock_skew_seconds', (greatest ?? 0) / 1000);
  metrics.set('portal_streams_open', streams);
  const { retried, ...outcomes } = push.counters;
  for (const [outcome, count] of Object.entries(outcomes)) metrics.setTotal('portal_push_messages_total', count, outcome);
  metrics.setTotal('portal_push_retries_total', retried);
  return metrics.read();
}
