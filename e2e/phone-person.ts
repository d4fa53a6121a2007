// What a person does at a computer who confirms on a telephone, in either language.
import { expect, type Page } from '@playwright/test';
import { scanQr } from './code-app.ts';
import type { Person } from './person.ts';
import { PhoneDevice } from './phone-services/phone-device.ts';

const said = {
  fr: {
    choice: /Une notification sur mon téléphone/,
    pairTitle: 'Reliez votre téléphone',
    finishTitle: 'Terminez sur votre téléphone',
    isItYours: 'Est-ce bien votre téléphone ?',
    yes: 'Oui, c’est mon téléphone',
    no: 'Ce n’est pas mon téléphone',
    confirmTitle: 'Confirmez sur votre téléphone',
    approved: 'Votre téléphone a confirmé',
    askAgain: 'Envoyer une autre demande',
    ask: 'Envoyer une demande à mon téléphone',
    refused: 'La demande a été refusée sur le téléphone',
    codeWay: 'Le code à 6 chiffres affiché par mon téléphone',
    left: /Encore \d+ secondes?/,
    waiting: 'En attente de votre réponse',
  },
  en: {
    choice: /A notification on my phone/,
    pairTitle: 'Link your phone',
    finishTitle: 'Finish on your phone',
    isItYours: 'Is this your phone?',
    yes: 'Yes, it is my phone',
    no: 'It is not my phone',
    confirmTitle: 'Confirm on your phone',
    approved: 'Your phone has confirmed',
    askAgain: 'Send another request',
    ask: 'Send a request to my phone',
    refused: 'The request was refused on the phone',
    codeWay: 'The 6-digit code shown by my phone',
    left: /\d+ seconds? left/,
    waiting: 'Waiting for your answer',
  },
} as const;
export const of = (person: Person) => said[person.language];

const ticketIn = (uri: string) => {
  const ticket = /\/authenticator#pair=([\w-]{32})$/.exec(uri)?.[1];
  if (!ticket) throw new Error(`The QR code says ${uri}.`);
  return ticket;
};
export const ticketOn = async (page: Page) => ticketIn(await scanQr(page));

/** On step install-app: chooses a telephone, and pairs the one that tests hold. */
export async function pairs(person: Person, looks: (state: string) => Promise<void> = async () => {}): Promise<PhoneDevice> {
  const { page } = person;
  await person.sees(person.words.installAppTitle);
  await person.hands.tick(page.getByRole('radio', { name: of(person).choice }));
  await person.press(person.words.continue);
  await person.sees(of(person).pairTitle);
  await looks('pair');
  const { phone, finish } = await PhoneDevice.claim(person.world.portal, { ticket: await ticketOn(page) });
  expect(phone.address).toBe(person.account.address);
  await person.sees(of(person).finishTitle);
  await looks('claimed');
  await finish();
  await person.sees(of(person).isItYours);
  await expect(page.getByRole('main').getByText('Pixel de test')).toBeVisible();
  await looks('confirm');
  await person.press(of(person).yes);
  return phone;
}

/** From the application to enrolled with a telephone, and back. */
export async function arrivesWithPhone(person: Person, application: string, looks?: (state: string) => Promise<void>): Promise<PhoneDevice> {
  await person.opens(application);
  await person.givesPassword();
  await person.givesEmailCode();
  await person.beginsEnrolment();
  const phone = await pairs(person, looks);
  await person.answersQuestions();
  await person.keepsRecoveryCodes();
  await person.goesOn();
  await person.agrees();
  await person.isSignedInTo(application);
  return phone;
}

/** Another day: the password, then the question to the telephone. */
export async function comesBack(person: Person, application: string) {
  await person.page.context().clearCookies();
  await person.opens(application);
  await person.givesPassword();
  await person.sees(of(person).confirmTitle);
}

export const numberOn = async (page: Page): Promise<number> => {
  const text = await page.getByRole('main').locator('strong').textContent();
  expect(text).toMatch(/^[1-9]\d$/);
  return Number(text);
};
