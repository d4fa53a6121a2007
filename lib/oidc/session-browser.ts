// Notes which browser stands behind a session of the provider, so that its owner recognises it (SEC-64).
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { findSessionBrowser, setSessionBrowser } from '#db/session-browsers';
import { minutes } from '../duration.ts';
import type { Portal } from '../portal.ts';
import { digest } from '../secrets.ts';
import { truncatedNetwork } from '../sessions/network.ts';

/** How exactly the last use is known: each request would be a write otherwise. */
const seenEvery = minutes(1);

interface Origin {
  readonly userAgent: string | null;
  readonly network: string | null;
}

/** Of the process, not of this module: a bundle of Next's may have built the provider that another one asks. */
const key: unique symbol = Symbol.for('account-portal.request-origin');
type Marked = { [key]?: Origin };

/** Hands a browser's traits on to the provider, which must not see the headers that tell them (SEC-71). @param req as the provider sees it */
export function markOrigin(req: object, { headers }: Request, { settings }: Pick<Portal, 'settings'>): void {
  (req as Marked)[key] = {
    userAgent: headers.get('user-agent')?.slice(0, 200) ?? null,
    network: truncatedNetwork(headers.get('x-forwarded-for'), settings.proxies),
  };
}

/** Looks at every request to the provider, once it is answered. */
export function noteBrowsers(provider: Provider, portal: Portal): void {
  provider.use(async (context, next) => {
    await next();
    const { oidc, req } = context as KoaContextWithOIDC;
    const session = oidc?.session as (KoaContextWithOIDC['oidc']['session'] & { destroyed?: boolean }) | undefined;
    const origin = (req as Marked)[key];
    if (!session?.accountId || session.destroyed || !origin) return;
    try {
      await noteBrowser(portal, session.uid, session.accountId, origin);
    } catch (error) {
      // A line in a list is not worth a sign-in.
      portal.log.warn({ err: error }, 'The browser of a session was not noted.');
    }
  });
}

async function noteBrowser({ store, now }: Portal, uid: string, accountId: string, origin: Origin): Promise<void> {
  const id = digest(uid);
  const at = now();
  const row = await store.read((tx) => findSessionBrowser(tx, id));
  const same = row?.accountId === accountId && row.userAgent === origin.userAgent && row.network === origin.network;
  if (row && same && at - row.seenAt < seenEvery) return;
  await store.unit(accountId, (tx) => setSessionBrowser(tx, { id, accountId, ...origin, createdAt: at, seenAt: at }));
}
