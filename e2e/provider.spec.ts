// The provider's own pages, the portal as its own client, and signing out in every direction, in a real browser.
import { expect, expectAccessible, test } from './fixtures.ts';

const authorize = (issuer: string, query: Record<string, string>) => `${issuer}/auth?${new URLSearchParams(query)}`;
const code = { response_type: 'code', scope: 'openid', code_challenge: 'a'.repeat(43), code_challenge_method: 'S256' };
const refused = { tolerated: [/status of 40[0-9]/] };

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test('the portal itself: first arrival, back to the page that was asked for, sign out, and nothing is left', async ({ person, page, world }) => {
      await page.goto(`${world.portal}/account`);
      await person.givesPassword();
      await person.givesEmailCode();
      await person.enrols();
      await expect(page).toHaveURL(`${world.portal}/account`);
      await expect(page.getByText(person.account.address).first()).toBeVisible();
      await page.getByRole('button', { name: person.words.signOut, exact: true }).click();
      await expect(page).toHaveURL(`${world.portal}/signed-out`);
      await person.sees('Votre session est fermée');
      await page.goto(`${world.portal}/account`);
      await person.sees(person.words.signInTitle);
    });

    test('SEC-81, SEC-83: wrong requests end at a page of ours, in the language that is chosen there', async ({ page, world }) => {
      const callback = `${world.applications.cloud}/callback`;
      for (const [query, title] of [
        [{ ...code, client_id: 'nobody', redirect_uri: 'https://evil.example/' }, 'Cette application n’est pas connue'],
        [{ ...code, client_id: 'cloud', redirect_uri: `${callback}/x` }, 'Cette application donne une adresse de retour inconnue'],
        [{ client_id: 'cloud', redirect_uri: callback, response_type: 'code', scope: 'openid' }, 'Cette application ne protège pas sa demande'],
      ] as const) {
        const answer = await page.goto(authorize(world.issuer, query));
        expect(answer?.status()).toBe(400);
        await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
        expect(new URL(page.url()).origin).toBe(world.portal);
      }
      await expect(page.getByRole('link', { name: 'Revenir à Cloud' })).toHaveAttribute('href', `${world.applications.cloud}/`);
      await page.getByRole('button', { name: 'English' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'This application does not protect its request' })).toBeVisible();
    });
    test.use(refused);

    test('SEC-91: signing out of one application is asked once, and closes the others and the portal', async ({ person, page, world }) => {
      await person.arrives('cloud');
      await person.opens('insermbiblio');
      await person.agrees();
      await person.isSignedInTo('insermbiblio');
      await page.goto(`${world.portal}/account`);
      await expect(page).toHaveURL(`${world.portal}/account`);

      await page.goto(`${world.applications.cloud}/`);
      await page.getByRole('button', { name: 'Se déconnecter' }).click();
      await person.sees(person.words.signOutTitle);
      if (javaScriptEnabled) await expectAccessible(page);
      await person.press(person.words.signOut);
      await expect(page).toHaveURL(new RegExp(`^${world.applications.cloud}/`));

      await page.goto(`${world.applications.insermbiblio}/`);
      await expect(page.locator('[data-signed-in]')).toHaveCount(0);
      await page.goto(`${world.portal}/account`);
      await person.sees('Votre session a pris fin');
    });
  });
}

test('a flow opened in another browser says where it goes on, and leads back', async ({ person, page, browser, world }) => {
  await person.opens('cloud');
  await person.sees(person.words.signInTitle);
  const elsewhere = await browser.newPage();
  await elsewhere.goto(page.url());
  await expect(elsewhere.getByRole('heading', { level: 1 })).toHaveText('Cette page a été ouverte dans un autre navigateur');
  await expect(elsewhere.getByRole('link', { name: 'Revenir à Cloud' })).toHaveAttribute('href', `${world.applications.cloud}/`);
  await elsewhere.goto(`${world.portal}/sign-in/x/password`);
  await expect(elsewhere.getByRole('heading', { level: 1 })).toHaveText('Cette adresse ne mène à aucune connexion');
  await elsewhere.close();

  const flow = page.url();
  await person.givesPassword();
  await person.givesEmailCode();
  await person.enrols();
  await person.agrees();
  await person.isSignedInTo('cloud');
  await page.goto(flow);
  await person.sees('Cette connexion est déjà terminée');
  await page.getByRole('link', { name: 'Revenir à Cloud' }).click();
  await person.isSignedInTo('cloud');
});

test('SEC-70, SEC-67: a sign-in starts by a link and comes back to the portal alone; signing out is no link', async ({
  person,
  page,
  request,
  world,
}) => {
  await page.goto(`${world.portal}/account/sign-in?returnTo=${encodeURIComponent('//evil.example/account')}`);
  await person.givesPassword();
  await person.givesEmailCode();
  await person.enrols();
  await expect(page).toHaveURL(`${world.portal}/account`);
  expect((await page.request.get(`${world.portal}/account/sign-out`)).status()).toBe(405);
  expect((await page.request.post(`${world.portal}/account/sign-out`, { headers: { origin: 'https://evil.example' } })).status()).toBe(403);
  await page.reload();
  await expect(page).toHaveURL(`${world.portal}/account`);
  for (const path of ['signin', 'signout', 'signin/portal', 'providers', 'csrf'])
    expect((await request.get(`${world.portal}/api/auth/${path}`)).status(), path).toBe(404);
});

test('SEC-59, SEC-61: the session’s cookie ends with the browser, and its id changes at every sign-in', async ({ person, page, context, world }) => {
  await page.goto(`${world.portal}/account`);
  await person.givesPassword();
  await person.givesEmailCode();
  await person.enrols();
  await expect(page).toHaveURL(`${world.portal}/account`);
  const sessionCookie = async () => (await context.cookies()).find((c) => c.name === 'portal-session');
  const first = await sessionCookie();
  expect(first).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', expires: -1 });
  await page.goto(`${world.portal}/account/sign-in`);
  await expect(page).toHaveURL(`${world.portal}/account`);
  const second = await sessionCookie();
  expect(second?.value).not.toBe(first?.value);
  await context.addCookies([{ name: 'portal-session', value: first?.value ?? '', url: world.portal }]);
  const old = await page.request.get(`${world.portal}/account`, { maxRedirects: 0 });
  expect(old.status()).toBe(307);
});

test('signing out everywhere reaches the other browser at its next request', async ({ person, page, browser, world }) => {
  await page.goto(`${world.portal}/account`);
  await person.givesPassword();
  await person.givesEmailCode();
  await person.enrols();
  await expect(page).toHaveURL(`${world.portal}/account`);
  const other = await browser.newPage();
  const there = person.at(other);
  await other.goto(`${world.portal}/account`);
  await there.givesPassword();
  await there.givesAppCode();
  await expect(other).toHaveURL(`${world.portal}/account`);
  await page.getByRole('button', { name: 'Me déconnecter partout' }).click();
  await person.sees('Toutes vos sessions sont fermées, sur tous vos appareils.');
  await other.reload();
  await there.sees('Votre session a pris fin');
  await other.getByRole('link', { name: 'Se connecter de nouveau' }).click();
  await there.sees(person.words.signInTitle);
  await other.close();
});
