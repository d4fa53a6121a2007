// Closes the accounts of whom the directory elsewhere no longer has. Asked by a schedule, not by people.
import { listAccountRows, setAccountStatusRow } from '#db/accounts';
import { recordEvent } from '../audit/record-event.ts';
import { announceSignOut } from '../oidc/announce-sign-out.ts';
import type { Portal } from '../portal.ts';
import type { Operator } from '../visitor.ts';
import { giveUp } from './give-up.ts';

export interface Leavers {
  /** `elsewhere`: the accounts are the directory. `too-many`: nothing was changed. */
  readonly outcome: 'frozen' | 'looked' | 'too-many' | 'elsewhere';
  /** Active accounts that were looked for. */
  readonly checked: number;
  /** Addresses, in their order. */
  readonly leavers: readonly string[];
}

const pageSize = 500;
const atOnce = 8;

/**
 * Looks for everybody before it changes anything: a directory that does not answer throws DirectoryUnavailable, and nobody is frozen. Nor is
 * anybody when more than `atMost` seem to have left: that is more often a wrong base or filter than a wave of departures. Opens no account
 * again: an operator may have closed it for other reasons.
 */
export async function freezeLeavers(
  portal: Portal,
  operator: Operator,
  { atMost, readOnly }: { readonly atMost: number; readonly readOnly: boolean },
): Promise<Leavers> {
  const { stillThere } = portal.directory;
  if (stillThere === null) return { outcome: 'elsewhere', checked: 0, leavers: [] };
  const left: { readonly id: string; readonly address: string }[] = [];
  let checked = 0;
  for (let after: string | undefined; ; ) {
    const page = await portal.store.read((tx) => listAccountRows(tx, pageSize, after));
    // Those that the helpdesk has frozen too: it must not open a leaver's again.
    const active = page.filter(({ status }) => status !== 'disabled');
    for (let i = 0; i < active.length; i += atOnce) {
      const some = active.slice(i, i + atOnce);
      const there = await Promise.all(some.map((account) => stillThere(account)));
      left.push(...some.filter((_, j) => there[j] === false));
    }
    checked += active.length;
    after = page.at(-1)?.address;
    if (page.length < pageSize) break;
  }
  const leavers = left.map(({ address }) => address);
  if (readOnly) return { outcome: 'looked', checked, leavers };
  if (leavers.length > atMost) return { outcome: 'too-many', checked, leavers };
  const now = portal.now();
  for (const { id } of left) {
    const ended = await portal.store.unit(id, function* (tx) {
      const changed = (yield* setAccountStatusRow(tx, id, 'active', 'disabled')) || (yield* setAccountStatusRow(tx, id, 'frozen', 'disabled'));
      if (!changed) return [];
      yield* recordEvent(tx, now, operator, { type: 'account-disabled', accountId: id, data: { because: 'left-directory' } });
      return yield* giveUp(portal, tx, now, operator, id);
    });
    if (ended.length > 0) await announceSignOut(portal, ended);
  }
  return { outcome: 'frozen', checked, leavers };
}
