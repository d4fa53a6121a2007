// Compares the clock with others': one-time codes depend on it, and a clock a minute off refuses everybody's (SEC-115).
import { readServerClock } from '#db/condition';
import { minutes, seconds } from '../duration.ts';
import type { Portal } from '../portal.ts';
import { skewFrom } from './time-server.ts';

export const mostSkew = seconds(2);
const between = minutes(10);

export interface ComparedClock {
  /** Whose clock it is, e.g. `that of ntp.inserm.fr`. */
  readonly other: string;
  /** How far ours is ahead, milliseconds; null when the other could not be asked, for this reason. */
  readonly skew: number | null;
  readonly reason: string | null;
}

/** With the time server of the settings, and with PostgreSQL's. */
export async function compareClocks({ store, settings, now }: Pick<Portal, 'store' | 'settings' | 'now'>): Promise<ComparedClock[]> {
  const compared: ComparedClock[] = [];
  const { timeServer } = settings;
  if (timeServer !== undefined) {
    const answer = await skewFrom(timeServer, now).then(
      (skew) => ({ skew, reason: null }),
      (error: unknown) => ({ skew: null, reason: error instanceof Error ? error.message : String(error) }),
    );
    compared.push({ other: `that of ${timeServer}`, ...answer });
  }
  if (store.engine === 'postgres') compared.push({ other: "the database's", skew: now() - (await store.read(readServerClock)), reason: null });
  return compared;
}

type Watching = Pick<Portal, 'store' | 'settings' | 'now' | 'log'>;

/** Tells the log what differs by more than two seconds. */
export async function watchClocks(portal: Watching): Promise<void> {
  for (const { other, skew, reason } of await compareClocks(portal)) {
    if (skew === null) portal.log.warn({ other, reason }, 'A clock could not be compared with ours.');
    else if (Math.abs(skew) > mostSkew)
      portal.log.error({ other, skew: Math.round(skew) }, 'The clock is wrong by more than two seconds: start time synchronisation (NTP).');
  }
}

/** At the start, then every ten minutes. @returns what stops it */
export function startClockWatch(portal: Watching): () => void {
  const pass = () => {
    watchClocks(portal).catch((error: unknown) => portal.log.error({ err: error }, 'The clocks could not be compared; it will be tried again.'));
  };
  const first = setTimeout(pass, seconds(5));
  const every = setInterval(pass, between);
  first.unref();
  every.unref();
  return () => {
    clearTimeout(first);
    clearInterval(every);
  };
}
