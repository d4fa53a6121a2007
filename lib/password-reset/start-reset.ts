// Begins a password reset: a code goes to the address, if it is anybody's. Nothing in the answer or its time tells whether it is (decision 0020).
import { findAccountByAddress } from '#db/accounts';
import { findKnownBrowser } from '#db/known-browsers';
import { deletePasswordReset, insertPasswordReset } from '#db/password-resets';
import type { Script } from '#db/unit';
import { foldAddress } from '../accounts/rules.ts';
import { issueEmailCode, prepareEmailCode } from '../codes/issue-email-code.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Reset } from '../visitor.ts';
import { addressSeal } from './facts.ts';
import { standInOf } from './rules.ts';

export type StartResetProblem = 'empty' | 'address-format' | 'send-too-soon' | 'send-limit' | 'codes-paused' | 'reset-disabled';

export interface ResetBeginning {
  /** The reset that this browser leaves behind; null when there is none. */
  readonly before: string | null;
  /** The interaction to go back to; null when it was not begun from one. */
  readonly signIn: string | null;
}

/**
 * Open to everybody. The same is done for an address that nobody has, or whose account is disabled, under a stand-in's id: the same
 * statements, limits and rows, and a letter that is given up before it could leave (SEC-07, SEC-08).
 * @param reset new: a browser that starts anew goes by another cookie (SEC-69)
 */
export async function startReset(
  portal: Portal,
  reset: Reset,
  { before, signIn }: ResetBeginning,
  input: { readonly address: string },
): Promise<Result<void, StartResetProblem>> {
  const { store, secrets, settings } = portal;
  const now = portal.now();
  if (input.address.trim() === '') return refused({ code: 'empty', field: 'address' });
  const address = foldAddress(input.address);
  if (address === null) return refused({ code: 'address-format', field: 'address' });

  const mark = reset.visitor.browser;
  const { account, known } = await store.read(function* (tx) {
    const account = yield* findAccountByAddress(tx, address);
    const known = mark !== null && (yield* findKnownBrowser(tx, account?.id ?? '', mark)) !== null;
    return { account, known };
  });
  const standIn = standInOf(secrets.keyedHash('nobody', address));
  const active = account?.status === 'active' ? account : null;
  const accountId = active?.id ?? standIn;
  const browser = active && known ? mark : null;
  const reader = { id: accountId, address, language: active?.language ?? null, nobody: active === null };
  const prepared = prepareEmailCode(portal, reset, reader, 'reset-password', now, browser);
  const sealed = secrets.seal(addressSeal(reset.uid), address);

  return store.unit(accountId, function* (tx): Script<Result<void, StartResetProblem>> {
    const issued = yield* issueEmailCode(portal, tx, reset, prepared);
    if (!issued.ok) {
      const [{ code, retryAt }] = issued.problems;
      const field = 'address';
      return code === 'factor-disabled'
        ? refused({ code: 'reset-disabled', field })
        : refused({ code, field, ...(retryAt !== undefined && { retryAt }) });
    }
    if (before !== null) yield* deletePasswordReset(tx, before);
    const expiresAt = now + settings.policy.passwordReset.lifetime;
    yield* insertPasswordReset(tx, { id: reset.uid, accountId, address: sealed, browser, signIn, createdAt: now, expiresAt });
    return done(undefined);
  });
}
