// Where the answers to our forms may lead: the origins of registered applications, for the Content-Security-Policy.
import { listRegisteredApplications } from '../applications/facts.ts';
import { seconds } from '../duration.ts';
import type { Portal } from '../portal.ts';
import type { Application } from '../settings.ts';
import { originsOf } from './response-headers.ts';

type Needs = Pick<Portal, 'store' | 'settings' | 'secrets' | 'now'>;

/** How long an application just added by the CLI may have to wait for its sign-ins to be led back. */
const fresh = seconds(2);

const targetsOf = (applications: readonly Application[]) => originsOf(applications.flatMap((a) => [...a.redirectUris, ...a.postLogoutRedirectUris]));

/** @returns a reader of the origins, which asks the store every two seconds at most, and keeps its last answer when the store fails */
export function formTargetsOf(portal: Needs): () => Promise<readonly string[]> {
  const { settings, now } = portal;
  let known = targetsOf(settings.applications);
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;
  const read = async () => {
    known = targetsOf(await listRegisteredApplications(portal));
  };
  return async () => {
    if (now() - readAt > fresh) {
      readAt = now();
      reading = read().catch(() => {});
    }
    await reading;
    return known;
  };
}
