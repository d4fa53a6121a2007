// Cases from both ends: a person reports or asks for help, agents take, note and close; and the figures, looked at, counted, exported.
import type { Browser } from '@playwright/test';
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts';
import { accountIdOf, becomesAgent, inDatabase, letProofGrowOld, type Role } from './helpdesk-person.ts';
import { mailOf, readLetter } from './mailbox.ts';
import { mouse, Person } from './person.ts';
import { takeAccount, type World } from './world.ts';

const said = {
  fr: {
    ask: 'Demander de l’aide à l’assistance',
    send: 'Envoyer la demande',
    text: 'Autre chose à dire ? (facultatif)',
    open: 'Votre demande est ouverte',
    cannotScan: 'Le QR code ne se scanne pas',
    noMail: 'Aucun code ne m’arrive par e-mail',
    chooseOne: 'Choisissez une réponse.',
    secret: 'Ce texte semble contenir un code ou un mot de passe',
    askedLetter: /^Vous\savez\sdemandé\sde\sl’aide/,
    queue: 'Signalements et demandes',
    dashboard: 'Tableau de bord',
    again: 'Compter de nouveau',
    weeks: /^Inscriptions terminées par semaine/,
    half: /^Inscriptions commencées/,
    asOf: /^Chiffres de \d/,
  },
  en: {
    ask: 'Ask the helpdesk for help',
    send: 'Send the request',
    text: 'Anything else to say? (optional)',
    open: 'Your request is open',
    cannotScan: 'The QR code does not scan',
    noMail: 'No code arrives by e-mail',
    chooseOne: 'Choose an answer.',
    secret: 'This text seems to hold a code or a password',
    askedLetter: /^You\sasked\sthe\shelpdesk/,
    queue: 'Reports and requests',
    dashboard: 'Dashboard',
    again: 'Count again',
    weeks: /^Enrolments finished by week/,
    half: /^Enrolments begun/,
    asOf: /^Figures of \d/,
  },
} as const;
const wordsOf = (person: Person) => said[person.language];
const main = (person: Person) => person.page.getByRole('main');
/** Spaces that don't break are spaces to whoever reads. */
const spaced = (text: string) => new RegExp(text.replace(/[.?()]/g, '\\$&').replaceAll(/[ \u00a0]/g, '\\s'));
const says = (person: Person, text: string) => expect(main(person)).toContainText(spaced(text));
const numberOn = async (person: Person) =>
  /[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}/.exec((await main(person).textContent()) ?? '')?.[0] ?? 'none';
const link = (person: Person, name: string | RegExp) => person.page.getByRole('main').getByRole('link', { name });

async function looksRight(person: Person, script = true) {
  if (script) await expectAccessible(person.page);
  await expectNoSidewaysScroll(person.page);
}

/** A colleague with a browser of their own. */
async function colleague(browser: Browser, world: World, role: Role = 'agent'): Promise<Person> {
  const page = await (await browser.newContext()).newPage();
  return becomesAgent(new Person(page, world, takeAccount(world), 'fr', mouse(page)), role);
}

const eventsAbout = (world: World, number: string) =>
  inDatabase(world, (database) =>
    database.prepare("select type from events where json_extract(data, '$.case') = ? order by id").pluck().all(number),
  ) as string[];

/** On the page that asks for help. */
async function asksForHelp(person: Person, topic: string, text = '') {
  await person.sees(wordsOf(person).ask);
  await person.hands.tick(person.page.getByRole('radio', { name: topic }));
  if (text !== '') await person.hands.type(person.field(wordsOf(person).text), text);
  await person.press(wordsOf(person).send);
}

