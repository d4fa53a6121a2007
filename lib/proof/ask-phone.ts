// Asks the person's telephones to confirm a change of their account: a factor proven again, as on the sign-in page.
import { portalApplicationId } from '../applications/facts.ts';
import { type Asked, type AskProblem, askPhones, newRequest } from '../factors/phone/ask.ts';
import { notifyPhones } from '../factors/phone/notify.ts';
import type { Portal } from '../portal.ts';
import { done, type Result } from '../result.ts';
import type { Member } from '../visitor.ts';

/** The number is for the pages of this session alone (`requestOnScreen`). The limits are those of signing in. */
export async function askPhoneAgain(portal: Portal, member: Member, _input: object = {}): Promise<Result<void, AskProblem>> {
  const { accountId, visitor } = member;
  const application = { id: portalApplicationId, name: portal.settings.institute.product[visitor.language] };
  const now = portal.now();
  const made = newRequest();
  const asked = await portal.store.unit<Result<Asked, AskProblem>>(accountId, (tx) =>
    askPhones(portal, tx, now, member, application, accountId, made),
  );
  if (!asked.ok) return asked;
  const { request, phones } = asked.value;
  const { id, expiresAt } = request;
  void notifyPhones(portal, phones, { kind: 'req', id, accountId, uselessAt: expiresAt, language: visitor.language });
  return done(undefined);
}
