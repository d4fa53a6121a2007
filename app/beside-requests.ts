// What runs in the portal's process while nobody asks for anything: mail delivery, the audit log's chain, the purge of what is past its time,
// the helpdesk's figures, watches over failures and clocks, and words for accounts that the search could not find yet.
import 'server-only';
import { startFigures } from '#lib/figures/count-figures';
import { startDelivery } from '#lib/mail/deliver-mail';
import { mendOlderNode } from '#lib/oidc/older-node';
import { startSealing } from '#lib/operations/audit-head';
import { startFillingTerms } from '#lib/operations/fill-terms';
import { mendsOf } from '#lib/operations/mends';
import { startPurge } from '#lib/operations/purge-expired';
import { startClockWatch } from '#lib/operations/watch-clock';
import { startWatch } from '#lib/operations/watch-failures';
import type { Portal } from '#lib/portal';
import { closeStreams } from './event-stream';
import { leaveFrontDoor } from './front-door';
import { portal } from './portal';

/** Opens the portal and starts its work; ends the process, with the reason, when the portal can't be opened. */
export async function runBesideRequests(): Promise<void> {
  mendOlderNode();
  let running: Portal;
  try {
    running = await portal();
  } catch (error) {
    const mends = mendsOf(error, null);
    process.stderr.write(`${mends ? mends.join('\n') : error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  }
  const stopPurge = startPurge(running);
  const stopFilling = startFillingTerms(running);
  const stopFigures = startFigures(running);
  const stopDelivery = startDelivery(running);
  const stopWatch = startWatch(running);
  const stopSealing = startSealing(running);
  const stopClockWatch = startClockWatch(running);
  // What is under way is answered (lib/cli/start-server.mjs), then the process ends. The store stays open for that long.
  let stopped: Promise<void> | undefined;
  const stop = () => {
    closeStreams();
    stopPurge();
    stopClockWatch();
    stopFigures();
    stopWatch();
    stopFilling();
    stopped ??= Promise.all([stopSealing(), stopDelivery()]).then(
      () => {},
      (error: unknown) => running.log.warn({ err: error }, 'What runs beside requests did not stop by itself.'),
    );
    return stopped;
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop);
  process.once('exit', () => void running.close());
  leaveFrontDoor(running, stop);
}
