// Whether codes may leave at all at the moment, whoever they are for.
import { findCodeSending } from '#db/codes';
import type { Script, Tx } from '#db/unit';
import { hours } from '../duration.ts';
import type { Portal } from '../portal.ts';
import { type CodeOf, codesOf } from './rules.ts';

/**
 * Until when no code of a purpose leaves, because the whole institute has been sent as many as it may within an hour (SEC-20); null when they
 * do. Purposes are apart: whoever asks for resets, which anybody can, stops nobody who has given a right password.
 * @param now epoch milliseconds
 */
export function* codesPausedUntil({ settings }: Pick<Portal, 'settings'>, tx: Tx, purpose: CodeOf['purpose'], now: number): Script<number | null> {
  const at = yield* findCodeSending(tx, codesOf(purpose), now - hours(1), settings.alerts.codesPerHour);
  return at === null ? null : at + hours(1);
}

/** The same, for a page. */
export const codesPaused = (portal: Pick<Portal, 'settings' | 'store' | 'now'>, purpose: CodeOf['purpose']): Promise<number | null> =>
  portal.store.read((tx) => codesPausedUntil(portal, tx, purpose, portal.now()));
