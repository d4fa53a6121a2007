'use server';
import { giveConsent } from '#lib/consent/give-consent';
import { refuseConsent } from '#lib/consent/refuse-consent';
import { formOf, refuseForeignRequest } from '../../form-action';
import { consentPlace, leave } from '../../interaction';

/** The scopes come from the interaction, never from the form. */
export async function answerConsent(uid: string, data: FormData): Promise<void> {
  await refuseForeignRequest();
  const { portal, flow, details } = await consentPlace(uid);
  if (formOf(data).get('answer') === 'allow') {
    await giveConsent(portal, flow, details.scopes);
    await leave(portal, flow, { consent: {} });
  }
  await refuseConsent(portal, flow);
  await leave(portal, flow, { error: 'access_denied', error_description: 'The person refused to share information.' });
}
