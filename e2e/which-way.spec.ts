// « Je ne sais pas » in the wizard's first step: three questions, one way advised and chosen already, the others still there.
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts';
import type { Person } from './person.ts';

const said = {
  fr: {
    unsure: 'Je ne sais pas lequel choisir',
    title: 'Trouvez le moyen qui vous convient',
    questions: [
      'Avez-vous un smartphone avec vous ?',
      'Pouvez-vous y installer une application ?',
      'Avez-vous un ordinateur à vous, ou une clé de sécurité ?',
    ],
    yes: 'Oui',
    no: 'Non',
    submit: 'Voir notre conseil',
    advice: 'Notre conseil pour vous',
    call: /appelez l’assistance/,
    passkey: 'Une clé d’accès ou une clé de sécurité',
    makeTitle: 'Créez votre clé d’accès',
  },
  en: {
    unsure: 'I don’t know which one to choose',
    title: 'Find the way that suits you',
    questions: ['Do you have a smartphone with you?', 'May you install an app on it?', 'Do you have a computer of your own, or a security key?'],
    yes: 'Yes',
    no: 'No',
    submit: 'See our advice',
    advice: 'Our advice for you',
    call: /call the helpdesk/,
    passkey: 'A passkey or a security key',
    makeTitle: 'Create your passkey',
  },
} as const;

async function isUnsure(person: Person) {
  await person.opens('insermbiblio');
  await person.givesPassword();
  await person.givesEmailCode();
  await person.beginsEnrolment();
  await person.sees(person.words.installAppTitle);
}

async function answers(person: Person, given: readonly boolean[]) {
  const words = said[person.language];
  await person.hands.press(person.page.getByRole('main').getByRole('link', { name: words.unsure }));
  await person.sees(words.title);
  for (const [n, question] of words.questions.entries()) {
    const group = person.page.getByRole('group', { name: question });
    await person.hands.tick(group.getByRole('radio', { name: given[n] ? words.yes : words.no }));
  }
  await person.hands.press(person.button(words.submit));
  await person.sees(person.words.installAppTitle);
  await expect(person.page.getByText(words.advice)).toBeVisible();
}

const chosen = (person: Person) => person.page.getByRole('radio', { checked: true });

for (const { name, use } of [
  { name: 'on a computer', use: {} },
  { name: 'in English, on a phone, in the dark', use: { locale: 'en-GB', viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const } },
  { name: 'with the keyboard alone', use: { handsOf: 'keyboard' as const } },
  { name: 'without JavaScript', use: { javaScriptEnabled: false } },
]) {
  test.describe(`who does not know, ${name}`, () => {
    test.use(use);

    test('is advised by three answers, and goes on with what was advised or with another', async ({ person, page, javaScriptEnabled }, {
      project,
    }) => {
      const words = said[person.language];
      const looksRight = async () => {
        if (javaScriptEnabled !== false) await expectAccessible(page);
        await expectNoSidewaysScroll(page);
      };
      await isUnsure(person);
      await page.goto(`${page.url()}/which-way`);
      await person.sees(words.title);
      await looksRight();
      await page.screenshot({ path: `${project.outputDir}/which-way-${person.language}.png`, fullPage: true });
      await page.goBack();

      await answers(person, [true, true, false]);
      await expect(chosen(person)).toHaveAttribute('value', 'phone');
      await looksRight();

      await answers(person, [false, false, false]);
      await expect(page.getByText(words.call)).toBeVisible();
      await expect(chosen(person)).toHaveCount(0);

      await answers(person, [false, false, true]);
      await expect(chosen(person)).toHaveAttribute('value', 'passkey');
      await looksRight();
      await page.screenshot({ path: `${project.outputDir}/advice-${person.language}.png`, fullPage: true });
      await person.press(person.words.continue);
      await person.sees(words.makeTitle);
    });
  });
}
