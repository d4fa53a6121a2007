// Registers an application while the portal runs.
import { insertApplication } from '#db/applications';
import { isDuplicate } from '#db/store';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Application } from '../settings.ts';
import type { Operator } from '../visitor.ts';
import { applicationSeal, portalApplicationId } from './facts.ts';

/** @param application parsed by `applicationSchema`; its secret is sealed and can't be read again */
export async function addApplication(
  portal: Pick<Portal, 'store' | 'settings' | 'secrets' | 'now'>,
  operator: Operator,
  application: Application,
): Promise<Result<null, 'application-taken'>> {
  const { store, settings, secrets } = portal;
  const { id, name, secret, ...registration } = application;
  if (id === portalApplicationId || settings.applications.some((a) => a.id === id)) return refused({ code: 'application-taken', field: 'id' });
  const sealed = secret === undefined ? null : secrets.seal(applicationSeal(id), secret);
  const at = portal.now();
  try {
    await store.unit(`application:${id}`, function* (tx) {
      yield* insertApplication(tx, { id, name, registration, secret: sealed, createdAt: at });
      yield* recordEvent(tx, at, operator, { type: 'application-added', data: { application: id } });
    });
  } catch (error) {
    if (isDuplicate(error)) return refused({ code: 'application-taken', field: 'id' });
    throw error;
  }
  return done(null);
}
