// Where the answers to our forms may lead: the origins of registered applications, for the Content-Security-Policy.
import { listApplications } from '#db/applications';
import { seconds } from '../duration.ts';
import type { Portal } from '../portal.ts';
import { applicationSchema } from '../settings.ts';
import { originsOf } from './response-headers.ts';

type Needs = Pick<Portal, 'store' | 'settings' | 'now'>;

/** How long an application just added by the CLI may have to wait for its sign-ins to be led back. */
const fresh = seconds(2);

/** @returns a reader of the origins, which asks the store every two seconds at most, and keeps its last answer when the store fails */
export function formTargetsOf({ store, settings, now }: Needs): () => Promise<readonly string[]> {
  const addresses = applicationSchema.pick({ redirectUris: true, postLogoutRedirectUris: true });
  const fixed = settings.applications.flatMap((a) => [...a.redirectUris, ...a.postLogoutRedirectUris]);
  let known = originsOf(fixed);
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;
  const read = async () => {
    const rows = await store.read(listApplications);
    const added = rows.flatMap(({ registration }) => {
      const { data } = addresses.safeParse({
        redirectUris: registration.redirectUris,
        postLogoutRedirectUris: registration.postLogoutRedirectUris ?? [],
      });
      return data ? [...data.redirectUris, ...data.postLogoutRedirectUris] : [];
    });
    known = originsOf([...fixed, ...added]);
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
