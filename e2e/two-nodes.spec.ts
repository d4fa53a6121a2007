// Two processes of the portal on PostgreSQL, behind the nginx of docs/operations/nginx.conf: a sign-in hops between them, a telephone is asked
// by one and answers the other, and killing either loses nothing that somebody was told.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { expect, type Stage, testOnStage } from './fixtures.ts';
import { readCode } from './mailbox.ts';
import { arrivesWithPhone, comesBack, numberOn } from './phone-person.ts';
import { nginx, type RunningWorld, startWorld } from './world.ts';

const server = process.env.TEST_DATABASE_URL;
const missing = !existsSync(nginx)
  ? 'nginx is not installed (apt-get install nginx-light).'
  : !server
    ? 'TEST_DATABASE_URL names no PostgreSQL server.'
    : null;
const keysNew = ['--import', 'tsx', 'lib/cli/portal.ts', 'keys', 'new'];

/** The documented file, without what a test can't have: certificates, ports below 1024, the hosts of an institute. */
function configuration(nodes: readonly number[], port: number, folder: string): string {
  const documented = readFileSync('docs/operations/nginx.conf', 'utf8');
  const [upstream = '', ...servers] = documented.split(/(?=^server \{|^log_format )/m);
  const [format = '', , tls = ''] = servers;
  const addresses = nodes.map((node) => `    server 127.0.0.1:${node} max_fails=1 fail_timeout=1s;`).join('\n');
  const site = [upstream.replace(/(?:^ *server 127\.0\.0\.1:.*\n)+/m, `${addresses}\n`), format, tls]
    .join('\n')
    .replace(/listen 443 ssl http2;/, `listen 127.0.0.1:${port}; listen [::1]:${port};`)
    .replace(/^ *(listen \[::\]:443|ssl_).*\n/gm, '')
    .replace(/server_name .*;/, 'server_name localhost;')
    .replace('/var/log/nginx/portal.log', join(folder, 'access.log'))
    .replaceAll('$host;', '$http_host;');
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join('\n');
  return `daemon off;\npid ${folder}/nginx.pid;\nworker_processes 2;\nevents {}\nhttp {\n${paths}\n${site}\n}\n`;
}

const twoNodes: Stage<RunningWorld> = async (place, use) => {
  const client = postgres(server ?? '', { max: 1, onnotice() {} });
  const name = `portal_${randomBytes(8).toString('hex')}`;
  await client`create database ${client(name)}`;
  const database = new URL(server ?? '');
  database.pathname = `/${name}`;
  const keys = execFileSync(process.execPath, keysNew, { encoding: 'utf8', env: { ...process.env, PORTAL_MODE: 'demo' } }).trim();
  const world = await startWorld({
    ...place,
    accounts: 8,
    settings: { proxies: 1, drain: 1 },
    environment: { DATABASE_URL: database.href, PORTAL_KEYS: keys },
    nginx: (nodes) => configuration(nodes, place.firstPort, join(process.cwd(), place.folder)),
  });
  await use(world);
  await world.stop();
  await client`drop database ${client(name)} with (force)`;
  await client.end();
};

const test = testOnStage('two-nodes', 10, twoNodes, 1);

interface Line {
  readonly request?: string;
  readonly route?: string;
  readonly method?: string;
}
const linesOf = (world: RunningWorld, nth: number): Line[] =>
  readFileSync(join(world.folder, nth === 0 ? 'portal.log' : `portal-${nth + 1}.log`), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);

/** Waits at one node by an event stream. */
async function waitsAt(node: string, path: string, cookie: string) {
  const stop = new AbortController();
  const response = await fetch(`${node}${path}/state`, { headers: { accept: 'text/event-stream', cookie }, signal: stop.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const pieces = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    /** Until the stream has said so. */
    async hears(what: RegExp) {
      while (!what.test(text)) {
        const piece = await pieces?.read();
        if (!piece || piece.done) throw new Error(`The stream is over: ${text}`);
        text += piece.value;
      }
    },
    leaves: () => stop.abort(),
  };
}

test.describe('two nodes behind nginx', () => {
  test.describe.configure({ mode: 'serial' });
  test.use({ missing });

  test('a sign-in of the first day hops between them, each request known by one id in nginx’s log and in a node’s', async ({ person, world }) => {
    await person.arrives('insermbiblio');
    const lines = [linesOf(world, 0), linesOf(world, 1)];
    for (const route of ['/sign-in/[uid]/password', '/enrol/[uid]/welcome', '/oidc/auth'])
      expect(
        [...(lines[0] ?? []), ...(lines[1] ?? [])].some((line) => line.route === route),
        route,
      ).toBe(true);
    for (const node of lines) expect(node.filter(({ method }) => method === 'POST').length).toBeGreaterThan(1);
    const access = readFileSync(join(world.folder, 'access.log'), 'utf8').trim().split('\n');
    const ids = new Set(access.map((line) => line.split(' ')[1]));
    const known = lines.flat().filter(({ request, route }) => route?.startsWith('/enrol/') && ids.has(request ?? ''));
    expect(known.length).toBeGreaterThan(5);
    // No path, no query, no address of anybody.
    for (const line of access) expect(line).toMatch(/^\S+ [0-9a-f]{32} [A-Z]+ \d{3} [\d.]+ \S+(, \S+)* \S+(, \S+)*$/);
  });

  test('a telephone answers one node, and whoever waits at the other hears of it within a second or so', async ({ person, world }) => {
    const phone = await arrivesWithPhone(person, 'cloud');
    await comesBack(person, 'cloud');
    const { pathname } = new URL(person.page.url());
    const number = await numberOn(person.page);
    const cookie = (await person.page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    // The page itself would go on at once: it is opened again below.
    await person.page.goto('about:blank');
    const waiting = await Promise.all(world.nodes.map((node) => waitsAt(node, pathname, cookie)));
    await Promise.all(waiting.map((stream) => stream.hears(/^data: .*:pending$/m)));
    expect(await phone.accepts(number)).toBe('approved');
    const answered = performance.now();
    await Promise.all(waiting.map((stream) => stream.hears(/^data: .*:approved$/m)));
    expect(performance.now() - answered).toBeLessThan(2000);
    for (const stream of waiting) stream.leaves();
    await person.page.goBack();
    await person.isSignedInTo('cloud');
  });

  test('signing out at the portal through either node signs out of the applications, over the back channel', async ({ person, world, browser }) => {
    await person.arrives('insermbiblio');
    const { page } = person;
    const other = person.at(await (await browser.newContext({ locale: 'fr-FR' })).newPage());
    await other.opens('insermbiblio');
    await other.givesPassword();
    await other.givesAppCode();
    await other.isSignedInTo('insermbiblio');
    await page.goto(`${world.portal}/account`);
    await page.getByRole('button', { name: 'Me déconnecter partout' }).click();
    await expect(async () => {
      await other.page.reload();
      await expect(other.page.locator('[data-signed-in]')).toHaveCount(0, { timeout: 500 });
    }).toPass();
  });

  test('killed in turn at every step, either node loses nothing that somebody was told: REL-06', async ({ person, world }) => {
    let dead = 1;
    /** Kills the node that lives, once the other one is back. */
    const kill = async () => {
      await world.endNode(1 - dead, 'SIGKILL');
      dead = 1 - dead;
    };
    await world.endNode(dead, 'SIGKILL');
    const swap = async () => {
      await world.startNode(dead);
      await kill();
      await person.page.reload();
    };
    await person.opens('insermbiblio');
    await person.givesPassword();
    await person.sees(person.words.emailCodeTitle);
    // A letter that was just leaving would leave again two minutes later.
    await readCode(world, person.account.address);
    await swap();
    await person.givesEmailCode();
    await person.sees(person.words.welcomeTitle);
    await swap();
    await person.beginsEnrolment();
    await person.choosesApp();
    await person.sees(person.words.scanCodeTitle);
    await swap();
    await person.scansCode();
    await person.sees(person.words.questionsTitle);
    await swap();
    await person.answersQuestions();
    await person.sees(person.words.recoveryCodesTitle);
    await swap();
    await person.keepsRecoveryCodes();
    await person.sees(person.words.doneTitle);
    await swap();
    await person.goesOn();
    await person.agrees();
    await person.isSignedInTo('insermbiblio');
    await world.startNode(dead);
  });

  test('told to stop, a node says so to whoever asks, answers what it has, and nobody notices', async ({ person, world }) => {
    await person.opens('share');
    await person.givesPassword();
    await person.sees(person.words.emailCodeTitle);
    let failed = 0;
    let asked = 0;
    let stopping = true;
    const visitors = Array.from({ length: 8 }, async () => {
      while (stopping) {
        const response = await fetch(`${world.portal}/help`).catch(() => null);
        asked++;
        if (response?.status !== 200) failed++;
        await response?.arrayBuffer();
      }
    });
    for (const nth of [0, 1]) {
      const ended = world.endNode(nth, 'SIGTERM');
      const statusOf = async (path: string) => (await fetch(`${world.nodes[nth]}${path}`).catch(() => null))?.status;
      await expect.poll(() => statusOf('/health'), { intervals: [50] }).toBe(503);
      expect(await statusOf('/health/live')).toBe(200);
      await ended;
      expect(linesOf(world, nth).at(-1)).toMatchObject({ msg: 'Stopped.' });
      const answered = () => linesOf(world, nth).filter(({ route }) => route === '/help').length;
      const before = answered();
      await world.startNode(nth);
      // nginx asks it again after a second; until it does, the other one must not stop.
      await expect.poll(() => answered() > before + 3, { timeout: 30_000 }).toBe(true);
    }
    stopping = false;
    await Promise.all(visitors);
    expect(asked).toBeGreaterThan(100);
    expect(failed).toBe(0);
    await person.givesEmailCode();
    await person.agrees();
    await person.isSignedInTo('share');
  });
});