test('SEC-73: a report from the activity is in the queue; of two agents who take it at once one gets it, notes and closes; the person is told', async ({
  person,
  browser,
  world,
}, info) => {
  await person.arrives('insermbiblio');
  await person.page.goto(`${world.portal}/account/activity`);
  await main(person)
    .getByRole('listitem')
    .filter({ hasText: /Connexion/ })
    .getByRole('link', { name: /^Ce n’était pas moi/ })
    .first()
    .click();
  await person.sees(/Ce n’était pas vous/);
  await person.press('Ce n’était pas moi');
  await person.sees(/C’est noté/);
  const number = await numberOn(person);
  const letter = await readLetter(world, 'assistance@inserm.fr', new RegExp(number));
  expect(letter.text).toContain(`${world.portal}/helpdesk/cases/${number}`);

  const karim = await colleague(browser, world);
  const ewa = await colleague(browser, world);
  for (const agent of [karim, ewa]) {
    await agent.page.goto(`${world.portal}/helpdesk/cases`);
    await agent.sees(said.fr.queue);
  }
  await looksRight(karim);
  await karim.page.screenshot({ path: info.outputPath('queue.png'), fullPage: true });
  for (const agent of [karim, ewa]) {
    await agent.page.goto(`${world.portal}/helpdesk/cases/${number}`);
    await agent.sees(spaced(`Dossier ${number}`));
    await says(agent, 'Sessions fermées, connexions en cours arrêtées.');
    await says(agent, person.name);
    await expect(main(agent)).not.toContainText(person.account.address);
  }
  await looksRight(karim);
  await karim.page.screenshot({ path: info.outputPath('case-free.png'), fullPage: true });

  await Promise.all([karim, ewa].map((agent) => agent.press('Prendre ce dossier')));
  for (const agent of [karim, ewa])
    await expect(
      main(agent)
        .getByRole('status')
        .filter({ hasText: /dossier/ }),
    ).toBeVisible();
  const got = await Promise.all([karim, ewa].map((agent) => main(agent).getByText('Ce dossier est à vous').isVisible()));
  expect([...got].sort()).toEqual([false, true]);
  const [holder, other] = got[0] ? [karim, ewa] : [ewa, karim];
  await says(other, `${holder.name} vient de prendre ce dossier`);
  await expect(main(other).getByRole('button', { name: 'Terminer le dossier' })).toHaveCount(0);
  await other.page.screenshot({ path: info.outputPath('case-by-other.png'), fullPage: true });
  await looksRight(other);

  // What was typed stays while a stale proof is asked for.
  letProofGrowOld(holder, 16);
  await holder.field('Ajouter une note').fill('Rappelée à 14 h.\nElle n’avait rien fait.');
  await holder.press('Enregistrer la note');
  await holder.field('Confirmez que c’est vous').fill(await holder.readsApp());
  await looksRight(holder);
  await holder.page.screenshot({ path: info.outputPath('case-proof.png'), fullPage: true });
  await holder.press('Enregistrer la note');
  await says(holder, 'La note est enregistrée');
  await says(holder, 'Elle n’avait rien fait.');
  await holder.field('Ajouter une note').fill('Son code est 482 916');
  await holder.press('Enregistrer la note');
  await expect(main(holder).getByRole('alert')).toContainText(/semble contenir un code/);
  await looksRight(holder);
  await holder.press('Terminer le dossier');
  await expect(main(holder).getByRole('alert')).toContainText('Choisissez une réponse.');
  await holder.page.screenshot({ path: info.outputPath('case-mine.png'), fullPage: true });
  await holder.page.getByRole('radio', { name: /^Rien d’anormal/ }).check();
  await holder.press('Terminer le dossier');
  await says(holder, 'Le dossier est terminé, la personne en est informée');
  await looksRight(holder);
  await expect(main(holder).getByRole('button', { name: 'Rouvrir le dossier' })).toHaveCount(0);
  const told = await readLetter(world, person.account.address, /^L’assistance\sa\sterminé\svotre\ssignalement/);
  expect(told.text).toContain(number);
  expect(told.text).not.toContain('Rappelée');

  await person.page.goto(`${world.portal}/account/activity`);
  await says(person, 'Demande terminée par l’assistance');
  await says(person, `Dossier ${number}.`);

  // A lead agent opens it again.
  const lead = await colleague(browser, world, 'lead-agent');
  await lead.page.goto(`${world.portal}/helpdesk/cases/${number}`);
  await lead.press('Rouvrir le dossier');
  await says(lead, 'Le dossier est rouvert');
  expect(eventsAbout(world, number)).toEqual(['disavowed', 'case-taken', 'case-noted', 'case-closed', 'case-reopened']);
  const seen = inDatabase(world, (database) =>
    database
      .prepare("select count(*) from events where type = 'account-seen' and account_id = ? and json_extract(data, '$.from') = 'case'")
      .pluck()
      .get(accountIdOf(world, person.account.address)),
  );
  expect(seen).toBe(3);
  for (const agent of [karim, ewa, lead]) await agent.page.context().close();
});

