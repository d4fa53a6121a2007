// The telephone's own app, in a browser whose profile is kept, with a push service, a desktop and an authenticator around it: from the QR code
// to the answer. The computer is played by a process without pages.
import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type LaunchOptions, type Locator, type Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { scanQr } from './code-app.ts';
import { expect, expectAccessible, expectNoSidewaysScroll, type Stage, testOnStage } from './fixtures.ts';
import { comesBack, numberOn, of } from './phone-person.ts';
import type { ComputerActs } from './phone-services/computer.testing.ts';
import { type NotificationDaemon, startNotificationDaemon } from './phone-services/notification-daemon.ts';
import { type PhoneServices, startPhoneServices } from './phone-services/phone-services.ts';
import { type Account, type RunningWorld, startWorld } from './world.ts';

const installed = (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, 'dbus-daemon')));

/** The process on the portal's data that stands for the computer's pages. */
interface Computer {
  does<Name extends keyof ComputerActs>(name: Name, ...input: Parameters<ComputerActs[Name]>): Promise<Awaited<ReturnType<ComputerActs[Name]>>>;
  stop(): Promise<void>;
}

async function startComputer(environment: Readonly<Record<string, string>>): Promise<Computer> {
  const child = fork('e2e/phone-services/computer.testing.ts', [], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, ...environment },
  });
  const said = () =>
    new Promise<never>((resolve, reject) => {
      const ended = () => reject(new Error('The computer has ended.'));
      child.once('exit', ended);
      child.once('message', ({ value, error }: { value: never; error?: string }) => {
        child.off('exit', ended);
        if (error) reject(new Error(error));
        else resolve(value);
      });
    });
  await said();
  return {
    does(name, ...[input]) {
      const answer = said();
      child.send({ name, input });
      return answer;
    },
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      await gone;
    },
  };
}

interface PhoneWorld extends RunningWorld {
  readonly services: PhoneServices;
  readonly desktop: NotificationDaemon;
  readonly computer: Computer;
}

const withPhoneServices: Stage<PhoneWorld> = async (place, use) => {
  const services = await startPhoneServices();
  const desktop = await startNotificationDaemon();
  const world = await startWorld({ ...place, accounts: 16, environment: services.portalEnvironment });
  const computer = await startComputer(world.environment);
  await use({ ...world, services, desktop, computer });
  await computer.stop();
  await world.stop();
  await desktop.stop();
  await services.stop();
};

const pixel = 'Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36';
const screen = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;

interface PhoneOptions {
  readonly locale?: 'fr-FR' | 'en-GB';
  readonly colorScheme?: 'light' | 'dark';
  /** What its camera sees. */
  readonly film?: string;
}

interface Held {
  readonly context: BrowserContext;
  readonly page: Page;
  /** @returns what the browser complained of */
  put(): Promise<readonly string[]>;
}

