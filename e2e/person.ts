// A person at a browser: what they do, in their words, in either language, with a mouse or with the keyboard alone.
import { expect, type Locator, type Page } from '@playwright/test';
import { codeOf, keyOf, scanQr } from './code-app.ts';
import { readCode } from './mailbox.ts';
import type { Account, World } from './world.ts';

/** What a person reads on screen and looks for. */
export const words = {
  fr: {
    signInTitle: 'Connectez-vous',
    address: 'Adresse e-mail',
    password: 'Mot de passe',
    signIn: 'Se connecter',
    emailCodeTitle: 'Saisissez le code reçu par e-mail',
    mailDown: 'Notre serveur de messagerie ne répond pas',
    code: 'Code à 6 chiffres',
    continue: 'Continuer',
    welcomeTitle: 'Protégez votre compte en 4 étapes',
    begin: 'Commencer',
    installAppTitle: 'Choisissez comment confirmer votre identité',
    scanCodeTitle: 'Scannez ce QR code avec votre application',
    appCode: 'Saisissez le code affiché par votre application',
    questionsTitle: 'Choisissez quatre questions secrètes',
    question: (n: number) => `Question ${n}`,
    answer: (n: number) => `Votre réponse à la question ${n}`,
    recoveryCodesTitle: 'Gardez vos codes de secours',
    kept: 'J’ai conservé mes codes',
    finish: 'Terminer',
    doneTitle: 'Votre compte est protégé',
    goOn: /^Continuer vers /,
    secondFactorTitle: 'Saisissez le code affiché par votre application',
    otherWay: 'Un autre moyen de connexion',
    allow: 'Autoriser',
    refuse: 'Refuser',
    signOutTitle: 'Voulez-vous vous déconnecter ?',
    signOut: 'Se déconnecter',
  },
  en: {
    signInTitle: 'Sign in',
    address: 'E-mail address',
    password: 'Password',
    signIn: 'Sign in',
    emailCodeTitle: 'Enter the code received by e-mail',
    mailDown: 'Our mail server does not answer',
    code: '6-digit code',
    continue: 'Continue',
    welcomeTitle: 'Protect your account in 4 steps',
    begin: 'Start',
    installAppTitle: 'Choose how to confirm that it is you',
    scanCodeTitle: 'Scan this QR code with your app',
    appCode: 'Enter the code shown by your app',
    questionsTitle: 'Choose four secret questions',
    question: (n: number) => `Question ${n}`,
    answer: (n: number) => `Your answer to question ${n}`,
    recoveryCodesTitle: 'Keep your recovery codes',
    kept: 'I have kept my codes',
    finish: 'Finish',
    doneTitle: 'Your account is protected',
    goOn: /^Continue to /,
    secondFactorTitle: 'Enter the code shown by your app',
    otherWay: 'Another way to sign in',
    allow: 'Allow',
    refuse: 'Refuse',
    signOutTitle: 'Do you want to sign out?',
    signOut: 'Sign out',
  },
} as const;

/** How a person works a page. */
export interface Hands {
  type(field: Locator, text: string): Promise<void>;
  /** A button or a link. */
  press(control: Locator): Promise<void>;
  tick(box: Locator): Promise<void>;
  /** The nth choice of a list (0 is the invitation to choose). */
  select(list: Locator, nth: number): Promise<void>;
}

export const mouse = (_page: Page): Hands => ({
  type: (field, text) => field.fill(text),
  press: (control) => control.click(),
  tick: (box) => box.check(),
  async select(list, nth) {
    await list.selectOption({ index: nth });
  },
});

