// Leaves the front door (lib/requests/front-door.ts) for the process that serves, which Next loads apart from us: lib/cli/start-server.mjs.
import 'server-only';
import { seconds } from '#lib/duration';
import type { Portal } from '#lib/portal';
import { serving } from '#lib/requests/current-request';
import { frontDoor, type Handler } from '#lib/requests/front-door';
import { logWhatIsPrinted } from '#lib/requests/log';
import { type RouteManifest, routesOf } from '#lib/requests/rules';

const key = Symbol.for('account-portal-front-door');
type Holder = typeof globalThis & { [key]?: (manifest: RouteManifest, handle: Handler) => object };

/** @param stop ends what runs beside requests */
export function leaveFrontDoor(running: Portal, stop: () => Promise<void>): void {
  (globalThis as Holder)[key] = (manifest, handle) => {
    logWhatIsPrinted(running.log);
    running.metrics.watchProcess();
    return {
      listener: frontDoor(running, routesOf(manifest), handle),
      /** From now on /health says no; resolves when no more requests need be taken. */
      async drain() {
        serving().draining = true;
        running.log.info({ drain: running.settings.drain }, 'Told to stop.');
        await new Promise((resolve) => setTimeout(resolve, seconds(running.settings.drain)));
      },
      /** Nothing is asked any more: ends the rest. */
      async closed() {
        await stop();
        running.log.info({}, 'Stopped.');
        await running.close();
      },
    };
  };
}
