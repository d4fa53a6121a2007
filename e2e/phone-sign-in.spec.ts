// A telephone that confirms, seen from the computer: paired in the wizard and in the account, asked at each sign-in, answered in all the ways
// that there are. The telephone is one that tests hold, and once the real app in a second browser.
import type { Browser } from '@playwright/test';
import { scanQr } from './code-app.ts';
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts';
import type { Person } from './person.ts';
import { arrivesWithPhone, comesBack, numberOn, of, pairs, ticketOn } from './phone-person.ts';
import { PhoneDevice } from './phone-services/phone-device.ts';

const otherThan = (number: number) => (number === 99 ? 98 : number + 1);
const stranger = async (person: Person, browser: Browser) => person.at(await (await browser.newContext({ locale: 'fr-FR' })).newPage());

for (const { name, use } of [
  { name: 'on a computer', use: {} },
  { name: 'without JavaScript', use: { javaScriptEnabled: false } },
  { name: 'on a small screen, 390 px wide', use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
  { name: 'in English', use: { locale: 'en-GB' } },
  { name: 'in the dark', use: { colorScheme: 'dark' as const } },
  { name: 'with the keyboard alone', use: { handsOf: 'keyboard' as const } },
]) {
  test.describe(`a telephone confirms, ${name}`, () => {
    test.use(use);

    test('paired in the wizard, then asked every day: a number here, typed there', async ({ person, javaScriptEnabled }, { project }) => {
      const { page } = person;
      const looks = async (state: string) => {
        if (javaScriptEnabled !== false) await expectAccessible(page);
        await expectNoSidewaysScroll(page);
        await page.screenshot({ path: `${project.outputDir}/phone-${state}-${name.replace(/\W+/g, '-')}.png`, fullPage: true });
      };
      const phone = await arrivesWithPhone(person, 'insermbiblio', looks);
      expect(await person.toldClaim('amr')).toEqual(expect.arrayContaining(['pwd', 'swk', 'pin', 'mfa']));

      await comesBack(person, 'insermbiblio');
      await expect(page.getByText(of(person).waiting)).toBeVisible();
      if (javaScriptEnabled !== false) await expect(page.locator('#left')).toHaveText(of(person).left);
      await looks('number');
      const request = await phone.request();
      expect(request.application).toBe('InsermBiblio');
      expect(await phone.accepts(await numberOn(page))).toBe('approved');
      if (javaScriptEnabled === false) {
        // The page reloads by itself; to go on is a button.
        await person.sees(of(person).approved);
        await looks('approved');
        await person.press(person.words.continue);
      }
      await person.isSignedInTo('insermbiblio');
      expect(await person.toldClaim('acr')).toBe('https://refeds.org/profile/mfa');
      expect(await person.toldClaim('amr')).toEqual(expect.arrayContaining(['pwd', 'swk', 'pin', 'mfa']));

      await comesBack(person, 'insermbiblio');
      expect(await phone.says('deny')).toBe('denied');
      await expect(page.getByText(of(person).refused)).toBeVisible();
      await looks('denied');
      await person.press(of(person).askAgain);
      await expect(page.getByText(of(person).waiting)).toBeVisible();
      expect(await phone.accepts(await numberOn(page))).toBe('approved');
      if (javaScriptEnabled === false) {
        await person.sees(of(person).approved);
        await person.press(person.words.continue);
      }
      await person.isSignedInTo('insermbiblio');
    });
  });
}

test('one scan, two ways: without network the telephone’s code does; the request is withdrawn', async ({ person }) => {
  const phone = await arrivesWithPhone(person, 'cloud');
  await comesBack(person, 'cloud');
  await person.hands.press(person.way(person.words.otherWay));
  await person.hands.press(person.way(of(person).codeWay));
  person.secret = phone.secret;
  await person.givesAppCode();
  await person.isSignedInTo('cloud');
  expect(await phone.requests()).toEqual([]);
});

test('a wrong number is told on the telephone; two deny, and the computer says so', async ({ person }) => {
  const phone = await arrivesWithPhone(person, 'cloud');
  await comesBack(person, 'cloud');
  const number = await numberOn(person.page);
  expect(await phone.accepts(otherThan(number))).toBe('wrong-number');
  await expect(person.page.getByText(of(person).waiting)).toBeVisible();
  expect(await phone.accepts(otherThan(number))).toBe('wrong-number');
  await expect(person.page.getByText('le nombre saisi n’était pas celui-ci')).toBeVisible();
  await expectAccessible(person.page);
});

test('a second sign-in takes the question over, and the first is told why', async ({ person, browser }) => {
  const phone = await arrivesWithPhone(person, 'cloud');
  await comesBack(person, 'cloud');
  const other = await stranger(person, browser);
  await comesBack(other, 'cloud');
  await expect(person.page.getByText('Une demande plus récente a remplacé celle-ci')).toBeVisible();
  await expectAccessible(person.page);
  expect(await phone.requests()).toHaveLength(1);
  expect(await phone.accepts(await numberOn(other.page))).toBe('approved');
  await other.isSignedInTo('cloud');
});

test('« Ce n’est pas moi »: the attempt is stopped, and no telephone is asked any more until another way was proven', async ({ person, browser }) => {
  const phone = await arrivesWithPhone(person, 'cloud');
  const other = await stranger(person, browser);
  await comesBack(other, 'cloud');
  expect(await phone.says('report')).toBe('reported');
  await expect(other.page.getByText('Cette connexion a été arrêtée depuis votre téléphone')).toBeVisible();
  await other.sees(other.words.signInTitle);
  await expectAccessible(other.page);

  await other.givesPassword();
  await expect(other.page.getByText('Les demandes au téléphone sont suspendues')).toBeVisible();
  await expect(other.button(of(other).ask)).toHaveCount(0);
  await expect(other.button(of(other).askAgain)).toHaveCount(0);
  await expectAccessible(other.page);
});

test('fatigue: three refusals, and the telephone rings no more; another way goes on', async ({ person }) => {
  const phone = await arrivesWithPhone(person, 'cloud');
  await comesBack(person, 'cloud');
  expect(await phone.says('deny')).toBe('denied');
  for (let times = 0; times < 2; times++) {
    await person.press(of(person).askAgain);
    await expect(person.page.getByText(of(person).waiting)).toBeVisible();
    expect(await phone.says('deny')).toBe('denied');
    await expect(person.page.getByText(of(person).refused)).toBeVisible();
  }
  await person.press(of(person).askAgain);
  await expect(person.page.getByText('Les demandes au téléphone sont suspendues').first()).toBeVisible();
  expect(await phone.requests()).toEqual([]);
  await expectAccessible(person.page);
  await person.hands.press(person.way(person.words.otherWay));
  await person.hands.press(person.way('Un code de secours'));
  await person.hands.type(person.field('Code de secours'), person.recoveryCodes[0] ?? '');
  await person.press(person.words.continue);
  await person.isSignedInTo('cloud');
});

test('nobody answers: the request expires, and the page says so with the other ways at hand', async ({ person }) => {
  test.slow();
  await arrivesWithPhone(person, 'cloud');
  await comesBack(person, 'cloud');
  await expect(person.page.getByText('La demande a expiré sans réponse')).toBeVisible({ timeout: 75_000 });
  await expect(person.button(of(person).askAgain)).toBeVisible();
  await expect(person.way(person.words.otherWay)).toBeVisible();
  await expectAccessible(person.page);
});

test('the answer is told to the browser that asked, and to no other', async ({ person, browser, request }) => {
  const phone = await arrivesWithPhone(person, 'cloud');
  await comesBack(person, 'cloud');
  const state = `${person.page.url()}/state`;
  expect(((await (await person.page.request.get(state)).json()) as { state: string }).state).toMatch(/:pending$/);
  const elsewhere = await (await browser.newContext()).request.get(state, { maxRedirects: 0 });
  expect(elsewhere.status()).toBe(307);
  expect((await request.get(state, { maxRedirects: 0 })).status()).toBe(307);
  expect(await phone.accepts(await numberOn(person.page))).toBe('approved');
  await person.isSignedInTo('cloud');
});

test.describe('a filter that knows of no streams', () => {
  test.use({ tolerated: [/status of 502/] });

  test('where no stream comes through, the page asks every two seconds', async ({ person }) => {
    const phone = await arrivesWithPhone(person, 'cloud');
    // As by a filter that knows of no such content.
    await person.page.route('**/second-factor/phone/state', (route) =>
      route.request().headers().accept?.includes('event-stream') ? route.fulfill({ status: 502 }) : route.continue(),
    );
    await comesBack(person, 'cloud');
    expect(await phone.accepts(await numberOn(person.page))).toBe('approved');
    await person.isSignedInTo('cloud');
  });
});

test('of a QR code that somebody else photographed comes a name that its owner does not know: refused, another is shown', async ({ person }) => {
  await person.opens('cloud');
  await person.givesPassword();
  await person.givesEmailCode();
  await person.beginsEnrolment();
  await person.hands.tick(person.page.getByRole('radio', { name: of(person).choice }));
  await person.press(person.words.continue);
  const { finish } = await PhoneDevice.claim(person.world.portal, { ticket: await ticketOn(person.page) });
  await finish('Téléphone du voisin');
  await expect(person.page.getByText('Téléphone du voisin')).toBeVisible();
  await person.press(of(person).no);
  await pairs(person);
  await person.sees(person.words.questionsTitle);
});

test('the account: a telephone is added by the code to type, stands in the list, confirms a change, and takes the old one’s place', async ({
  person,
}, { project }) => {
  const { page, world } = person;
  await person.arrives('cloud');
  await page.goto(`${world.portal}/account/factors`);
  await person.hands.press(person.way('Ajouter un moyen'));
  await person.hands.tick(page.getByRole('radio', { name: of(person).choice }));
  await person.press(person.words.continue);
  await person.sees(of(person).pairTitle);
  const code = ((await page.locator('code').textContent()) ?? '').replace(/\s/g, '');
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
  const { phone, finish } = await PhoneDevice.claim(world.portal, { code });
  await finish('Pixel de Claire');
  await person.sees(of(person).isItYours);
  await expectAccessible(page);
  await person.press(of(person).yes);
  await expect(page.getByText('Votre nouveau moyen de connexion est en place')).toBeVisible();
  await expect(page.getByText('Téléphone, déverrouillé par code PIN')).toBeVisible();
  await expect(page.getByText('Sans notifications')).toBeVisible();
  await expect(page.getByText(/^Dernier contact/)).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: `${project.outputDir}/phone-list.png`, fullPage: true });

  await page.goto(`${world.portal}/account/confirm?returnTo=/account/factors&way=phone`);
  await person.sees(of(person).confirmTitle);
  await person.press(of(person).ask);
  await expect(page.getByText(of(person).waiting)).toBeVisible();
  expect((await phone.request()).application).toBe('Mon compte');
  await expectAccessible(page);
  await page.screenshot({ path: `${project.outputDir}/phone-account-confirm.png`, fullPage: true });
  expect(await phone.accepts(await numberOn(page))).toBe('approved');
  await page.waitForURL(`${world.portal}/account/factors`);

  // Its storage was erased: paired again, it takes its own place.
  await page.goto(`${world.portal}/account/factors/add`);
  await person.hands.tick(page.getByRole('radio', { name: of(person).choice }));
  await person.press(person.words.continue);
  await person.sees(of(person).pairTitle);
  const again = await PhoneDevice.claim(world.portal, { code: ((await page.locator('code').textContent()) ?? '').replace(/\s/g, '') });
  // The one before has just called: it lives, so that nothing is ticked for its owner.
  await phone.requests();
  await again.finish('Pixel de Claire, de nouveau');
  await person.sees(of(person).isItYours);
  const question = page.getByRole('group', { name: 'Ce téléphone remplace-t-il un des vôtres ?' });
  await expect(question.getByRole('radio')).toHaveCount(2);
  await expect(question.getByRole('radio', { checked: true })).toHaveCount(0);
  await person.press(of(person).yes);
  await expect(page.getByRole('link', { name: 'Choisissez une réponse.' })).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: `${project.outputDir}/phone-replaces.png`, fullPage: true });
  await person.hands.tick(question.getByRole('radio', { name: 'Oui, il remplace « Pixel de Claire »' }));
  await person.press(of(person).yes);
  await expect(page.getByText('Votre nouveau téléphone a remplacé l’ancien')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Retirer Pixel de Claire, de nouveau' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Retirer Pixel de Claire', exact: true })).toHaveCount(0);

  await person.hands.press(person.way('Changer de téléphone'));
  await person.sees('Quel téléphone remplacez-vous ?');
  await person.hands.press(person.way('Google Authenticator'));
  // The new one was just added: what is left is to remove the old one.
  await person.sees(/Retirer « Google Authenticator »/);
});

