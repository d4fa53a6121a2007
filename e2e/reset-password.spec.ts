// A forgotten password, from the sign-in page to signed in with a new one; and what strangers, scanners and forged requests get of it.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { APIRequestContext, APIResponse, Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { enrolPath, proveIdentityPath, resetPath, startResetPath } from '../app/paths.ts';
import { resetWays } from '../lib/password-reset/rules.ts';
import { resetSteps } from '../lib/password-reset/steps.ts';
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts';
import { mailOf, readCode } from './mailbox.ts';
import type { Person } from './person.ts';
import type { World } from './world.ts';

const said = {
  fr: {
    forgotten: 'Mot de passe oublié ?',
    startTitle: 'Choisissez un nouveau mot de passe',
    receive: 'Recevoir un code',
    maySent: 'Si un compte a cette adresse, un code vient d’y partir',
    choiceTitle: 'Comment voulez-vous confirmer que c’est vous ?',
    answers: /^Mes quatre questions secrètes/,
    app: /^Mon application d’authentification/,
    recoveryCode: /^Un code de secours/,
    answersTitle: 'Répondez à vos quatre questions',
    answersWrong: /Ces réponses ne correspondent pas toutes/,
    recoveryCodeField: 'Code de secours',
    chooseTitle: 'Choisissez votre nouveau mot de passe',
    newPassword: 'Nouveau mot de passe',
    save: 'Enregistrer ce mot de passe',
    same: 'C’est votre mot de passe actuel. Choisissez-en un autre.',
    isAnswer: 'Ce mot de passe est l’une de vos réponses secrètes. Choisissez-en un autre.',
    wrong: 'Adresse e-mail ou mot de passe incorrect',
    doneTitle: 'Votre mot de passe est changé',
    signIn: 'Se connecter',
    notice: 'Votre mot de passe a été remplacé',
    helpdeskTitle: 'L’assistance va confirmer que c’est vous',
    tooSoon: /Un code vient de partir/,
    haveCode: 'J’ai déjà reçu un code',
    format: 'Saisissez une adresse entière, par exemple prenom.nom@inserm.fr.',
  },
  en: {
    forgotten: 'Forgotten your password?',
    startTitle: 'Choose a new password',
    receive: 'Receive a code',
    maySent: 'If an account has this address, a code has just left for it',
    choiceTitle: 'How do you want to confirm that it is you?',
    answers: /^My four secret questions/,
    app: /^My authenticator app/,
    recoveryCode: /^A recovery code/,
    answersTitle: 'Answer your four questions',
    answersWrong: /These answers don’t all match/,
    recoveryCodeField: 'Recovery code',
    chooseTitle: 'Choose your new password',
    newPassword: 'New password',
    save: 'Save this password',
    same: 'This is your current password. Choose another one.',
    isAnswer: 'This password is one of your secret answers. Choose another.',
    wrong: 'Wrong e-mail address or password',
    doneTitle: 'Your password has changed',
    signIn: 'Sign in',
    notice: 'Your password has been replaced',
    helpdeskTitle: 'The helpdesk will confirm that it is you',
    tooSoon: /A code has just been sent/,
    haveCode: 'I have already received a code',
    format: 'Enter a whole address',
  },
} as const;
const wordsOf = (person: Person) => said[person.language];

const newPassword = 'sept hérons lisent des romans policiers';
/** As the wizard's journey gave them. */
const rightAnswers = ['capitaine patate', 'BERENGERE', 'rocamadour !', 'le roi et l oiseau'];
const anyAddress = () => `personne.${randomUUID().slice(0, 8)}@inserm.fr`;

const link = (person: Person, name: string | RegExp) => person.page.getByRole('main').getByRole('link', { name, exact: true });
const chosenPassword = (person: Person) => person.page.getByLabel(wordsOf(person).newPassword, { exact: true });

async function looksRight(page: Page) {
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
}

