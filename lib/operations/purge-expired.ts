// Deletes what is past its time, in small batches, and says so in the audit log. Lengths: the sentences of db/schema.ts (SEC-113).
import { insertEvent } from '#db/events';
import { type Cutoffs, purges } from '#db/expiry';
import { purgeEvents } from '../audit/purge-events.ts';
import { sealEvents } from '../audit/seal-events.ts';
import { days, hours, minutes } from '../duration.ts';
import { newId } from '../ids.ts';
import type { Portal } from '../portal.ts';

/** Rows per unit of work: some milliseconds of the write lock. */
const batch = 200;
/** Batches per table and pass; what is left waits for the next one. */
const most = 500;

type Needs = Pick<Portal, 'store' | 'secrets' | 'now' | 'settings' | 'log'>;
export type Purged = Readonly<Record<keyof typeof purges | 'events', number>>;

/** @param by who asks, for the audit log. @returns how many rows of each table were deleted. Safe to run at any time, on several nodes at once. */
export async function purgeExpired(portal: Needs, by = 'purge'): Promise<Purged> {
  const { store, now, settings } = portal;
  const at = now();
  const { policy } = settings;
  const cutoffs: Cutoffs = {
    now: at,
    codes: at - days(1),
    proofs: at - days(1),
    attempts: at - days(30),
    browsers: at - days(365),
    idleSessions: at - policy.session.idle,
    letters: at - days(7),
    phoneRequests: at - days(7),
    verifications: at - days(1),
    // An ID token signed with it may come back as a hint for as long as a session lasts.
    signingKeys: at - policy.session.overall - hours(1),
    events: at - policy.keepEvents,
  };
  const purged = Object.fromEntries([...Object.keys(purges), 'events'].map((table) => [table, 0])) as Record<keyof Purged, number>;
  for (const table of Object.keys(purges) as (keyof typeof purges)[]) {
    for (let round = 0; round < most; round++) {
      const gone = await store.unit('purge', (tx) => purges[table](tx, cutoffs, batch));
      purged[table] += gone;
      if (gone < batch) break;
    }
  }
  // Events leave the chain from its beginning, and the rest of it begins with what is told here: nothing is purged that has no place in it.
  await sealEvents(portal, most);
  const { count, from, through, lastHash, stoppedAt } = await purgeEvents(portal, cutoffs.events, batch, most);
  purged.events = count;
  if (stoppedAt !== null)
    portal.log.error(
      { seq: stoppedAt },
      'An event of the audit log is not as it was sealed, and is not purged: run `npm run portal -- audit verify`.',
    );
  const counts = Object.fromEntries(Object.entries(purged).filter(([, rows]) => rows > 0));
  if (Object.keys(counts).length) {
    const data = count ? { ...counts, eventsFrom: from, eventsThrough: through, lastHash } : counts;
    const event = { id: newId(), at, type: 'purged', accountId: null, actor: by, flow: null, network: null, browser: null, data };
    await store.unit('purge', (tx) => insertEvent(tx, event));
  }
  return purged;
}

/** Purges a minute after the start, then every hour. @returns what stops it */
export function startPurge(portal: Needs): () => void {
  const pass = () => {
    purgeExpired(portal).catch((error: unknown) => portal.log.error({ err: error }, 'The purge failed; the next one is in an hour.'));
  };
  const first = setTimeout(pass, minutes(1));
  const every = setInterval(pass, hours(1));
  first.unref();
  every.unref();
  return () => {
    clearTimeout(first);
    clearInterval(every);
  };
}
