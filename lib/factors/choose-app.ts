// Chooses another authenticator app, and makes the secret that it will scan; or a telephone. Every factor in place goes on working (SEC-38).
import { factorName, phoneChoice } from '../enrolment/rules.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { RecentlyProven } from '../visitor.ts';
import { pairPhone } from './add-phone.ts';
import { chooseNewFactor, newFactor } from './totp/new-app.ts';

/** @param input `app`: a name of the settings' `authenticatorApps`, `other` or `phone` */
export async function chooseApp(
  portal: Portal,
  member: RecentlyProven,
  input: { readonly app: string },
): Promise<Result<void, 'choose-one' | 'expired-page'>> {
  if (input.app === phoneChoice) return pairPhone(portal, member);
  const now = portal.now();
  const name = factorName(portal.settings.authenticatorApps, input.app, member.visitor.language);
  if (name === null) return refused({ code: 'choose-one', field: 'app' });
  const made = newFactor(portal, 'totp');
  await portal.store.unit(member.accountId, (tx) => chooseNewFactor(portal, tx, now, member, made, name));
  return done(undefined);
}