/** On the first page. */
async function asks(person: Person, address = person.account.address) {
  await person.sees(wordsOf(person).startTitle);
  await person.hands.type(person.field(person.words.address), address);
  await person.press(wordsOf(person).receive);
}

async function chooses(person: Person, way: RegExp) {
  await person.sees(wordsOf(person).choiceTitle);
  await person.hands.tick(person.page.getByRole('radio', { name: way }));
  await person.press(person.words.continue);
}

async function answers(person: Person, given: readonly string[]) {
  await person.sees(wordsOf(person).answersTitle);
  const fields = person.page.getByRole('main').getByRole('textbox');
  await expect(fields).toHaveCount(4);
  for (const [i, text] of given.entries()) await person.hands.type(fields.nth(i), text);
  await person.press(person.words.continue);
}

async function saves(person: Person, password: string) {
  await person.sees(wordsOf(person).chooseTitle);
  await person.hands.type(chosenPassword(person), password);
  await person.press(wordsOf(person).save);
}

/** At another computer, from the sign-in page of an application. */
async function forgets(person: Person) {
  await person.page.context().clearCookies();
  await person.opens('insermbiblio');
  await person.sees(person.words.signInTitle);
  await person.hands.press(link(person, wordsOf(person).forgotten));
  await person.sees(wordsOf(person).startTitle);
}

for (const { name, use } of [
  { name: 'on a computer', use: {} },
  { name: 'without JavaScript', use: { javaScriptEnabled: false } },
  { name: 'on a phone, 390 px wide, dark', use: { viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const } },
  { name: 'with the keyboard alone', use: { handsOf: 'keyboard' as const } },
  { name: 'in English', use: { locale: 'en-GB' } },
]) {
  test.describe(`forgotten password ${name}`, () => {
    test.use(use);

    test('by the mailbox and four answers: a new password, all sessions ended, the same factor as before', async ({ person, javaScriptEnabled }) => {
      const looks = async () => (javaScriptEnabled === false ? undefined : looksRight(person.page));
      await person.arrives('insermbiblio');
      await forgets(person);
      await looks();
      await asks(person);
      await expect(person.page.getByText(wordsOf(person).maySent)).toBeVisible();
      await looks();
      await person.givesEmailCode();
      await person.sees(wordsOf(person).choiceTitle);
      await looks();
      await chooses(person, wordsOf(person).answers);
      await person.sees(wordsOf(person).answersTitle);
      await looks();
      await answers(person, ['autre', ...rightAnswers.slice(1)]);
      await expect(person.page.getByRole('alert').filter({ hasText: wordsOf(person).answersWrong })).toBeVisible();
      await looks();
      await answers(person, rightAnswers);
      await person.sees(wordsOf(person).chooseTitle);
      await looks();
      await saves(person, person.account.password);
      await expect(person.page.getByRole('alert').filter({ hasText: wordsOf(person).same })).toBeVisible();
      await looks();
      await saves(person, newPassword);
      await person.sees(wordsOf(person).doneTitle);
      await looks();
      await expect(async () => {
        expect((await mailOf(person.world, person.account.address)).map(({ subject }) => subject)).toContain(wordsOf(person).notice);
      }).toPass();

      // A reset signs nobody in: the old password is wrong, the new one asks for the factor.
      await person.hands.press(link(person, wordsOf(person).signIn));
      await person.givesPassword();
      await expect(person.page.getByRole('alert').filter({ hasText: wordsOf(person).wrong })).toBeVisible();
      await person.givesPassword(newPassword);
      await person.givesAppCode();
      await person.isSignedInTo('insermbiblio');
    });
  });
}