/** A telephone in somebody's hand; it lies there again when it is `put`. */
async function hold(
  { services, desktop }: PhoneWorld,
  launchOptions: LaunchOptions,
  { locale = 'fr-FR', colorScheme = 'light', film }: PhoneOptions,
): Promise<Held> {
  const profile = mkdtempSync(join(tmpdir(), 'portal-phone-'));
  const seeing = film ? ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${film}`] : [];
  const context = await chromium.launchPersistentContext(profile, {
    ...launchOptions,
    ...screen,
    locale,
    colorScheme,
    timezoneId: 'Europe/Paris',
    userAgent: pixel,
    args: [...services.push.chromiumSwitches, ...seeing],
    env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: desktop.address },
    permissions: film ? ['notifications', 'camera'] : ['notifications'],
  });
  const heard: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error' || /content.security.policy/i.test(message.text())) heard.push(message.text());
  });
  context.on('weberror', (error) => heard.push(error.error().message));
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    context,
    page,
    async put() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
      return heard;
    },
  };
}

const test = testOnStage('phone', 40, withPhoneServices).extend<{ holdsPhone: (options?: PhoneOptions) => Promise<Held> }>({
  missing: installed ? null : 'dbus-daemon is not installed (apt-get install dbus libnotify4).',
  holdsPhone: async ({ world, launchOptions, tolerated }, use) => {
    const held: Held[] = [];
    await use(async (options = {}) => {
      const phone = await hold(world, launchOptions, options);
      held.push(phone);
      return phone;
    });
    const heard = (await Promise.all(held.map((phone) => phone.put()))).flat();
    expect(heard.filter((line) => !tolerated.some((pattern) => pattern.test(line)))).toEqual([]);
  },
});

/** Its fingerprint sensor, of this page. */
async function sensor(page: Page): Promise<{ readonly cdp: CDPSession; readonly authenticatorId: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable', { enableUI: false });
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true } as const;
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, automaticPresenceSimulation: true } });
  return { cdp, authenticatorId };
}

/** A browser takes its time to subscribe with a push service, and tries again by itself. */
const title = (page: Page, name: string | RegExp) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible({ timeout: 60_000 });
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).click();

/** A browser that has hardly started may not have reached its push service: the app says so, and leaves the button for another try. */
async function allowsNotifications(page: Page, next: Locator) {
  const failed = page.getByText('Les notifications n’ont pas pu être mises en place');
  for (let tries = 1; tries <= 3; tries++) {
    await press(page, 'Autoriser les notifications');
    await expect(failed).toBeHidden();
    await expect(next.or(failed).first()).toBeVisible({ timeout: 60_000 });
    if (await next.isVisible()) return;
  }
  throw new Error('The browser does not reach its push service.');
}

/** As somebody sees it: nothing cut off, nothing that a screen reader stumbles over. */
async function looksRight(page: Page) {
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
}

/** What went wrong, of the app: Next has an announcer of its own. */
const alert = (page: Page) => page.locator('main').getByRole('alert');

const pin = '482915';

/** From the address in the QR code to the app's home. */
async function pairs(
  page: Page,
  { computer }: PhoneWorld,
  { address }: Account,
  by: 'biometrics' | 'pin',
  each: () => Promise<void> = async () => undefined,
) {
  const { uri } = await computer.does('pair', { address });
  await page.goto(uri ?? '');
  await title(page, 'Relier ce téléphone à ce compte ?');
  expect(page.url(), 'the ticket leaves the address').not.toContain('#');
  await expect(page.getByText(address)).toBeVisible();
  await each();
  await press(page, 'Oui, c’est mon compte');
  await title(page, 'Comment direz-vous que c’est vous ?');
  await each();
  if (by === 'pin') {
    if (await page.getByRole('radio').count()) await page.getByRole('radio', { name: /Un code PIN/ }).check();
    await page.getByLabel('Choisissez un code PIN').fill(pin);
  }
  await press(page, 'Continuer');
  await title(page, 'Être prévenu des demandes');
  await each();
  await allowsNotifications(page, page.getByRole('heading', { level: 1, name: 'Confirmez sur l’ordinateur' }));
  await each();
  expect(await computer.does('shown', { address })).toMatchObject({
    state: 'finished',
    phone: { unlock: by, system: 'Android', notifications: true },
  });
  expect(await computer.does('confirm', { address })).toMatchObject({ ok: true });
  await title(page, 'Rien à confirmer');
  await expect(page.getByText('Ce téléphone est relié à votre compte')).toBeVisible();
}

/** Signs in at the computer. @returns the number shown there, once the telephone asks */
async function asks(page: Page, { computer }: PhoneWorld, account: Account, application: string): Promise<number> {
  const number = await computer.does('ask', { ...account, application });
  await title(page, `Est-ce vous qui ouvrez ${application} ?`);
  return number ?? 0;
}
/** @param code null: the telephone asks for none */
async function answers(page: Page, number: number, code: string | null, button: 'Accepter' | 'Refuser' = 'Accepter') {
  await page.getByLabel('Nombre affiché sur l’ordinateur').fill(String(number));
  if (code) await page.getByLabel('Votre code PIN').fill(code);
  await press(page, button);
}

// One after the other: one push service, one desktop.
test.describe.configure({ mode: 'default', timeout: 240_000 });

test('from a QR code to a confirmed sign-in: fingerprint, test notification with its signed receipt, a request, its answer', async ({
  world,
  account,
  holdsPhone,
}) => {
  const { desktop, computer, services } = world;
  const { address } = account;
  const { page, context } = await holdsPhone();
  await sensor(page);
  await pairs(page, world, account, 'biometrics', () => looksRight(page));

  // A test notification, by itself: the portal believes only the telephone's signed word that it came.
  await expect.poll(() => desktop.shown.map((shown) => shown.title)).toContain('Notification d’essai');
  await expect(page.getByText('La notification d’essai est arrivée.')).toBeVisible();
  await expect.poll(async () => (await computer.does('phones', { address }))[0]?.notifiedAt ?? null).not.toBeNull();
  await expect(page.getByText('Actives')).toBeVisible();
  await looksRight(page);

  const cdp = await context.newCDPSession(page);
  expect((await cdp.send('Page.getInstallabilityErrors')).installabilityErrors).toEqual([]);

  // A request: the notification tells nothing, the app tells all but the number.
  const before = desktop.shown.length;
  const number = await asks(page, world, account, 'Share');
  await expect.poll(() => desktop.shown.length).toBeGreaterThan(before);
  const shown = desktop.shown.at(-1);
  expect(shown?.title).toBe('Demande de connexion');
  expect(`${shown?.title} ${shown?.body}`.replace(/localhost:\d+/g, '')).not.toMatch(/\d|Share|Firefox/);
  expect(services.push.received.at(-1)?.status).toBe(201);
  await expect(page.getByText('Firefox sur Windows')).toBeVisible();
  expect(await page.content()).not.toContain(`>${number}<`);
  await looksRight(page);

  await answers(page, 7, null);
  await expect(page).toHaveTitle(/^Erreur/);
  await looksRight(page);
  await answers(page, number, null);
  await title(page, 'Rien à confirmer');
  await expect(page.getByText('C’est confirmé')).toBeVisible();
  expect(await computer.does('request')).toMatchObject({ status: 'approved' });
  // The test that follows a pairing is made once.
  await expect(page.getByText('Un essai vient de partir')).toBeHidden();
  await expect(page.getByText(/Acceptée, aujourd’hui/)).toBeVisible();
  await looksRight(page);

  // Opened by the notification, from nowhere.
  await page.goto('about:blank');
  await computer.does('ask', { ...account, application: 'Cloud' });
  await expect.poll(() => desktop.shown.at(-1)?.id !== shown?.id || desktop.shown.length > before + 1).toBe(true);
  const opened = context.waitForEvent('page');
  const last = desktop.shown.at(-1);
  if (last) desktop.click(last);
  const other = await opened;
  await title(other, 'Est-ce vous qui ouvrez Cloud ?');
  await press(other, 'Ce n’est pas moi');
  await expect(other.getByText('C’est signalé')).toBeVisible();
  await expect(other.getByRole('link', { name: 'Changer mon mot de passe' })).toHaveAttribute('href', '/account/password');
  expect(await computer.does('request')).toMatchObject({ status: 'denied', why: 'reported' });
  await looksRight(other);
});

test('both ends: paired with the QR code of the wizard, asked the next day; the notification is clicked, the number typed, the application opens', async ({
  person,
  world,
  holdsPhone,
}) => {
  test.slow();
  const { desktop } = world;
  const { page, context } = await holdsPhone();
  const { address } = person.account;
  await person.opens('cloud');
  await person.givesPassword();
  await person.givesEmailCode();
  await person.beginsEnrolment();
  await person.hands.tick(person.page.getByRole('radio', { name: of(person).choice }));
  await person.press(person.words.continue);
  await person.sees(of(person).pairTitle);

  await page.goto(await scanQr(person.page));
  await title(page, 'Relier ce téléphone à ce compte ?');
  await expect(page.getByText(address)).toBeVisible();
  await press(page, 'Oui, c’est mon compte');
  await person.sees(of(person).finishTitle);
  await page.getByLabel('Choisissez un code PIN').fill(pin);
  await press(page, 'Continuer');
  await allowsNotifications(page, page.getByRole('heading', { level: 1, name: 'Confirmez sur l’ordinateur' }));
  await person.sees(of(person).isItYours);
  await person.press(of(person).yes);
  await title(page, 'Rien à confirmer');
  await expect(page.getByText('La notification d’essai est arrivée.')).toBeVisible();
  await person.answersQuestions();
  await person.keepsRecoveryCodes();
  await person.goesOn();
  await person.agrees();
  await person.isSignedInTo('cloud');

  // The app is closed: the notification is all that there is.
  await page.goto('about:blank');
  const before = desktop.shown.length;
  await comesBack(person, 'cloud');
  await expect.poll(() => desktop.shown.length).toBeGreaterThan(before);
  const opened = context.waitForEvent('page');
  const shown = desktop.shown.at(-1);
  if (shown) desktop.click(shown);
  const asked = await opened;
  await title(asked, 'Est-ce vous qui ouvrez Cloud ?');
  await answers(asked, await numberOn(person.page), pin);
  await person.isSignedInTo('cloud');
  expect(await person.toldClaim('acr')).toBe('https://refeds.org/profile/mfa');
  expect(await person.toldClaim('amr')).toEqual(expect.arrayContaining(['pwd', 'swk', 'pin', 'mfa']));
});

test('a PIN: wrong ones are counted, a wrong number denies, a request may be refused, replaced, cancelled', async ({
  world,
  account,
  holdsPhone,
}) => {
  const { computer } = world;
  const { page } = await holdsPhone({ colorScheme: 'dark' });
  await pairs(page, world, account, 'pin', () => looksRight(page));
  await looksRight(page);

  let number = await asks(page, world, account, 'Share');
  await looksRight(page);
  await answers(page, number, '999999');
  await expect(alert(page)).toContainText('Ce n’est pas votre code PIN');
  await looksRight(page);
  await answers(page, number, pin);
  await expect(page.getByText('C’est confirmé')).toBeVisible();

  number = await asks(page, world, account, 'Cloud');
  const wrong = number === 10 ? 11 : number - 1;
  await answers(page, wrong, pin);
  await expect(alert(page)).toContainText('Il vous reste 1 essai.');
  await answers(page, wrong, pin);
  await title(page, 'Rien à confirmer');
  await expect(alert(page)).toContainText('La demande est refusée');
  expect(await computer.does('request')).toMatchObject({ status: 'denied', why: 'number' });
  await expect(page.getByText(/Refusée\s: nombre faux/)).toBeVisible();

  await asks(page, world, account, 'Sifac+');
  await asks(page, world, account, 'InsermBiblio');
  await computer.does('cancel');
  await title(page, 'Rien à confirmer');
  await expect(page.getByText('La demande n’attend plus')).toBeVisible();
  await looksRight(page);
});

test('nobody answers: the request leaves the screen by itself; five wrong PINs lock, and the app says what is left', async ({
  world,
  account,
  holdsPhone,
}) => {
  const { computer } = world;
  const { page } = await holdsPhone();
  await pairs(page, world, account, 'pin');

  await asks(page, world, account, 'Share');
  await page.getByLabel('Nombre affiché sur l’ordinateur').fill('1');
  // Told to who can't see the seconds run.
  await expect(page.getByRole('status').getByText('Encore 10 secondes')).toBeAttached({ timeout: 70_000 });
  await expect(page.getByText('Cette demande a expiré')).toBeVisible({ timeout: 20_000 });
  await title(page, 'Rien à confirmer');
  await expect(page.getByText(/Sans réponse, aujourd’hui/)).toBeVisible();
  await looksRight(page);
  expect(await computer.does('request')).toMatchObject({ status: 'expired' });

  const number = await asks(page, world, account, 'Cloud');
  for (const left of [4, 3, 2, 1, 0]) {
    await answers(page, number, '999999');
    if (left > 0) await expect(alert(page)).toContainText(new RegExp(`${left}\\sessais?`));
  }
  await title(page, 'Ce téléphone ne confirme plus rien');
  await expect(page.getByText('Ce téléphone est bloqué').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Afficher un code' })).toHaveCount(0);
  await looksRight(page);
  expect(await computer.does('request')).toMatchObject({ status: 'denied', why: 'locked' });
  expect((await computer.does('phones', { address: account.address }))[0]).toMatchObject({ lockedWhy: 'pin' });

  // So it stays, and can be taken off this telephone.
  await page.reload();
  await title(page, 'Ce téléphone ne confirme plus rien');
  await press(page, 'Effacer ce compte de l’application');
  await title(page, 'Reliez ce téléphone à votre compte');
});

test('the language changed on the way, while it is paired and while it is asked: nothing is lost, and nothing is asked twice', async ({
  world,
  account,
  holdsPhone,
}) => {
  const { computer } = world;
  const { address } = account;
  const { page } = await holdsPhone();
  const { uri } = await computer.does('pair', { address });
  await page.goto(uri ?? '');
  await title(page, 'Relier ce téléphone à ce compte ?');
  await press(page, 'English');
  await title(page, 'Link this phone to this account?');
  expect(page.url()).not.toContain('#');
  await looksRight(page);
  await press(page, 'Yes, this is my account');
  await title(page, 'How will you say that it is you?');
  await press(page, 'Français');
  await title(page, 'Comment direz-vous que c’est vous ?');
  await page.getByLabel('Choisissez un code PIN').fill(pin);
  await press(page, 'English');
  await expect(page.getByLabel('Choose a PIN')).toHaveValue(pin);
  await press(page, 'Continue');
  await press(page, 'Continue without notifications');
  await title(page, 'Confirm on the computer');
  await press(page, 'Français');
  await title(page, 'Confirmez sur l’ordinateur');
  expect(await computer.does('confirm', { address })).toMatchObject({ ok: true });
  await title(page, 'Rien à confirmer');

  const number = await asks(page, world, account, 'Share');
  await answers(page, number, '999999');
  await expect(alert(page)).toContainText('Ce n’est pas votre code PIN');
  await page.getByLabel('Votre code PIN').fill(pin);
  await press(page, 'English');
  await title(page, 'Is it you opening Share?');
  await expect(page.getByLabel('Number shown on the computer')).toHaveValue(String(number));
  await expect(page.getByText('Ce n’est pas votre code PIN')).toHaveCount(0);
  await expect(page).toHaveTitle(/^Sign-in request/);
  await looksRight(page);
  await expect(page.getByLabel('Your PIN')).toHaveValue(pin);
  await press(page, 'Accept');
  await title(page, 'Nothing to confirm');
  expect(await computer.does('request')).toMatchObject({ status: 'approved' });
  expect(await computer.does('phones', { address })).toHaveLength(1);
});

test('a code typed by hand, in English; the name and the PIN changed, notifications off and on, the phone removed', async ({
  world,
  account,
  holdsPhone,
}) => {
  const { computer } = world;
  const { address } = account;
  const { page } = await holdsPhone({ locale: 'en-GB' });
  await page.goto(`${world.portal}/authenticator`);
  await title(page, 'Link this phone to your account');
  await looksRight(page);
  await press(page, 'Continue');
  await expect(alert(page)).toContainText('Type the 8 characters');
  const { code } = await computer.does('pair', { address });
  const typed = page.getByLabel('Or type the code shown beside it');
  await typed.fill('AAAA-0000');
  await press(page, 'Continue');
  await expect(alert(page)).toContainText('8 characters');
  await looksRight(page);
  await typed.fill((code ?? '').toLowerCase().replace('-', ' '));
  await press(page, 'Continue');
  await title(page, 'Link this phone to this account?');

  // What was claimed is kept: a reload loses nothing.
  await page.reload();
  await title(page, 'Link this phone to this account?');
  await press(page, 'Yes, this is my account');
  const chosen = page.getByLabel('Choose a PIN');
  await chosen.fill('123456');
  await press(page, 'Continue');
  await expect(alert(page)).toContainText('one of the first');
  await looksRight(page);
  await chosen.fill(pin);
  await press(page, 'Continue');
  await press(page, 'Continue without notifications');
  await title(page, 'Confirm on the computer');
  await computer.does('confirm', { address });
  await title(page, 'Nothing to confirm');
  await looksRight(page);
  await press(page, 'Turn notifications on');
  await expect(page.getByText('On', { exact: true })).toBeVisible({ timeout: 20_000 });
  await expect.poll(async () => (await computer.does('phones', { address }))[0]?.subscribed).toBe(true);

  await press(page, 'Settings of this phone');
  await title(page, 'Settings of this phone');
  await looksRight(page);
  await page.getByLabel('Name of this phone').fill('Pixel of Claire');
  await press(page, 'Rename');
  await expect(page.getByText('The name is changed.')).toBeVisible();
  expect((await computer.does('phones', { address }))[0]?.name).toBe('Pixel of Claire');
  await expect(page.getByRole('button', { name: 'Show the current PIN' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Show the new PIN' })).toBeVisible();
  await page.getByLabel('Current PIN').fill('000001');
  await page.getByLabel('New PIN').fill('739164');
  await press(page, 'Change the PIN');
  await expect(alert(page)).toContainText('not your PIN');
  await looksRight(page);
  await page.getByLabel('Current PIN').fill(pin);
  await page.getByLabel('New PIN').fill('739164');
  await press(page, 'Change the PIN');
  await expect(page.getByText('The PIN is changed.')).toBeVisible();
  await press(page, 'Turn notifications off');
  await expect(page.getByText('Notifications are off.')).toBeVisible();
  expect((await computer.does('phones', { address }))[0]?.subscribed).toBe(false);

  // Never the last way to sign in.
  await press(page, 'Remove this phone from my account');
  await title(page, 'Remove this phone?');
  await looksRight(page);
  await press(page, 'Remove this phone');
  await expect(alert(page)).toContainText('only');
  await computer.does('addApp', { address });
  await press(page, 'Remove this phone');
  await title(page, 'Link this phone to your account');
  await expect(page.getByText('This phone is removed from your account')).toBeVisible();
  expect(await computer.does('phones', { address })).toEqual([]);
  await page.reload();
  await title(page, 'Link this phone to your account');
});

test.describe('without network', () => {
  // The app asks all the same, to know when there is one again.
  test.use({ tolerated: [/ERR_INTERNET_DISCONNECTED/] });

  test('the app opens, says so, and shows the code of its pairing', async ({ world, account, holdsPhone }) => {
    const { page, context } = await holdsPhone();
    await pairs(page, world, account, 'pin');
    await page.reload();
    await title(page, 'Rien à confirmer');
    await expect.poll(() => page.evaluate(async () => (await (await caches.open('authenticator-shell')).keys()).length)).toBeGreaterThan(3);
    await context.setOffline(true);
    await page.reload();
    await title(page, 'Pas de réseau');
    await press(page, 'Afficher un code');
    const code = page.locator('strong[aria-hidden]');
    await expect(async () => {
      const [shown, right] = [await code.textContent(), await world.computer.does('code', { address: account.address })];
      expect(shown?.replace(/\D/g, '')).toBe(right);
    }).toPass();
    await looksRight(page);
    await context.setOffline(false);
    await title(page, 'Rien à confirmer');
  });
});

test('the camera reads the QR code inside the app', async ({ world, account, holdsPhone, browser }) => {
  const { picture } = await world.computer.does('pair', { address: account.address });
  const drawn = await browser.newPage({ viewport: { width: 640, height: 480 } });
  await drawn.setContent(`<body style="margin:40px 120px;background:#fff">${picture}`);
  const film = join(tmpdir(), `portal-camera-${process.pid}.y4m`);
  writeFileSync(film, filmOf(PNG.sync.read(await drawn.screenshot())));
  await drawn.close();
  const phone = await holdsPhone({ film });
  try {
    await phone.page.goto(`${world.portal}/authenticator`);
    await press(phone.page, 'Scanner le QR code');
    await title(phone.page, 'Relier ce téléphone à ce compte ?');
    await expect(phone.page.getByText(account.address)).toBeVisible();
    await press(phone.page, 'Non');
    await title(phone.page, 'Reliez ce téléphone à votre compte');
    await expect(phone.page.getByText('Ce téléphone n’a pas été relié')).toBeVisible();
  } finally {
    rmSync(film);
  }
});

/** One frame, again and again: as Chromium's camera without a lens reads it. */
function filmOf({ width, height, data }: PNG): Buffer {
  const light = Buffer.alloc(width * height);
  for (let n = 0; n < light.length; n++) light[n] = Math.round(16 + ((data[4 * n] ?? 0) * 219) / 255);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((width * height) / 2, 128)]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), ...Array.from({ length: 10 }, () => frame)]);
}

test.describe('other telephones', () => {
  test('an iPhone is told to install the app first, and its ticket is not spent', async ({ world, account, browser }) => {
    const { uri } = await world.computer.does('pair', { address: account.address });
    const userAgent =
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
    const context = await browser.newContext({ ...screen, userAgent, locale: 'fr-FR' });
    const page = await context.newPage();
    await page.goto(uri ?? '');
    await title(page, 'Installez d’abord l’application');
    expect(page.url()).not.toContain('#');
    await looksRight(page);
    expect(await world.computer.does('shown', { address: account.address })).toMatchObject({ state: 'waiting' });
    await press(page, 'Continuer ici, sans notifications');
    await title(page, 'Reliez ce téléphone à votre compte');
    await context.close();
  });

  test('notifications refused, and no camera: the way goes on', async ({ world, account, browser }) => {
    const { uri } = await world.computer.does('pair', { address: account.address });
    const context = await browser.newContext({ ...screen, userAgent: pixel, locale: 'fr-FR' });
    const page = await context.newPage();
    await page.goto(`${world.portal}/authenticator`);
    await press(page, 'Scanner le QR code');
    await expect(page.getByText('L’appareil photo ne s’ouvre pas')).toBeVisible();
    await looksRight(page);
    await page.goto('about:blank');
    await page.goto(uri ?? '');
    await press(page, 'Oui, c’est mon compte');
    await page.getByLabel('Choisissez un code PIN').fill(pin);
    await press(page, 'Continuer');
    await press(page, 'Autoriser les notifications');
    // A private window: its browser refuses them unasked.
    await expect(page.getByText('Les notifications sont refusées')).toBeVisible();
    await looksRight(page);
    await press(page, 'Continuer sans notifications');
    await title(page, 'Confirmez sur l’ordinateur');
    await world.computer.does('confirm', { address: account.address });
    await title(page, 'Rien à confirmer');
    await expect(page.getByText('Refusées', { exact: true })).toBeVisible();

    // The request is there all the same, while the app is open.
    const number = await asks(page, world, account, 'Share');
    await answers(page, number, pin, 'Refuser');
    await expect(page.getByText('La demande est refusée')).toBeVisible();
    await context.close();
  });

  test('the browser’s own question about notifications is left unanswered: the way goes on without them', async ({ world, account, browser }) => {
    const { uri } = await world.computer.does('pair', { address: account.address });
    const context = await browser.newContext({ ...screen, userAgent: pixel, locale: 'fr-FR' });
    await context.addInitScript(() => {
      Object.defineProperty(Notification, 'permission', { get: () => 'default' });
      Notification.requestPermission = () => new Promise(() => {});
    });
    const page = await context.newPage();
    await page.goto(uri ?? '');
    await press(page, 'Oui, c’est mon compte');
    await page.getByLabel('Choisissez un code PIN').fill(pin);
    await press(page, 'Continuer');
    await press(page, 'Autoriser les notifications');
    await expect(page.getByText('Le navigateur demande votre accord')).toBeAttached();
    await press(page, 'Continuer sans notifications');
    await title(page, 'Confirmez sur l’ordinateur');
    expect(await world.computer.does('shown', { address: account.address })).toMatchObject({ state: 'finished', phone: { notifications: false } });
    await context.close();
  });

  test('a ticket that is used, or none of ours, is told so', async ({ world, account, browser }) => {
    const { uri } = await world.computer.does('pair', { address: account.address });
    const context = await browser.newContext({ ...screen, userAgent: pixel, locale: 'fr-FR' });
    const page = await context.newPage();
    await page.goto(uri ?? '');
    await title(page, 'Relier ce téléphone à ce compte ?');
    const other = await (await browser.newContext({ ...screen, userAgent: pixel, locale: 'fr-FR' })).newPage();
    await other.goto(uri ?? '');
    await expect(other.getByText('Ce QR code a déjà servi')).toBeVisible();
    await looksRight(other);
    await other.goto('about:blank');
    await other.goto(`${world.portal}/authenticator#pair=${'A'.repeat(32)}`);
    await expect(other.getByText('Ce QR code n’est pas l’un des nôtres')).toBeVisible();
    await other.context().close();
    await context.close();
  });

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });

    test('the page says what to do instead', async ({ page, world }) => {
      await page.goto(`${world.portal}/authenticator`);
      const told = page.locator('main noscript');
      await expect(told).toBeVisible();
      expect(await told.innerHTML()).toContain('a besoin de JavaScript');
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    });
  });
});