for (const { name, use } of [
  { name: 'on a computer', use: {} },
  { name: 'without JavaScript', use: { javaScriptEnabled: false } },
  { name: 'on a phone, 390 px wide, dark', use: { viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const } },
  { name: 'with the keyboard alone, in English', use: { handsOf: 'keyboard' as const, locale: 'en-GB' } },
]) {
  test.describe(`asking for help ${name}`, () => {
    test.use(use);

    test('from the wizard and from the account: what looks like a code is refused, the number is shown, and one is open at a time', async ({
      person,
      world,
      javaScriptEnabled,
    }, info) => {
      const script = javaScriptEnabled !== false;
      const words = wordsOf(person);
      await person.comesToScan('insermbiblio');
      await person.hands.press(link(person, words.ask));
      await person.sees(words.ask);
      await looksRight(person, script);
      await person.page.screenshot({ path: info.outputPath('ask.png'), fullPage: true });
      await person.press(words.send);
      await expect(main(person).getByRole('alert')).toContainText(words.chooseOne);
      await looksRight(person, script);
      await asksForHelp(person, words.cannotScan, 'Mon code est 482916 et rien ne se passe.');
      await expect(main(person).getByRole('alert')).toContainText(words.secret);
      await expect(person.field(words.text)).toHaveValue('Mon code est 482916 et rien ne se passe.');
      await expect(person.page.getByRole('radio', { name: words.cannotScan })).toBeChecked();
      await looksRight(person, script);
      await person.page.screenshot({ path: info.outputPath('ask-secret.png'), fullPage: true });
      await person.hands.type(person.field(words.text), 'La caméra reste noire.');
      await person.press(words.send);
      await person.sees(words.open);
      const number = await numberOn(person);
      await looksRight(person, script);
      await person.page.screenshot({ path: info.outputPath('asked.png'), fullPage: true });
      expect((await readLetter(world, person.account.address, words.askedLetter)).text).toContain(number);
      expect((await readLetter(world, 'assistance@inserm.fr', new RegExp(number))).text).not.toContain('caméra');

      // The wizard goes on where it was.
      await person.hands.press(person.page.getByRole('link', { name: person.language === 'fr' ? 'Retour' : 'Back', exact: true }));
      await person.sees(person.words.scanCodeTitle);
      expect(eventsAbout(world, number)).toEqual(['help-asked']);
    });
  });
}

