// Which applications may send people here: those of the settings file, those registered since, and the portal itself.
import { type ApplicationRow, findApplicationRow, listApplications } from '#db/applications';
import type { Portal } from '../portal.ts';
import { type Application, applicationSchema } from '../settings.ts';
import type { Destination } from '../visitor.ts';

type Needs = Pick<Portal, 'store' | 'settings' | 'secrets'>;

/** The portal's own `client_id`: it is a client of its own provider. */
export const portalApplicationId = 'portal';

/** What an application's sealed secret is bound to. */
export const applicationSeal = (id: string) => `applications:${id}`;

/** Secret 256 bits, made from the key ring: it is written nowhere. */
export function portalApplication({ settings, secrets }: Pick<Portal, 'settings' | 'secrets'>): Application {
  const [secret = ''] = secrets.derived('portal-client');
  return {
    id: portalApplicationId,
    name: settings.institute.product.fr,
    host: new URL(settings.origin).host,
    home: `${settings.origin}/account`,
    redirectUris: [`${settings.origin}/api/auth/callback/${portalApplicationId}`],
    postLogoutRedirectUris: [`${settings.origin}/signed-out`],
    backchannelLogoutUri: `${settings.internalOrigin}/api/backchannel-logout`,
    secret,
    scopes: ['openid', 'profile', 'email'],
    requiresMfa: true,
  };
}

/** The settings file comes first: an application there can't be replaced by a row. */
export async function findApplication(portal: Needs, id: string): Promise<Application | null> {
  // Whatever a request may hold: only what an application can be called reaches the store.
  if (!applicationSchema.shape.id.safeParse(id).success) return null;
  if (id === portalApplicationId) return portalApplication(portal);
  const chosen = portal.settings.applications.find((a) => a.id === id);
  if (chosen) return chosen;
  const row = await portal.store.read((tx) => findApplicationRow(tx, id));
  return row && applicationOf(portal, row);
}

/** All but the portal itself. */
export async function listRegisteredApplications(portal: Needs): Promise<Application[]> {
  const { settings, store } = portal;
  const rows = await store.read((tx) => listApplications(tx));
  const added = rows.filter((row) => !settings.applications.some((a) => a.id === row.id));
  return [...settings.applications, ...added.map((row) => applicationOf(portal, row))];
}

function applicationOf({ secrets }: Needs, row: ApplicationRow): Application {
  const secret = row.secret && secrets.open(applicationSeal(row.id), row.secret).toString();
  return applicationSchema.parse({ ...row.registration, id: row.id, name: row.name, ...(secret && { secret }) });
}

/** Where « back to the application » leads; null when it didn't say. */
export const homeOf = (application: Application): string | null => application.home ?? null;

export const destinationOf = (application: Application): Destination => ({
  id: application.id,
  name: application.name,
  host: application.host ?? new URL(application.redirectUris[0] ?? 'about:blank').host,
});