test('by the app, and by a recovery code: no memory needed, and as short a way', async ({ person }) => {
  await person.arrives('insermbiblio');
  await forgets(person);
  await asks(person);
  await person.givesEmailCode();
  await chooses(person, wordsOf(person).app);
  await person.givesAppCode();
  await person.sees(wordsOf(person).chooseTitle);

  // Back at the start, within a minute: no other code leaves, and this way is still open.
  await person.page.goto(person.world.portal + startResetPath(null));
  await asks(person);
  await expect(person.page.getByRole('alert').filter({ hasText: wordsOf(person).tooSoon })).toBeVisible();
  await person.page.goto(person.world.portal + resetPath('choose-password'));
  await saves(person, newPassword);
  await person.sees(wordsOf(person).doneTitle);
  await person.page.reload();
  await person.sees(wordsOf(person).doneTitle);
  await person.page.goto(person.world.portal + resetPath('choose-password'));
  await person.sees(wordsOf(person).doneTitle);
});

test('a wrong page leads to the one that is open, at every point; a stranger’s browser to the first', async ({ person, browser }) => {
  await person.arrives('insermbiblio');
  const { page, world } = person;
  const everyPage = [...resetSteps.filter((step) => step !== 'start').map(resetPath), ...resetWays.map(proveIdentityPath)];
  const leadTo = async (at: Page, open: string, also: readonly string[] = []) => {
    for (const path of everyPage) {
      await at.goto(world.portal + path);
      expect(new URL(at.url()).pathname, `${path} while ${open} is open`).toBe(also.includes(path) ? path : open);
    }
  };
  await leadTo(page, resetPath('start'));
  await page.goto(world.portal + startResetPath(null));
  await asks(person);
  await person.sees(person.words.emailCodeTitle);
  await leadTo(page, resetPath('email-code'));
  await page.goto(world.portal + startResetPath(null));
  await person.hands.press(link(person, wordsOf(person).haveCode));
  await person.givesEmailCode();
  await person.sees(wordsOf(person).choiceTitle);
  const ways = resetWays.filter((way) => way !== 'passkey').map(proveIdentityPath);
  await leadTo(page, resetPath('prove-identity'), ways);
  const stranger = await (await browser.newContext()).newPage();
  await leadTo(stranger, resetPath('start'));
  await page.goto(world.portal + proveIdentityPath('recovery-code'));
  await person.hands.type(person.field(wordsOf(person).recoveryCodeField), person.recoveryCodes[0] ?? '');
  await person.press(person.words.continue);
  await person.sees(wordsOf(person).chooseTitle);
  await leadTo(page, resetPath('choose-password'));
  await saves(person, 'trop court');
  await saves(person, newPassword);
  await person.sees(wordsOf(person).doneTitle);
  await leadTo(page, resetPath('done'));
  await leadTo(stranger, resetPath('start'));
});

test('who has nothing beside the mailbox is told what to bring to the helpdesk', async ({ person }) => {
  await person.page.goto(person.world.portal + startResetPath(null));
  await asks(person);
  await person.givesEmailCode();
  await person.sees(wordsOf(person).helpdeskTitle);
  await expect(person.page.getByRole('main')).toContainText(/01.99.00.47.12/);
  await expect(person.page.getByRole('main')).toContainText('pièce d’identité');
  await looksRight(person.page);
});

test.describe('strangers', () => {
  test('SEC-07: an address that nobody has, and one that has not enrolled, see the same pages and words', async ({ person, browser }) => {
    const shown = async (address: string) => {
      const page = await (await browser.newContext({ locale: 'fr-FR' })).newPage();
      const other = person.at(page);
      await page.goto(person.world.portal + startResetPath(null));
      await asks(other, address);
      await other.sees(other.words.emailCodeTitle);
      const before = await page.getByRole('main').textContent();
      await other.givesCode('000000');
      await expect(page.getByRole('alert').filter({ hasText: 'Ce code ne correspond pas' })).toBeVisible();
      const after = await page.getByRole('main').textContent();
      const told = [before, after].map((text) => (text ?? '').replaceAll(address, 'ADDRESS').replace(/\d+\sh\s\d+/g, 'HOUR'));
      await page.context().close();
      return told;
    };
    expect(await shown(anyAddress())).toEqual(await shown(person.account.address));
  });

  test('what can’t be an address is told so', async ({ person }) => {
    await person.page.goto(person.world.portal + startResetPath(null));
    for (const address of ['claire', 'a@inserm.fr,b@inserm.fr', 'сlaire.martin@inserm.fr']) {
      await asks(person, address);
      await expect(person.page.getByRole('alert').filter({ hasText: wordsOf(person).format })).toBeVisible();
    }
    await looksRight(person.page);
  });
});

