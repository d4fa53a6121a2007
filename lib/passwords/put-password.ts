// Puts a new password in place, inside the unit of work of whoever changes, resets or sets one.
import { setPasswordFrozen } from '#db/accounts';
import { deleteProofsOfKind } from '#db/proofs';
import type { Script, Tx } from '#db/unit';
import type { ReadyPassword } from '../directory/directory.ts';

/** A new password is nobody's to disown yet, and the old one proves nothing any more, in sign-ins under way neither. */
export function* putPassword(tx: Tx, accountId: string, password: ReadyPassword): Script<void> {
  yield* password.commit(tx);
  yield* setPasswordFrozen(tx, accountId, null);
  yield* deleteProofsOfKind(tx, accountId, 'password');
}
