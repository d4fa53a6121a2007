// « Ce n’était pas moi »: from a letter in a real mailbox, with and without JavaScript, and from the account's activity.
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts';
import { mailOf, readLetter } from './mailbox.ts';
import type { Person } from './person.ts';

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
test.use({ userAgent: firefox });

const words = {
  fr: {
    added: 'Une application d’authentification a été ajoutée à votre compte',
    heading: 'Ce n’était pas vous ?',
    button: 'Ce n’était pas moi',
    suspended: '« Google Authenticator » ne permettra plus de vous connecter.',
    noted: 'C’est noté',
    already: 'C’est déjà signalé',
    frozen: 'Vous ne pouvez pas vous connecter pour le moment',
    reported: 'Vous avez signalé : ce n’était pas moi',
  },
  en: {
    added: 'An authenticator app was added to your account',
    heading: 'It wasn’t you?',
    button: 'It wasn’t me',
    suspended: '“Google Authenticator” will no longer sign you in.',
    noted: 'We have noted it',
    already: 'Already reported',
    frozen: 'You cannot sign in for now',
    reported: 'You reported: it wasn’t me',
  },
};
/** Spaces that don't break are spaces here. */
const plain = (text: string) => text.replace(/\u00a0/g, ' ');
const main = (person: Person) => person.page.getByRole('main');
const says = async (person: Person, sentence: string) => expect(main(person)).toContainText(sentence);
const title = (words: string) => new RegExp(`^${words.replace(/[?.]/g, '\\$&').replaceAll(' ', '\\s')}$`);
const linkOf = (text: string) => /https?:\/\/\S+\/not-me\/[\w-]{43}/.exec(text)?.[0] ?? '';

async function looksRight(person: Person, javaScript: boolean) {
  if (javaScript) await expectAccessible(person.page);
  await expectNoSidewaysScroll(person.page);
}

for (const { name, use } of [
  { name: 'on a computer', use: {} },
  { name: 'without JavaScript', use: { javaScriptEnabled: false } },
  { name: 'on a phone, 390 px wide, dark', use: { viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const } },
  { name: 'with the keyboard alone', use: { handsOf: 'keyboard' as const } },
  { name: 'in English', use: { locale: 'en-GB' } },
]) {
  test.describe(`a letter ${name}`, () => {
    test.use(use);

    test('T14, T15, SEC-49, SEC-54: its link changes nothing until the button is pressed; then the factor is frozen and every session ended', async ({
      person,
      javaScriptEnabled,
    }, info) => {
      const script = javaScriptEnabled !== false;
      const said = words[person.language];
      await person.arrives('insermbiblio');
      await person.page.goto(`${person.world.portal}/account`);
      const { address } = person.account;
      const letter = await readLetter(person.world, address, title(said.added));
      const link = linkOf(letter.text);
      expect(letter.html).toContain(link);
      expect(new URL(link).origin).toBe(person.world.portal);
      const mailbox = await person.page.context().newPage();
      await mailbox.setContent(letter.html);
      await mailbox.screenshot({ path: info.outputPath('letter.png'), fullPage: true });
      await mailbox.close();

      // A mail scanner, which keeps no cookies, and follows or doesn't.
      for (let i = 0; i < 20; i++) {
        const answer = await fetch(link, { method: i % 2 ? 'HEAD' : 'GET', redirect: i % 3 ? 'follow' : 'manual' });
        expect([200, 303]).toContain(answer.status);
      }
      await person.page.goto(`${person.world.portal}/account`);
      await person.sees(/protégé|protected/);

      const asked: string[] = [];
      person.page.on('request', (request) => asked.push(request.url()));
      await person.page.goto(link);
      expect(person.page.url()).toBe(`${person.world.portal}/not-me`);
      await person.sees(title(said.heading));
      await says(person, said.suspended);
      expect(await person.page.content()).not.toContain(link.slice(-43));
      // SEC-53: nothing is asked of anybody else, and no address that follows tells the token.
      expect(asked.filter((url) => new URL(url).origin !== person.world.portal)).toEqual([]);
      expect(asked.filter((url) => url.includes(link.slice(-43)))).toHaveLength(1);
      expect((await fetch(link, { redirect: 'manual' })).headers.get('referrer-policy')).toBe('no-referrer');
      await looksRight(person, script);
      await person.page.screenshot({ path: info.outputPath('asks.png'), fullPage: true });

      await person.press(said.button);
      await person.sees(title(said.noted));
      const number = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await main(person).textContent()) ?? '')?.[0] ?? 'none';
      await looksRight(person, script);
      await person.page.screenshot({ path: info.outputPath('done.png'), fullPage: true });

      // Once more, by whoever: it is told, and nothing more is done.
      await person.page.goto(link);
      await person.sees(title(said.already));
      await says(person, number);
      await looksRight(person, script);

      // The sessions are gone, and password and mailbox do not make the account a new one.
      expect((await person.page.request.get(`${person.world.portal}/account`, { maxRedirects: 0 })).status()).toBe(307);
      await person.opens('insermbiblio');
      await person.givesPassword();
      await person.sees(title(said.frozen));
      await looksRight(person, script);
      await person.page.screenshot({ path: info.outputPath('frozen.png'), fullPage: true });

      expect((await readLetter(person.world, address, title(said.reported))).text).toContain(number);
      const toHelpdesk = await readLetter(person.world, 'assistance@inserm.fr', new RegExp(number));
      expect(toHelpdesk.text).not.toContain(person.account.familyName.toLowerCase());
      expect((await mailOf(person.world, address)).filter(({ subject }) => title(said.reported).test(plain(subject)))).toHaveLength(1);
    });
  });

  test.describe(`the activity ${name}`, () => {
    test.use(use);

    test('an event is disowned there, and the session that has just been proven goes on', async ({ person, javaScriptEnabled }, info) => {
      const script = javaScriptEnabled !== false;
      const said = words[person.language];
      await person.arrives('insermbiblio');
      await person.page.goto(`${person.world.portal}/account/activity`);
      await person.sees(/Activité|Activity/);
      await looksRight(person, script);
      await person.page.screenshot({ path: info.outputPath('activity.png'), fullPage: true });
      const event = main(person)
        .getByRole('listitem')
        .filter({ hasText: /InsermBiblio/ })
        .filter({ hasText: /Connexion|Signed in/ });
      await person.hands.press(event.getByRole('link', { name: new RegExp(`^${said.button}`) }).first());
      await person.sees(title(said.heading));
      await looksRight(person, script);
      await person.page.screenshot({ path: info.outputPath('asks.png'), fullPage: true });
      await person.press(said.button);
      await person.sees(title(said.noted));
      await person.page.goto(`${person.world.portal}/account/activity`);
      await person.sees(/Activité|Activity/);
      await says(person, person.language === 'fr' ? 'Signalé : ce n’était pas moi' : 'Reported: it wasn’t me');
    });
  });
}

