// Adds up what was guessed wrong on all nodes, every few seconds, and slows down sign-ins from unknown browsers while it is too much (SEC-09).
import { addFailures, listFailureMinutes } from '#db/failures';
import { raiseAlert } from '../alerts/raise-alert.ts';
import { type FailureSums, isTripped, minuteOf, sumFailures } from '../alerts/rules.ts';
import { hours, minutes, seconds } from '../duration.ts';
import type { Portal } from '../portal.ts';

/** Until a node knows what all have seen. */
const every = seconds(5);
/** How long it stays slow after the last time that it was too much. */
const slowFor = minutes(10);

type Needs = Pick<Portal, 'store' | 'now' | 'settings' | 'secrets' | 'slowMode' | 'metrics'>;

/** One look. Rows are one a minute, however many fail: an attack fills nothing. */
export async function watchFailures(portal: Needs): Promise<FailureSums> {
  const { store, slowMode, metrics, settings } = portal;
  const now = portal.now();
  const failures = slowMode.take();
  try {
    if (failures > 0) await store.unit('failures', (tx) => addFailures(tx, minuteOf(now), failures));
  } catch (error) {
    slowMode.giveBack(failures);
    throw error;
  }
  const sums = sumFailures(await store.read((tx) => listFailureMinutes(tx, now - hours(1))), now);
  if (isTripped(sums, settings.alerts)) {
    slowMode.slowUntil(now + slowFor);
    await store.unit('alerts', (tx) => raiseAlert(portal, tx, now, 'failures', Math.max(sums.minute, sums.hour)));
  }
  metrics.set('portal_failures_last_minute', sums.minute);
  metrics.set('portal_failures_last_hour', sums.hour);
  return sums;
}

/** @returns what stops it */
export function startWatch(portal: Needs & Pick<Portal, 'log'>): () => void {
  const look = () => {
    watchFailures(portal).catch((error: unknown) => portal.log.error({ err: error }, 'Failures could not be added up; again in five seconds.'));
  };
  const looks = setInterval(look, every);
  looks.unref();
  return () => clearInterval(looks);
}
