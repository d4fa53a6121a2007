// Chooses an authenticator app, and makes the secret that it will scan; or chooses a passkey. Nothing is enrolled by this.
import { findPendingFactor, setPendingFactor, setPendingFactorName } from '#db/pending-factors';
import { recordEvent } from '../audit/record-event.ts';
import { newTotpSecret } from '../factors/totp/rules.ts';
import { newId } from '../ids.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { MemberFlow } from '../visitor.ts';
import { checkStep, notOpen } from './check-step.ts';
import { factorName, passkeyChoice } from './rules.ts';

/** @param input `app`: a name of the settings' `authenticatorApps`, `other`, or `passkey` */
export async function installApp(
  portal: Portal,
  flow: MemberFlow,
  input: { readonly app: string },
): Promise<Result<void, 'choose-one' | 'expired-page'>> {
  const { store, secrets, settings } = portal;
  const { accountId } = flow;
  const now = portal.now();
  const kind = input.app === passkeyChoice ? 'passkey' : 'totp';
  // A passkey is named once its maker is known.
  const name = kind === 'passkey' ? passkeyChoice : factorName(settings.authenticatorApps, input.app, flow.visitor.language);
  const id = newId();
  // The passkey's own secret never leaves its authenticator.
  const secret = secrets.seal(`factors:${id}`, kind === 'passkey' ? '' : newTotpSecret(settings.policy.totp));

  return store.unit(accountId, function* (tx) {
    if (!(yield* checkStep(portal, tx, flow, 'install-app', now))) return notOpen();
    if (name === null) return refused({ code: 'choose-one', field: 'app' });
    const pending = yield* findPendingFactor(tx, accountId);
    // A secret that may be in the app already stays as it is: another choice only names it.
    if (pending?.kind === kind && pending.expiresAt > now) yield* setPendingFactorName(tx, accountId, name);
    else
      yield* setPendingFactor(tx, {
        accountId,
        id,
        kind,
        name,
        secret,
        createdAt: now,
        expiresAt: now + settings.policy.totp.pendingLifetime,
      });
    yield* recordEvent(tx, now, flow, { type: 'app-chosen', accountId, data: { app: name } });
    return done(undefined);
  });
}
