// Chooses an authenticator app, and makes the secret that it will scan; or chooses a telephone or a passkey. Nothing is enrolled by this.
import { keepPairing, newPairing } from '../factors/phone/pairing.ts';
import { chooseNewFactor, newFactor } from '../factors/totp/new-app.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { MemberFlow } from '../visitor.ts';
import { checkStep, notOpen } from './check-step.ts';
import { factorName, passkeyChoice, phoneChoice } from './rules.ts';

/** @param input `app`: a name of the settings' `authenticatorApps`, `other`, `phone` or `passkey` */
export async function installApp(
  portal: Portal,
  flow: MemberFlow,
  input: { readonly app: string },
): Promise<Result<void, 'choose-one' | 'expired-page'>> {
  const now = portal.now();
  const pairing = input.app === phoneChoice ? newPairing(portal, flow) : null;
  const kind = input.app === passkeyChoice ? 'passkey' : 'totp';
  // A passkey is named once its maker is known.
  const name = kind === 'passkey' ? passkeyChoice : factorName(portal.settings.authenticatorApps, input.app, flow.visitor.language);
  const made = newFactor(portal, kind);
  return portal.store.unit(flow.accountId, function* (tx) {
    if (!(yield* checkStep(portal, tx, flow, 'install-app', now))) return notOpen();
    if (pairing) {
      yield* keepPairing(tx, now, flow, pairing);
      return done(undefined);
    }
    if (name === null) return refused({ code: 'choose-one', field: 'app' });
    yield* chooseNewFactor(portal, tx, now, flow, made, name);
    return done(undefined);
  });
}
