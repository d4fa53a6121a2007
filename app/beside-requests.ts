// What runs in the portal's process while nobody asks for anything: mail delivery, and the purge of what is past its time.
import 'server-only';
import { startDelivery } from '#lib/mail/deliver-mail';
import { mendOlderNode } from '#lib/oidc/older-node';
import { mendsOf } from '#lib/operations/mends';
import { startPurge } from '#lib/operations/purge-expired';
import type { Portal } from '#lib/portal';
import { closeStreams } from './event-stream';
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
  const stopDelivery = startDelivery(running);
  // Next answers what is under way, then ends the process. The store stays open for that long.
  const stop = () => {
    closeStreams();
    stopPurge();
    stopDelivery().catch((error: unknown) => running.log.warn({ err: error }, 'Mail delivery did not stop by itself.'));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('exit', () => void running.close());
}