test('a link that nobody was sent is told as such, and so is the page without one', async ({ person }, info) => {
  for (const path of ['/not-me', '/not-me/nothing', `/not-me/${'A'.repeat(43)}`]) {
    await person.page.goto(person.world.portal + path);
    await person.sees('Ce lien ne sert plus');
    expect(person.page.url()).toBe(`${person.world.portal}/not-me`);
  }
  await looksRight(person, true);
  await person.page.screenshot({ path: info.outputPath('gone.png'), fullPage: true });
});

test('SEC-66, SEC-67: nothing but the button of our own page does it', async ({ person, world }) => {
  await person.arrives('insermbiblio');
  const link = linkOf((await readLetter(world, person.account.address, title(words.fr.added))).text);
  await person.page.goto(link);
  await person.sees(title(words.fr.heading));
  for (const headers of [{}, { origin: 'null' }, { origin: 'https://evil.example' }]) {
    expect((await person.page.request.post(`${world.portal}/not-me`, { headers })).status()).toBe(403);
    expect((await person.page.request.post(link, { headers })).status()).toBe(403);
  }
  // Not even with our origin: only a server action changes something.
  await person.page.request.post(link, { headers: { origin: world.portal }, form: { x: 'y' } });
  await person.page.goto(`${world.portal}/account`);
  await person.sees(/protégé/);
});

test('a sign-in in a browser never seen before is told, and the next one there is not', async ({ person, browser, world }) => {
  await person.arrives('insermbiblio');
  const context = await browser.newContext({ userAgent: firefox });
  const there = person.at(await context.newPage());
  const told = async () =>
    (await mailOf(world, person.account.address)).filter(({ subject }) => plain(subject) === 'Nouvelle connexion à votre compte');
  expect(await told()).toHaveLength(0);
  await there.opens('insermbiblio');
  await there.givesPassword();
  await there.givesAppCode();
  await there.isSignedInTo('insermbiblio');
  const letter = await readLetter(world, person.account.address, /^Nouvelle\sconnexion/);
  expect(plain(letter.text)).toContain('Firefox sur Windows');
  expect(linkOf(letter.text)).not.toBe('');
  await context.close();
});
