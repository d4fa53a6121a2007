// Apache's mod_auth_openidc, unmodified, signs people in through the portal: another implementation than the ones we build with.
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { runCli, type World } from './world.ts';

const modules = '/usr/lib/apache2/modules';
const apache = '/usr/sbin/apache2';
const installed = existsSync(apache) && existsSync(join(modules, 'mod_auth_openidc.so'));
const id = 'apache';
/** In the world's ten ports, the last. */
const portOf = (world: World) => Number(new URL(world.portal).port) + 9;
const claims = ['sub', 'name', 'email', 'acr', 'amr', 'auth_time'];

const configuration = (world: World, folder: string, origin: string, secret: string) => `
ServerRoot "${folder}"
ServerName ${new URL(origin).host}
Listen 127.0.0.1:${new URL(origin).port}
PidFile "${folder}/pid"
DefaultRuntimeDir "${folder}"
ErrorLog "${folder}/error.log"
LogLevel warn
Mutex file:${folder}
${['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'dir', 'mime', 'include', 'auth_openidc'].map((m) => `LoadModule ${m}_module ${modules}/mod_${m}.so`).join('\n')}
${userInfo().uid === 0 ? 'User www-data\nGroup www-data' : ''}
TypesConfig /etc/mime.types
DocumentRoot "${folder}/www"
DirectoryIndex index.html
AddType text/html .html
AddOutputFilter INCLUDES .html
<Directory "${folder}/www">
  Options +Includes
  Require all granted
</Directory>
OIDCProviderMetadataURL ${world.issuer}/.well-known/openid-configuration
OIDCClientID ${id}
OIDCClientSecret ${secret}
OIDCRedirectURI ${origin}/protected/redirect_uri
OIDCCryptoPassphrase ${'p'.repeat(32)}
OIDCScope "openid profile email"
OIDCPKCEMethod S256
OIDCRemoteUserClaim email
OIDCPassClaimsAs environment
<Location /protected>
  AuthType openid-connect
  Require valid-user
</Location>
`;

const protectedPage = `<!doctype html><meta charset="utf-8"><title>Apache</title><h1 id="user"><!--#echo var="REMOTE_USER" --></h1>
<dl>${claims.map((c) => `<dt>${c}<dd id="${c}"><!--#echo var="OIDC_CLAIM_${c}" -->`).join('')}</dl>`;

test.describe('mod_auth_openidc', () => {
  test.describe.configure({ mode: 'serial' });
  // Apache has no icon to show.
  test.use({ tolerated: [/status of 40[0-9].*|favicon/] });

  let server: ChildProcess;
  let folder: string;
  let origin: string;

  test.beforeAll(async ({ world }, testInfo) => {
    testInfo.skip(!installed, 'Apache with mod_auth_openidc is not installed (apt-get install apache2 libapache2-mod-auth-openidc).');
    origin = `http://localhost:${portOf(world)}`;
    // Registered while the portal runs, as an administrator would.
    const registered = await runCli(world, [
      ...['applications', 'add', id, '--name', 'Apache', '--home', `${origin}/`, '--redirect-uri', `${origin}/protected/redirect_uri`],
      ...['--post-logout-redirect-uri', `${origin}/bye.html`, '--backchannel-logout-uri', `${origin}/protected/redirect_uri?logout=backchannel`],
      ...['--without-mfa', '--json'],
    ]);
    const { clientSecret } = JSON.parse(registered) as { clientSecret: string };
    folder = mkdtempSync(join(tmpdir(), 'portal-apache-'));
    mkdirSync(join(folder, 'www/protected'), { recursive: true, mode: 0o755 });
    writeFileSync(join(folder, 'www/protected/index.html'), protectedPage);
    writeFileSync(join(folder, 'www/bye.html'), '<!doctype html><meta charset="utf-8"><title>Apache</title><h1>Au revoir</h1>');
    writeFileSync(join(folder, 'www/index.html'), '<!doctype html><meta charset="utf-8"><title>Apache</title><h1>Bonjour</h1>');
    writeFileSync(join(folder, 'apache.conf'), configuration(world, folder, origin, clientSecret));
    chmodSync(folder, 0o755);
    server = spawn(apache, ['-d', folder, '-f', join(folder, 'apache.conf'), '-DFOREGROUND'], { stdio: 'inherit' });
    await expect(async () => expect((await fetch(`${origin}/`)).ok).toBe(true)).toPass({ timeout: 20_000 });
  });

  test.afterAll(async ({ world }) => {
    if (!installed) return;
    if (server?.exitCode === null) {
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await gone;
    }
    await runCli(world, ['applications', 'remove', id]);
    rmSync(folder, { recursive: true });
  });

  const log = () => readFileSync(join(folder, 'error.log'), 'utf8');

  test('SEC-21: acr and amr tell a mailbox from two factors, and the end of the session is told', async ({ person, page, world }) => {
    await page.goto(`${origin}/protected/`);
    await person.givesPassword();
    await person.givesEmailCode();
    await person.agrees();
    await expect(page.locator('#user'), log()).toHaveText(person.account.address);
    await expect(page.locator('#name')).toHaveText(person.name);
    await expect(page.locator('#acr')).toHaveText('https://refeds.org/profile/sfa');
    await expect(page.locator('#amr')).toHaveText('pwd');

    // The portal itself wants two factors: the person enrols, and the application is told more the next time.
    await page.goto(`${world.portal}/account`);
    await person.enrols();
    await expect(page).toHaveURL(`${world.portal}/account`);
    await page.getByRole('button', { name: person.words.signOut, exact: true }).click();
    await expect(page).toHaveURL(`${world.portal}/signed-out`);

    // Back-channel logout has ended Apache's session: it sends the browser to sign in again.
    await page.goto(`${origin}/protected/`);
    await person.givesPassword();
    await person.givesAppCode();
    await expect(page.locator('#user')).toHaveText(person.account.address);
    await expect(page.locator('#acr')).toHaveText('https://refeds.org/profile/mfa');
    await expect(page.locator('#amr')).toHaveText('pwd,otp,mfa');
  });

  test('SEC-90, SEC-91: keys change under way, and signing out from Apache is asked once', async ({ person, page, world }) => {
    await runCli(world, ['keys', 'rotate']);
    await page.goto(`${origin}/protected/`);
    await person.givesPassword();
    await person.givesEmailCode();
    await person.agrees();
    await expect(page.locator('#user'), log()).toHaveText(person.account.address);
    await page.goto(`${origin}/protected/redirect_uri?logout=${encodeURIComponent(`${origin}/bye.html`)}`);
    await person.sees(person.words.signOutTitle);
    await person.press(person.words.signOut);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Au revoir');
    await page.goto(`${origin}/protected/`);
    await person.sees(person.words.signInTitle);
  });
});
