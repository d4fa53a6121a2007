// Compares the clock with others': one-time codes depend on it, and a clock a minute off refuses everybody's (SEC-115). While several agree that
// it is wrong, no code of an app is judged by it (decision 0039).
import { readServerClock } from '#db/condition';
import { raiseAlert } from '../alerts/raise-alert.ts';
import { minutes, seconds } from '../duration.ts';
import type { Portal } from '../portal.ts';
import { skewFrom } from './time-server.ts';

export const mostSkew = seconds(2);
const between = minutes(10);
/** A clock that jumps, and one that was set right, are found this soon. */
const look = minutes(1);

export interface ComparedClock {
  /** Whose clock it is, e.g. `that of ntp.inserm.fr`. */
  readonly other: string;
  /** How far ours is ahead, milliseconds; null when the other could not be asked, for this reason. */
  readonly skew: number | null;
  readonly reason: string | null;
}

/** With the time servers of the settings, and with PostgreSQL's. Never rejects. */
export async function compareClocks({ store, settings, now }: Pick<Portal, 'store' | 'settings' | 'now'>): Promise<ComparedClock[]> {
  const asking = settings.timeServer.map((server) => compared(`that of ${server}`, () => skewFrom(server, now)));
  if (store.engine === 'postgres') {
    asking.push(
      compared("the database's", async () => {
        const asked = now();
        const theirs = await store.read(readServerClock);
        return (asked + now()) / 2 - theirs;
      }),
    );
  }
  return Promise.all(asking);
}

async function compared(other: string, ask: () => Promise<number>): Promise<ComparedClock> {
  try {
    return { other, skew: await ask(), reason: null };
  } catch (error) {
    return { other, skew: null, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** By how much each clock that answered differs, in milliseconds. */
export const answered = (clocks: readonly ComparedClock[]): number[] => clocks.flatMap(({ skew }) => (skew === null ? [] : [skew]));

type Watching = Pick<Portal, 'store' | 'settings' | 'secrets' | 'now' | 'log' | 'clockTrust'>;

/** Tells the log what differs by more than two seconds, and the helpdesk when codes of apps are refused for it. */
export async function watchClocks(portal: Watching): Promise<void> {
  const { store, log, clockTrust } = portal;
  const clocks = await compareClocks(portal);
  clockTrust.heard(answered(clocks));
  for (const { other, skew, reason } of clocks) {
    if (skew === null) log.warn({ other, reason }, 'A clock could not be compared with ours.');
    else if (Math.abs(skew) > mostSkew)
      log.error({ other, skew: Math.round(skew) }, 'The clock is wrong by more than two seconds: start time synchronisation (NTP).');
  }
  const { agreed } = clockTrust.state();
  if (agreed === null) return;
  log.error({ skew: Math.round(agreed) }, 'The clock is not trusted: codes of apps are refused, and no try is counted, until it is right.');
  const now = portal.now();
  await store.unit('alerts', (tx) => raiseAlert(portal, tx, now, 'clock', Math.round(agreed / 1000), now - agreed));
}

/** At the start, then every ten minutes; every minute while the clock is not trusted, and at once after a jump of it. @returns what stops it */
export function startClockWatch(portal: Watching): () => void {
  let comparedAt = Number.NEGATIVE_INFINITY;
  let lookedAt = portal.now();
  const pass = () => {
    comparedAt = portal.now();
    watchClocks(portal).catch((error: unknown) => portal.log.error({ err: error }, 'The clocks could not be compared; it will be tried again.'));
  };
  const first = setTimeout(pass, seconds(5));
  const looks = setInterval(() => {
    const at = portal.now();
    const jumped = Math.abs(at - lookedAt - look) > mostSkew;
    lookedAt = at;
    if (jumped || !portal.clockTrust.state().trusted || at - comparedAt > between - mostSkew) pass();
  }, look);
  first.unref();
  looks.unref();
  return () => {
    clearTimeout(first);
    clearInterval(looks);
  };
}