test('the real app in a second browser: paired, asked, answered', async ({ person, browser }) => {
  const phonePage = await (
    await browser.newContext({ locale: 'fr-FR', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  ).newPage();
  const onPhone = phonePage.getByRole('main');
  const { page } = person;
  await person.opens('cloud');
  await person.givesPassword();
  await person.givesEmailCode();
  await person.beginsEnrolment();
  await person.hands.tick(page.getByRole('radio', { name: of(person).choice }));
  await person.press(person.words.continue);
  await phonePage.goto(await scanQr(page));
  await expect(onPhone.getByText(person.account.address)).toBeVisible();
  await onPhone.getByRole('button', { name: 'Oui, c’est mon compte' }).click();
  await onPhone.getByLabel('Choisissez un code PIN', { exact: true }).fill('482915');
  await onPhone.getByRole('button', { name: 'Continuer', exact: true }).click();
  await onPhone.getByRole('button', { name: /Continuer sans notifications/ }).click();
  await person.sees(of(person).isItYours);
  await person.press(of(person).yes);
  await person.answersQuestions();
  await person.keepsRecoveryCodes();
  await person.goesOn();
  await person.agrees();
  await person.isSignedInTo('cloud');

  await comesBack(person, 'cloud');
  await onPhone.getByLabel('Nombre affiché sur l’ordinateur').fill(String(await numberOn(page)));
  await onPhone.getByLabel('Votre code PIN', { exact: true }).fill('482915');
  await onPhone.getByRole('button', { name: 'Accepter' }).click();
  await person.isSignedInTo('cloud');
});
