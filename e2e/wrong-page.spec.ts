// Every wrong page at every point, generated from the step tables: the browser lands on the step that is open, and nothing has changed.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { enrolPath, secondFactorPath, signInPath } from '../app/paths.ts';
import { type EnrolmentFacts, enrolmentSteps, isEnrolmentStepOpen, nextEnrolmentStep } from '../lib/enrolment/steps.ts';
import { expect, test } from './fixtures.ts';
import type { Person } from './person.ts';
import type { World } from './world.ts';

const policy = { questions: 4 };
const nothing: EnrolmentFacts = { pendingFactor: false, provenFactors: 0, answers: 0, recoveryCodesKept: false, replacing: false };

/** Everything that a page could change by mistake. */
const tables = ['factors', 'pending_factors', 'recovery_codes', 'pending_recovery_codes', 'answers', 'proofs', 'email_codes', 'consents'];

function rowsOf({ folder }: World, address: string): string {
  const database = new Database(join(folder, 'portal.db'), { readonly: true });
  try {
    const { id } = database.prepare('select id from accounts where address = ?').get(address) as { id: string };
    const rows = tables.map((table) => [table, database.prepare(`select * from ${table} where account_id = ? order by 1, 2`).all(id)]);
    const sendings = database.prepare('select * from code_sendings where subject like ? order by 1').all(`%:${id}%`);
    return JSON.stringify([...rows, sendings]);
  } finally {
    database.close();
  }
}

const pathOf = (person: Person) => new URL(person.page.url()).pathname;
const uidOf = (person: Person) => pathOf(person).split('/')[2] ?? '';

/** @param lands where each page leads; itself when it is open */
async function triesEveryPage(person: Person, pages: readonly { readonly path: string; readonly lands: string }[]) {
  const here = pathOf(person);
  const before = rowsOf(person.world, person.account.address);
  for (const { path, lands } of pages) {
    await person.page.goto(person.world.portal + path);
    expect(pathOf(person), `${path} at ${here}`).toBe(lands);
  }
  expect(rowsOf(person.world, person.account.address)).toBe(before);
  await person.page.goto(person.world.portal + here);
}

const signInPages = (uid: string) => [
  signInPath(uid, 'password'),
  signInPath(uid, 'email-code'),
  signInPath(uid, 'second-factor'),
  `/sign-in/${uid}/second-factor`,
  secondFactorPath(uid, 'recovery-code'),
];

async function triesEverySignInPage(person: Person, open: readonly string[]) {
  const uid = uidOf(person);
  const next = pathOf(person);
  await triesEveryPage(
    person,
    signInPages(uid).map((path) => ({ path, lands: path === signInPath(uid, 'password') || open.includes(path) ? path : next })),
  );
}

async function triesEveryEnrolmentPage(person: Person, facts: EnrolmentFacts) {
  const uid = uidOf(person);
  const next = enrolPath(uid, nextEnrolmentStep(facts, policy));
  await triesEveryPage(
    person,
    enrolmentSteps.map((step) => {
      const path = enrolPath(uid, step);
      return { path, lands: isEnrolmentStepOpen(step, facts, policy) ? path : next };
    }),
  );
}

test('SEC-33: every wrong page at every point of the first arrival leads to the right step and changes nothing', async ({ person }) => {
  await person.opens('insermbiblio');
  await person.sees(person.words.signInTitle);
  await triesEverySignInPage(person, []);
  await person.givesPassword();
  await person.sees(person.words.emailCodeTitle);
  await triesEverySignInPage(person, []);
  await person.givesEmailCode();

  await person.sees(person.words.welcomeTitle);
  await triesEveryEnrolmentPage(person, nothing);
  await person.beginsEnrolment();
  await person.choosesApp();
  await person.sees(person.words.scanCodeTitle);
  await triesEveryEnrolmentPage(person, { ...nothing, pendingFactor: true });
  await person.scansCode();
  await person.sees(person.words.questionsTitle);
  await triesEveryEnrolmentPage(person, { ...nothing, provenFactors: 1 });
  await person.answersQuestions();
  await person.sees(person.words.recoveryCodesTitle);
  await triesEveryEnrolmentPage(person, { ...nothing, provenFactors: 1, answers: 4 });
  await person.keepsRecoveryCodes();
  await person.sees(person.words.doneTitle);
  await triesEveryEnrolmentPage(person, { pendingFactor: false, provenFactors: 1, answers: 4, recoveryCodesKept: true, replacing: false });
  await person.goesOn();
  await person.agrees();
  await person.isSignedInTo('insermbiblio');

  await person.page.context().clearCookies();
  await person.opens('insermbiblio');
  await person.givesPassword();
  await person.sees(person.words.secondFactorTitle);
  const uid = uidOf(person);
  await triesEverySignInPage(person, [`/sign-in/${uid}/second-factor`, secondFactorPath(uid, 'recovery-code')]);
});

test('T8: once proven, the key is gone from the page, whichever way one comes back to it', async ({ person }) => {
  const { page } = person;
  await person.comesToScan('insermbiblio');
  const scanUrl = page.url();
  const shownKey = async () => (await page.locator('code').textContent())?.replace(/\s/g, '');
  const key = await shownKey();
  // Stable over a reload, so that a scanned code is not worth nothing.
  await page.reload();
  expect(await shownKey()).toBe(key);
  await person.scansCode();
  await person.sees(person.words.questionsTitle);

  const answers: string[] = [];
  page.on('response', async (response) => {
    if (response.request().resourceType() === 'document' || response.request().resourceType() === 'fetch')
      answers.push(await response.text().catch(() => ''));
  });
  await page.goBack();
  await person.sees(person.words.questionsTitle);
  await page.goto(scanUrl);
  await person.sees(person.words.questionsTitle);
  expect(await page.content()).not.toContain(key);
  for (const text of answers) expect(text).not.toContain(key);
});

test('T4: a second tab that signs in again is asked for the code all the same, and the slower tab lands on the open step', async ({ person }) => {
  await person.opens('insermbiblio');
  await person.givesPassword();
  await person.sees(person.words.emailCodeTitle);
  const uid = uidOf(person);

  const second = person.at(await person.page.context().newPage());
  await second.page.goto(person.world.portal + signInPath(uid, 'password'));
  await second.givesPassword();
  await second.sees(person.words.emailCodeTitle);

  await person.givesEmailCode();
  await person.beginsEnrolment();
  const enrolment = uidOf(person);
  await second.page.goto(person.world.portal + enrolPath(enrolment, 'install-app'));
  await person.choosesApp();
  await person.scansCode();
  await person.sees(person.words.questionsTitle);
  await second.choosesApp();
  await second.sees(person.words.questionsTitle);
});

test('SEC-92: a page of somebody else’s flow says what to do, and shows nothing of it', async ({ person, browser }) => {
  await person.opens('insermbiblio');
  await person.sees(person.words.signInTitle);
  const context = await browser.newContext({ locale: 'fr-FR' });
  const stranger = await context.newPage();
  await stranger.goto(person.page.url());
  await expect(stranger.getByRole('heading', { level: 1 })).toHaveText(/autre navigateur/);
  await context.close();
});