test('SEC-93, SEC-94: the app has a policy of its own, and its worker is served to nobody else’s page', async ({ request, world }) => {
  const page = await request.get(`${world.portal}/authenticator`);
  const { 'content-security-policy': policy = '', 'permissions-policy': permissions = '' } = page.headers();
  expect(policy).toContain("worker-src 'self'");
  expect(policy).toContain("form-action 'self';");
  expect(policy).not.toMatch(/unsafe|https?:/);
  expect(permissions).toContain('camera=(self)');
  const worker = await request.get(`${world.portal}/authenticator/worker.js`);
  expect(worker.headers()).toMatchObject({
    'service-worker-allowed': '/authenticator',
    'cache-control': expect.stringMatching(/no-store|no-cache|max-age=0/),
    'x-content-type-options': 'nosniff',
    'content-type': expect.stringContaining('javascript'),
  });
  expect(await worker.text()).not.toMatch(/https?:\/\//);
  const manifest = await request.get(`${world.portal}/authenticator/manifest.webmanifest`);
  expect(await manifest.json()).toMatchObject({ id: '/authenticator', scope: '/authenticator', display: 'standalone' });
});

test('SEC-66, SEC-97: the telephones’ routes answer nobody but our own pages, and nothing but short JSON', async ({ request, world }) => {
  const own = { origin: world.portal, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
  const names = ['claim', 'finish', 'pairing', 'pending', 'answer', 'subscription', 'test', 'receipt', 'rename', 'pin', 'remove'];
  for (const name of names) {
    const url = `${world.portal}/authenticator/api/${name}`;
    const status = async (headers: Record<string, string>, data = '{}') => (await request.post(url, { headers, data })).status();
    expect(await status({ ...own, origin: 'https://evil.example' }), name).toBe(403);
    expect(await status({ 'content-type': 'application/json' }), name).toBe(403);
    expect(await status({ ...own, 'content-type': 'text/plain' }), name).toBe(415);
    expect(await status(own, JSON.stringify({ x: 'x'.repeat(100_000) })), name).toBe(413);
    expect((await request.get(url, { headers: own })).status(), name).toBe(405);
    const plain = await request.post(url, { headers: own, data: '{"unknown":1}' });
    if (['claim', 'finish', 'pairing'].includes(name)) expect(plain.status(), name).toBe(400);
    else expect(await plain.json(), name).toMatchObject({ ok: false, problems: [{ code: 'call-refused' }] });
  }
  const events = await request.get(`${world.portal}/authenticator/api/events`);
  expect(await events.json()).toMatchObject({ ok: false, problems: [{ code: 'call-refused' }] });
});