const unescaped = (text: string) =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&');
/** The hidden fields of the form that has this field, as a browser without script sends them. */
function hiddenFieldsOf(html: string, field: string): Record<string, string> {
  const form = [...html.matchAll(/<form\b[^>]*>(.*?)<\/form>/gs)].map(([, inner = '']) => inner).find((inner) => inner.includes(`name="${field}"`));
  return Object.fromEntries(
    [...(form ?? '').matchAll(/<input type="hidden"[^>]*>/g)].map(([tag]) => [
      unescaped(/ name="([^"]*)"/.exec(tag)?.[1] ?? ''),
      unescaped(/ value="([^"]*)"/.exec(tag)?.[1] ?? ''),
    ]),
  );
}
const own = ({ portal }: World) => ({ origin: portal, 'sec-fetch-site': 'same-origin' });

function rows(world: World, sql: string, ...values: string[]): Record<string, unknown>[] {
  const database = new Database(join(world.folder, 'portal.db'), { readonly: true });
  try {
    return database.prepare(sql).all(...values) as Record<string, unknown>[];
  } finally {
    database.close();
  }
}
const owned = 'where account_id = (select id from accounts where address = ?)';
const begun = (world: World, address: string) => Number(rows(world, `select count(*) as n from password_resets ${owned}`, address)[0]?.n);

/** Posts the first page's form. @param more fields beside, or instead of, the one address */
async function begin(
  request: APIRequestContext,
  world: World,
  fields: readonly (readonly [string, string])[],
  headers: Record<string, string> = own(world),
): Promise<APIResponse> {
  const url = world.portal + startResetPath(null);
  const html = await (await request.get(url)).text();
  const form = new FormData();
  for (const [name, value] of [...Object.entries(hiddenFieldsOf(html, 'address')), ...fields]) form.append(name, value);
  return request.post(url, { multipart: form, headers, maxRedirects: 0 });
}