test('from where a sign-in is stuck, and from the account itself: the agent is told what was proven, and what is added later', async ({
  person,
  browser,
  world,
}, info) => {
  // Nothing but the password.
  await person.opens('insermbiblio');
  await person.givesPassword();
  await person.sees(person.words.emailCodeTitle);
  const uid = new URL(person.page.url()).pathname.split('/')[2] ?? '';
  await link(person, said.fr.ask).click();
  await asksForHelp(person, said.fr.noMail, 'Rien n’arrive depuis ce matin.\nJe suis au bureau 114.');
  await person.sees(said.fr.open);
  const number = await numberOn(person);

  const agent = await colleague(browser, world);
  await agent.page.goto(`${world.portal}/helpdesk/cases/${number}`);
  await says(agent, 'Son mot de passe seulement : ce peut être quelqu’un d’autre.');
  await says(agent, 'Je suis au bureau 114.');
  await looksRight(agent);
  await agent.page.screenshot({ path: info.outputPath('case-help.png'), fullPage: true });
  await agent.page.setViewportSize({ width: 390, height: 844 });
  await looksRight(agent);
  await agent.page.screenshot({ path: info.outputPath('case-help-390.png'), fullPage: true });
  await agent.page.goto(`${world.portal}/helpdesk/cases`);
  await looksRight(agent);
  await agent.page.screenshot({ path: info.outputPath('queue-390.png'), fullPage: true });

  // Where nothing is proven there is no such page.
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(`${world.portal}/sign-in/${uid}/ask-for-help`);
  expect(new URL(stranger.url()).pathname).toMatch(/^\/problem\//);
  await stranger.goto(`${world.portal}/reset-password/ask-for-help`);
  expect(new URL(stranger.url()).pathname).toBe('/reset-password/start');
  await stranger.goto(`${world.portal}/account/help`);
  expect(new URL(stranger.url()).pathname).toMatch(/^\/sign-in\//);

  // Signed in at last, the account tells the same number.
  await person.page.goto(`${world.portal}/sign-in/${uid}/email-code`);
  await person.givesEmailCode();
  await person.enrols();
  await person.agrees();
  await person.isSignedInTo('insermbiblio');
  await person.page.goto(`${world.portal}/help`);
  await main(person)
    .getByRole('link', { name: /^Connecté/ })
    .click();
  await person.sees(said.fr.open);
  await says(person, number);
  await looksRight(person);
  await agent.page.goto(`${world.portal}/helpdesk/cases/${number}`);
  await agent.press('Prendre ce dossier');
  await says(agent, 'Ce dossier est à vous');
  await person.page.reload();
  await says(person, 'Un agent s’en occupe.');

  // What comes to mind meanwhile is added to it, as theirs; whoever has it sees so until they have noted something.
  await person.press('Envoyer');
  await expect(main(person).getByRole('alert')).toContainText(/Écrivez ce que vous voulez y ajouter/);
  await person.field('Compléter votre demande').fill('Depuis midi, plus rien du tout.');
  await person.press('Envoyer');
  await expect(main(person).getByRole('status').filter({ hasText: 'Votre message est dans la demande.' })).toBeVisible();
  await says(person, 'Complétée');
  await expect(person.field('Compléter votre demande')).toHaveValue('');
  await expect(main(person)).not.toContainText('Depuis midi');
  await looksRight(person);
  await person.page.screenshot({ path: info.outputPath('added.png'), fullPage: true });
  await readLetter(world, person.account.address, /^Vous\savez\scomplété/);
  await agent.page.goto(`${world.portal}/helpdesk/cases?which=mine`);
  await expect(main(agent).getByRole('row').filter({ hasText: number }).getByText(spaced('Nouveau message'))).toBeVisible();
  await looksRight(agent);
  await agent.page.screenshot({ path: info.outputPath('queue-new-words-390.png'), fullPage: true });
  await agent.page.goto(`${world.portal}/helpdesk/cases/${number}`);
  await says(agent, 'La personne a complété sa demande');
  await says(agent, 'Depuis midi, plus rien du tout.');
  await says(agent, `${person.name} (la personne)`);
  await says(agent, 'Une connexion entière : la demande vient de son compte.');
  await looksRight(agent);
  await agent.page.screenshot({ path: info.outputPath('case-new-words-390.png'), fullPage: true });
  await agent.field('Ajouter une note').fill('Rappelée, le courrier passe.');
  await agent.press('Enregistrer la note');
  await says(agent, 'La note est enregistrée');
  await expect(main(agent)).not.toContainText(spaced('La personne a complété sa demande'));
  expect(eventsAbout(world, number)).toEqual(['help-asked', 'case-taken', 'help-added', 'case-noted']);
});

test('from inside a password reset: once the mailbox is proven, and the agent is told that this is all', async ({ person, browser, world }, info) => {
  await person.arrives('insermbiblio');
  await person.page.context().clearCookies();
  await person.page.goto(`${world.portal}/reset-password/start`);
  await person.field(person.words.address).fill(person.account.address);
  await person.press('Recevoir un code');
  await expect(person.page.getByRole('link', { name: said.fr.ask }), 'nothing is proven yet').toHaveCount(0);
  await person.givesEmailCode();
  await person.sees(/^Comment voulez-vous confirmer/);
  await person.page.getByRole('link', { name: said.fr.ask }).click();
  await looksRight(person);
  await asksForHelp(person, 'J’ai oublié mes réponses secrètes', 'Aucune ne me revient.');
  await person.sees(said.fr.open);
  const number = await numberOn(person);
  await looksRight(person);
  await person.page.screenshot({ path: info.outputPath('asked-in-reset.png'), fullPage: true });
  await main(person)
    .getByRole('link', { name: 'Retour', exact: true })
    .or(person.page.getByRole('link', { name: 'Retour', exact: true }))
    .first()
    .click();
  await person.sees(/^Comment voulez-vous confirmer/);

  const agent = await colleague(browser, world);
  await agent.page.goto(`${world.portal}/helpdesk/cases/${number}`);
  await says(agent, 'J’ai oublié mes réponses secrètes');
  await says(agent, 'Sa boîte aux lettres seulement : ce peut être quelqu’un d’autre.');
  await agent.page.context().close();
});

test.describe('the figures', () => {
  test('are read as tables, counted again by a button, printed, in both languages, at 390 px and in the dark', async ({ person, world }, info) => {
    await becomesAgent(person, 'agent', '/helpdesk/dashboard');
    await person.sees(said.fr.dashboard);
    await person.press(said.fr.again);
    await expect(main(person).getByText(/viennent d’être comptés|ont moins d’une minute|décompte est en cours/)).toBeVisible();
    await person.page.goto(`${world.portal}/helpdesk/dashboard`);
    await expect(main(person).getByText(said.fr.asOf)).toBeVisible();
    const weeks = person.page.getByRole('table', { name: said.fr.weeks });
    await expect(weeks.getByRole('row')).toHaveCount(13);
    await expect(weeks.getByRole('columnheader')).toHaveText(['Semaine du', 'Terminées', 'En comparaison']);
    await expect(weeks.getByRole('row').last().getByRole('cell').first()).toHaveText(/^\d+$/);
    const half = person.page.getByRole('table', { name: said.fr.half });
    await expect(half.getByRole('rowheader')).toHaveText([
      'Choisir un moyen',
      'Scanner, saisir le code',
      'Questions secrètes',
      'Codes de secours',
      'Toutes',
    ]);
    await looksRight(person);
    await person.page.screenshot({ path: info.outputPath('dashboard.png'), fullPage: true });
    await person.page.setViewportSize({ width: 390, height: 844 });
    await person.page.emulateMedia({ colorScheme: 'dark' });
    await looksRight(person);
    await person.page.screenshot({ path: info.outputPath('dashboard-390-dark.png'), fullPage: true });
    await person.page.setViewportSize({ width: 1280, height: 900 });
    await person.page.emulateMedia({ media: 'print' });
    await expect(main(person).getByRole('button')).toHaveCount(0);
    await expect(weeks).toBeVisible();
    await person.page.screenshot({ path: info.outputPath('dashboard-print.png'), fullPage: true });
    await person.page.emulateMedia({ media: null, colorScheme: null });
    await person.page.getByRole('button', { name: 'English' }).click();
    await expect(main(person).getByText(said.en.asOf)).toBeVisible();
    await expect(person.page.getByRole('table', { name: said.en.weeks })).toBeVisible();
    await looksRight(person);
    await person.page.goto(`${world.portal}/helpdesk/cases`);
    await person.sees(said.en.queue);
    await looksRight(person);
  });

  test('SEC-73, SEC-79: a lead agent takes them home as numbers; an agent, or who has no role, does not', async ({ person, browser, world }) => {
    const agent = await becomesAgent(person, 'agent', '/helpdesk/dashboard');
    await agent.sees(said.fr.dashboard);
    await agent.press(said.fr.again);
    await expect(agent.page.getByRole('button', { name: 'Télécharger en CSV' })).toHaveCount(0);
    const own = { origin: world.portal, 'sec-fetch-site': 'same-origin' };
    const file = `${world.portal}/helpdesk/dashboard/file`;
    expect((await agent.page.request.post(file, { headers: own, maxRedirects: 0 })).status()).toBe(404);
    const refused = inDatabase(world, (database) =>
      database
        .prepare("select count(*) from events where type = 'helpdesk-refused' and actor = ? and json_extract(data, '$.action') = 'export-dashboard'")
        .pluck()
        .get(accountIdOf(world, agent.account.address)),
    );
    expect(refused).toBe(1);

    const lead = await colleague(browser, world, 'lead-agent');
    await lead.page.goto(`${world.portal}/helpdesk/dashboard`);
    const downloading = lead.page.waitForEvent('download');
    await lead.press('Télécharger en CSV');
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^chiffres-assistance-\d{4}-\d{2}-\d{2}\.csv$/);
    const answer = await lead.page.request.post(file, { headers: own });
    expect(answer.headers()['cache-control']).toBe('no-store');
    const text = (await answer.body()).toString('utf8');
    expect(text.startsWith('\ufeff')).toBe(true);
    const lines = text.slice(1).trimEnd().split('\r\n');
    expect(lines[0]).toBe('Partie;Chiffre;Nombre');
    for (const line of lines.slice(2)) expect(line).toMatch(/^[^;]+;[^;]+;\d+$/);
    expect(text).not.toMatch(/@|essai-\d/i);
    for (const headers of [{}, { origin: 'https://evil.example' }]) expect((await lead.page.request.post(file, { headers })).status()).toBe(403);
    expect((await lead.page.request.get(file)).status()).toBe(405);
    const exported = inDatabase(world, (database) =>
      database
        .prepare("select count(*) from events where type = 'figures-exported' and actor = ?")
        .pluck()
        .get(accountIdOf(world, lead.account.address)),
    );
    expect(exported).toBe(2);
    await lead.page.context().close();
  });
});

test.describe('who has no role', () => {
  test.use({ tolerated: [/status of 404/] });

  test('SEC-73: finds neither queue, nor case, nor figures', async ({ person, world }) => {
    await person.arrives('insermbiblio');
    await person.page.goto(`${world.portal}/account`);
    for (const path of ['/helpdesk/cases', '/helpdesk/cases/0000-0000', '/helpdesk/dashboard']) {
      const answer = await person.page.goto(world.portal + path);
      expect(answer?.status(), path).toBe(404);
    }
    expect((await mailOf(world, person.account.address)).filter(({ subject }) => /assistance/i.test(subject))).toEqual([]);
  });
});
