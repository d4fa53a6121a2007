// Asks the person's telephones whether it is they who sign in here.
import { type Asked, type AskProblem, askPhones, newRequest } from '../factors/phone/ask.ts';
import { notifyPhones } from '../factors/phone/notify.ts';
import type { Portal } from '../portal.ts';
import { done, type Result } from '../result.ts';
import type { Flow } from '../visitor.ts';
import { inOpenStep } from './open-step.ts';

/** The number is for the page of this flow alone (`requestOnScreen`). Telephones are woken up meanwhile: nobody waits for a push service. */
export async function askPhone(portal: Portal, flow: Flow, _input: object = {}): Promise<Result<void, AskProblem | 'expired-page'>> {
  const made = newRequest();
  const asked = await inOpenStep<Asked, AskProblem>(portal, flow, 'second-factor', 'ask-phone', (tx, { accountId }, now) =>
    askPhones(portal, tx, now, flow, flow.application, accountId, made),
  );
  if (!asked.ok) return asked;
  const { request, phones } = asked.value;
  const { id, accountId, expiresAt } = request;
  void notifyPhones(portal, phones, { kind: 'req', id, accountId, uselessAt: expiresAt, language: flow.visitor.language });
  return done(undefined);
}