test.describe('forged requests', () => {
  test.describe.configure({ mode: 'serial' });

  test('T12, SEC-52: two addresses, an array, JSON: refused, and no mail leaves for anybody', async ({ request, world, account }) => {
    const evil = anyAddress();
    for (const fields of [
      [
        ['address', account.address],
        ['address', evil],
      ],
      [
        ['address[]', account.address],
        ['address[]', evil],
      ],
      [
        ['address', account.address],
        ['address[]', evil],
      ],
      [
        ['address', account.address],
        ['email', evil],
      ],
      [['address', JSON.stringify([account.address, evil])]],
      [['address', `${account.address},${evil}`]],
      [['address', `${account.address}\r\nBcc: ${evil}`]],
    ] as const) {
      const before = begun(world, account.address);
      const answer = await begin(request, world, fields);
      expect(answer.status()).toBe(200);
      expect(answer.headers()['set-cookie'] ?? '').not.toContain('reset=');
      expect(begun(world, account.address)).toBe(before);
    }
    expect(await mailOf(world, account.address)).toEqual([]);
    expect(await mailOf(world, evil)).toEqual([]);
  });

  test('T13, SEC-71: a forged host changes neither the letter nor where the browser goes', async ({ request, world, account }) => {
    const forged = {
      ...own(world),
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example',
      'x-original-url': '//evil.example',
    };
    const answer = await begin(request, world, [['address', account.address]], forged);
    expect(answer.status()).toBe(303);
    expect(new URL(answer.headers().location ?? '', world.portal).href).toBe(world.portal + resetPath('email-code'));
    await readCode(world, account.address);
    const [mail] = await mailOf(world, account.address);
    expect(`${mail?.text}${mail?.html}`).not.toContain('evil');
    expect(mail?.text).not.toMatch(/https?:/);
  });

  test('SEC-59, SEC-60: the cookie is HttpOnly, Lax, for the session; only its digest is kept', async ({ request, world, account }) => {
    const answer = await begin(request, world, [['address', account.address]]);
    const cookie = answer.headersArray().find(({ name, value }) => name.toLowerCase() === 'set-cookie' && value.startsWith('reset='))?.value ?? '';
    expect(cookie).toMatch(/^reset=[\w-]{43}; Path=\/; HttpOnly; SameSite=lax$/i);
    const token = /^reset=([\w-]+)/.exec(cookie)?.[1] ?? '';
    expect(rows(world, 'select * from password_resets where id = ?', token)).toEqual([]);
  });

  test('SEC-66, SEC-68: from anywhere else: refused', async ({ request, world, account }) => {
    for (const headers of [{}, { origin: 'null' }, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }] as Record<string, string>[]) {
      const before = begun(world, account.address);
      expect((await begin(request, world, [['address', account.address]], headers)).status()).toBe(403);
      expect(begun(world, account.address)).toBe(before);
    }
  });

  test('T15, SEC-54: 20 GETs and HEADs of every page by a scanner change nothing, with the cookie and without', async ({
    request,
    playwright,
    world,
    account,
  }) => {
    await begin(request, world, [['address', account.address]]);
    const code = await readCode(world, account.address);
    const strange = await playwright.request.newContext();
    const kept = () => ['password_resets', 'email_codes'].map((table) => rows(world, `select * from ${table} ${owned}`, account.address));
    const before = kept();
    expect(before).toMatchObject([[{}], [{}]]);
    const paths = [
      ...resetSteps.map(resetPath),
      ...resetWays.map(proveIdentityPath),
      `${resetPath('email-code')}?code=${code}`,
      `${startResetPath(null)}?address=${account.address}`,
    ];
    for (const path of paths) {
      for (let n = 0; n < 20; n++) {
        const scanner = n % 2 ? request : strange;
        expect((await (n % 4 < 2 ? scanner.get(world.portal + path) : scanner.head(world.portal + path))).status(), path).toBe(200);
      }
    }
    expect(kept()).toEqual(before);
    await strange.dispose();
  });

  test('SEC-69: a planted cookie is nobody’s, and the next beginning replaces it; a planted way back leads nowhere else', async ({
    playwright,
    world,
    account,
  }) => {
    const planted = await playwright.request.newContext({ extraHTTPHeaders: { cookie: 'reset=planted' } });
    for (const step of resetSteps) {
      const answer = await planted.get(world.portal + resetPath(step));
      expect(new URL(answer.url()).pathname).toBe(resetPath('start'));
    }
    const answer = await begin(planted, world, [['address', account.address]]);
    expect(answer.headers()['set-cookie']).toMatch(/^reset=(?!planted)/);
    await planted.dispose();
    const fresh = await playwright.request.newContext();
    for (const from of [
      '//evil.example',
      'https://evil.example',
      '../../account',
      '%0d%0aset-cookie:x',
      '"><script>',
      enrolPath('x'.repeat(20), 'welcome'),
    ]) {
      const html = await (await fresh.get(`${world.portal}${resetPath('start')}?from=${encodeURIComponent(from)}`)).text();
      // Next repeats the query in the page's own data: in no link, form or field.
      expect(html).not.toMatch(/ (href|action|value|src)="[^"]*(evil|script)/);
      expect(hiddenFieldsOf(html, 'address').from).toBe('');
    }
    await fresh.dispose();
  });
});
