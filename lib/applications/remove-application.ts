// Forgets an application that was registered while the portal ran, and everything it was given.
import { deleteApplication, deleteTracesOfApplication } from '#db/applications';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Operator } from '../visitor.ts';

/** Its tokens and people's consents go with it: another application that takes the name later starts from nothing. */
export async function removeApplication(
  portal: Pick<Portal, 'store' | 'settings' | 'now'>,
  operator: Operator,
  id: string,
): Promise<Result<null, 'unknown-application' | 'application-in-settings'>> {
  if (portal.settings.applications.some((a) => a.id === id)) return refused({ code: 'application-in-settings', field: 'id' });
  const at = portal.now();
  const removed = await portal.store.unit(`application:${id}`, function* (tx) {
    if (!(yield* deleteApplication(tx, id))) return false;
    yield* deleteTracesOfApplication(tx, id);
    yield* recordEvent(tx, at, operator, { type: 'application-removed', data: { application: id } });
    return true;
  });
  return removed ? done(null) : refused({ code: 'unknown-application', field: 'id' });
}
