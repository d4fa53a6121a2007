// Before a pass is tried: what a directory elsewhere says now of the roles of who gave it is remembered, for the unit to read (SEC-75).
import { listIssuers } from '#db/passes';
import type { Portal } from '../portal.ts';
import { isRoleUnknown, roleOf } from '../roles/facts.ts';

/** Of every pass that is good, whatever was typed: time must not tell a right one from a wrong one while tries have to wait. */
export async function hearOfIssuers(portal: Pick<Portal, 'store' | 'directory' | 'now'>, accountId: string): Promise<void> {
  for (const issuer of await portal.store.read((tx) => listIssuers(tx, accountId, portal.now()))) {
    try {
      await roleOf(portal, issuer);
    } catch (error) {
      if (!isRoleUnknown(error)) throw error;
      // While it does not answer, its last word counts: whoever gave the pass had the role by it then, at most a pass's short life ago. A refusal
      // would take the way back from everybody whom the helpdesk has helped, and call a good pass expired.
    }
  }
}
