// Chooses another authenticator app, and makes the secret that it will scan. Every factor in place goes on working (SEC-38).
import { findPendingFactor, setPendingFactor, setPendingFactorName } from '#db/pending-factors';
import { recordEvent } from '../audit/record-event.ts';
import { factorName } from '../enrolment/rules.ts';
import { newId } from '../ids.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { RecentlyProven } from '../visitor.ts';
import { newTotpSecret } from './totp/rules.ts';

/** @param input `app`: a name of the settings' `authenticatorApps`, or `other` */
export async function chooseApp(portal: Portal, member: RecentlyProven, input: { readonly app: string }): Promise<Result<void, 'choose-one'>> {
  const { store, secrets, settings } = portal;
  const { accountId } = member;
  const now = portal.now();
  const name = factorName(settings.authenticatorApps, input.app, member.visitor.language);
  if (name === null) return refused({ code: 'choose-one', field: 'app' });
  const id = newId();
  const secret = secrets.seal(`factors:${id}`, newTotpSecret(settings.policy.totp));
  return store.unit(accountId, function* (tx) {
    const pending = yield* findPendingFactor(tx, accountId);
    // A secret that may be in the app already stays as it is: another choice only names it.
    if (pending?.kind === 'totp' && pending.expiresAt > now) yield* setPendingFactorName(tx, accountId, name);
    else {
      const expiresAt = now + settings.policy.totp.pendingLifetime;
      yield* setPendingFactor(tx, { accountId, id, kind: 'totp', name, secret, createdAt: now, expiresAt });
    }
    yield* recordEvent(tx, now, member, { type: 'app-chosen', accountId, data: { app: name } });
    return done(undefined);
  });
}