/** Tab, Enter, Space, arrows and letters; a control that Tab does not reach is an error (A11Y-19). */
export const keyboard = (page: Page): Hands => {
  const mostTabs = 80;
  const reach = async (control: Locator) => {
    await expect(control).toBeVisible();
    for (let tabs = 0; tabs < mostTabs; tabs++) {
      if (await control.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`${mostTabs} tabs do not reach ${control}.`);
  };
  return {
    async type(field, text) {
      await reach(field);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(text);
    },
    async press(control) {
      await reach(control);
      await page.keyboard.press('Enter');
    },
    async tick(box) {
      if (await box.isChecked()) return;
      // Of radio buttons, Tab reaches the chosen one (or the first): arrows go on from there.
      const radio = (await box.getAttribute('type')) === 'radio';
      if (!radio) await reach(box);
      else {
        const name = await box.getAttribute('name');
        const group = page.locator(`input[type=radio][name="${name}"]`);
        const chosen = page.locator(`input[type=radio][name="${name}"]:checked`);
        await reach((await chosen.count()) ? chosen : group.first());
        for (let i = 0; i < (await group.count()) && !(await box.evaluate((e) => e === document.activeElement)); i++)
          await page.keyboard.press('ArrowDown');
      }
      if (!(await box.isChecked())) await page.keyboard.press('Space');
    },
    async select(list, nth) {
      await reach(list);
      for (let i = 0; i < nth; i++) await page.keyboard.press('ArrowDown');
    },
  };
};

/** Four answers that nobody has guessed yet. */
const answers = ['Capitaine Patate', 'Bérengère', 'Rocamadour', 'Le Roi et l’Oiseau'];

export class Person {
  /** The key in the code app, once scanned. */
  secret: string | null = null;
  recoveryCodes: readonly string[] = [];
  /** How many codes were sent to the mailbox so far. */
  private codesSent = 0;
  private codesShown = 0;

  constructor(
    readonly page: Page,
    readonly world: World,
    readonly account: Account,
    readonly language: 'fr' | 'en',
    readonly hands: Hands,
  ) {}

  get words() {
    return words[this.language];
  }

  get name() {
    return `${this.account.givenName} ${this.account.familyName}`;
  }

  /** The same person at another browser. */
  at(page: Page, hands: Hands = mouse(page)): Person {
    const other = new Person(page, this.world, this.account, this.language, hands);
    other.secret = this.secret;
    other.recoveryCodes = this.recoveryCodes;
    other.codesSent = this.codesSent;
    other.codesShown = this.codesShown;
    return other;
  }

  async sees(title: string | RegExp) {
    await expect(this.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  }

  field(label: string) {
    return this.page.getByRole('textbox', { name: label, exact: true });
  }

  button(name: string | RegExp) {
    return this.page.getByRole('main').getByRole('button', { name, exact: true });
  }

  /** A button, or a link that stands for one. */
  way(name: string | RegExp) {
    return this.button(name).or(this.page.getByRole('main').getByRole('link', { name, exact: true }));
  }

  async press(name: string) {
    await this.hands.press(this.button(name));
  }

  /** Opens an application, and there « Se connecter ». @param query e.g. `?prompt=login` */
  async opens(application: string, query = '') {
    const origin = this.world.applications[application];
    if (!origin) throw new Error(`There is no application ${application}.`);
    if (query) return void (await this.page.goto(`${origin}/login${query}`));
    await this.page.goto(`${origin}/`);
    await this.hands.press(this.page.getByRole('link', { name: 'Se connecter' }));
  }

  /** On the sign-in page. */
  async givesPassword(password = this.account.password) {
    await this.sees(this.words.signInTitle);
    await this.hands.type(this.field(this.words.address), this.account.address);
    await this.hands.type(this.page.getByLabel(this.words.password, { exact: true }), password);
    await this.press(this.words.signIn);
  }

  /** On the page that asks for the code sent by e-mail. */
  async givesEmailCode() {
    await this.sees(this.words.emailCodeTitle);
    this.codesSent += 1;
    await this.givesCode(await readCode(this.world, this.account.address, this.codesSent));
  }

  async givesCode(code: string) {
    await this.hands.type(this.field(this.words.code), code);
    await this.press(this.words.continue);
  }

  /** The code that the app shows. The first two are those of two different steps: no step is accepted twice. */
  async readsApp(): Promise<string> {
    if (!this.secret) throw new Error('No code app is linked yet.');
    const stepsAgo = this.codesShown === 0 ? 1 : 0;
    this.codesShown += 1;
    return codeOf(this.secret, stepsAgo);
  }

  /** From « Protégez votre compte en 4 étapes » on. */
  async beginsEnrolment() {
    await this.sees(this.words.welcomeTitle);
    await this.hands.press(this.way(this.words.begin));
  }

  /** From the application to where the wizard shows the QR code of a code app. */
  async comesToScan(application: string) {
    await this.opens(application);
    await this.givesPassword();
    await this.givesEmailCode();
    await this.beginsEnrolment();
    await this.choosesApp();
    await this.sees(this.words.scanCodeTitle);
  }

  async choosesApp(app = 'Google Authenticator') {
    await this.sees(this.words.installAppTitle);
    const choice = this.page.getByRole('radio', { name: app });
    if (await choice.count()) await this.hands.tick(choice);
    await this.press(this.words.continue);
  }

  async scansCode() {
    await this.sees(this.words.scanCodeTitle);
    this.secret = keyOf(await scanQr(this.page)).secret;
    this.codesShown = 0;
    await this.hands.type(this.field(this.words.appCode), await this.readsApp());
    await this.press(this.words.continue);
  }

  async answersQuestions() {
    await this.sees(this.words.questionsTitle);
    for (const [i, answer] of answers.entries()) {
      const n = i + 1;
      await this.hands.select(this.page.getByRole('combobox', { name: this.words.question(n), exact: true }), n);
      await this.hands.type(this.field(this.words.answer(n)), answer);
    }
    await this.press(this.words.continue);
  }

  async keepsRecoveryCodes() {
    await this.sees(this.words.recoveryCodesTitle);
    const shown = this.page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ hasText: /^\s*[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\s*$/ });
    this.recoveryCodes = (await shown.allInnerTexts()).map((text) => text.trim());
    await this.hands.tick(this.page.getByRole('checkbox', { name: this.words.kept }));
    await this.press(this.words.finish);
  }

  /** « Votre compte est protégé » : what is left is to go on. */
  async goesOn() {
    await this.sees(this.words.doneTitle);
    await this.hands.press(this.way(this.words.goOn));
  }

  /** All four steps, from the welcome page on. */
  async enrols() {
    await this.beginsEnrolment();
    await this.choosesApp();
    await this.scansCode();
    await this.answersQuestions();
    await this.keepsRecoveryCodes();
    await this.goesOn();
  }

  /** On the page after the password, once a code app is linked; the next page has come when it returns. */
  async givesAppCode() {
    await this.sees(this.words.secondFactorTitle);
    await this.givesCode(await this.readsApp());
    await expect(this.page.getByRole('heading', { level: 1, name: this.words.secondFactorTitle })).toHaveCount(0);
  }

  async agrees() {
    await this.press(this.words.allow);
  }

  async refuses() {
    await this.press(this.words.refuse);
  }

  async isSignedInTo(application: string) {
    await this.page.waitForURL(`${this.world.applications[application]}/`);
    await expect(this.page.locator('[data-signed-in]')).toHaveText(this.name);
  }

  /** What the application was told: the value of one claim; undefined when it was not told. */
  async toldClaim(name: string): Promise<unknown> {
    const cell = this.page.locator(`tr[data-claim="${name}"] [data-value]`);
    if (!(await cell.count())) return undefined;
    const text = (await cell.textContent()) ?? '';
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }

  /** From the application to enrolled and back, as on the first day. */
  async arrives(application: string) {
    await this.opens(application);
    await this.givesPassword();
    await this.givesEmailCode();
    await this.enrols();
    await this.agrees();
    await this.isSignedInTo(application);
  }
}
