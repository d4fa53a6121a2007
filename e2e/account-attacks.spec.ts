// Every action and route of the account, as the build has them, called by who may not: with no session, an old proof, another person's ids,
// from another origin or from none. Nothing changes, and what can be attributed is recorded. An action that is not in the table fails.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { APIRequestContext, APIResponse } from '@playwright/test';
import Database from 'better-sqlite3';
import { expect, testInOwnWorld } from './fixtures.ts';
import { Person } from './person.ts';
import { takeAccount, type World } from './world.ts';

/** A world of its own: « nothing changes » is said of every row in it. */
const test = testInOwnWorld('attacks', 60);

type Fields = Readonly<Record<string, string>>;
interface Ids {
  readonly factor: string;
  /** As the page of sessions names it. */
  readonly session: string;
  readonly event: string;
}
interface Row {
  /** What it asks of who calls: a session; a factor proven less than ten minutes ago beside it. */
  readonly needs: 'session' | 'proof';
  /** The form's fields, each as it would be accepted. None: the action takes arguments. */
  readonly form?: (ids: Ids) => Fields;
  readonly args?: (ids: Ids) => readonly unknown[];
  /** Whether its input names a thing that belongs to somebody, so that somebody else's must be refused and recorded. */
  readonly owned?: true;
  /** Whether the same call, by who may, changes something here and now. */
  readonly works?: true;
}

const answers = { q1: 'first-soft-toy', a1: 'Ours bleu', q2: 'driving-instructor', a2: 'Geneviève', q3: 'school-trip', a3: 'Conques' };
const nothing = () => ({});
const table: Readonly<Record<string, Row>> = {
  'account/actions.ts endAllSessions': { needs: 'session', args: () => [] },
  'account/actions.ts withdrawAgreement': { needs: 'session', args: () => ['insermbiblio'], works: true },
  'account/activity/[id]/not-me/actions.ts disavow': { needs: 'session', form: ({ event }) => ({ event }), owned: true },
  'account/confirm/actions.ts confirm': { needs: 'session', form: () => ({ code: '123456', returnTo: '/account' }), works: true },
  'account/confirm/actions.ts askPasskey': { needs: 'session', args: () => [] },
  'account/confirm/actions.ts givePasskey': { needs: 'session', form: () => ({ credential: '{}', returnTo: '/account' }) },
  'account/confirm/actions.ts ask': { needs: 'session', form: () => ({ request: '', returnTo: '/account' }) },
  'account/confirm/actions.ts goOn': { needs: 'session', form: () => ({ request: '', returnTo: '/account' }) },
  'account/factors/actions.ts rename': { needs: 'session', form: ({ factor }) => ({ factor, name: 'Volé' }), owned: true, works: true },
  'account/factors/actions.ts choose': { needs: 'proof', form: () => ({ app: 'other' }), works: true },
  'account/factors/actions.ts prove': { needs: 'proof', form: () => ({ code: '123456' }), works: true },
  'account/factors/actions.ts remove': { needs: 'proof', form: ({ factor }) => ({ factor }), owned: true },
  'account/factors/actions.ts makeCodes': { needs: 'proof', form: nothing, works: true },
  'account/factors/actions.ts keepCodes': { needs: 'proof', form: () => ({ kept: 'yes' }), works: true },
  'account/factors/actions.ts pairAnew': { needs: 'proof', form: nothing, works: true },
  'account/factors/actions.ts confirmPhone': { needs: 'proof', form: ({ factor }) => ({ factor }), owned: true },
  'account/factors/actions.ts refusePhone': { needs: 'proof', form: nothing },
  'account/factors/actions.ts pairNewPhoneAnew': { needs: 'proof', form: ({ factor }) => ({ old: factor }) },
  'account/factors/actions.ts confirmNewPhone': { needs: 'proof', form: ({ factor }) => ({ factor, old: factor }), owned: true },
  'account/factors/actions.ts refuseNewPhone': { needs: 'proof', form: ({ factor }) => ({ old: factor }) },
  'account/factors/actions.ts chooseForNewPhone': { needs: 'proof', form: ({ factor }) => ({ app: 'other', old: factor }) },
  'account/factors/actions.ts proveOnNewPhone': { needs: 'proof', form: ({ factor }) => ({ code: '123456', old: factor }) },
  'account/factors/actions.ts removeOldPhone': { needs: 'proof', form: ({ factor }) => ({ factor }), owned: true },
  'account/factors/add-passkey/actions.ts askPasskey': { needs: 'proof', args: () => [], works: true },
  'account/factors/add-passkey/actions.ts givePasskey': { needs: 'proof', form: () => ({ credential: '{}' }) },
  'account/help/actions.ts ask': { needs: 'session', form: () => ({ topic: 'something-else', text: 'Mon écran reste blanc.' }), works: true },
  'account/password/actions.ts change': {
    needs: 'proof',
    form: () => ({ current: 'quatre tortues dans la brume', password: 'quarante girafes sous un parapluie jaune' }),
    works: true,
  },
  'account/questions/actions.ts change': { needs: 'proof', form: () => ({ ...answers, q4: 'first-film', a4: 'Mon oncle' }), works: true },
  'account/sessions/actions.ts endOne': { needs: 'session', args: ({ session }) => [session], owned: true },
  'account/sessions/actions.ts endOthers': { needs: 'session', args: () => [] },
};

/** Routes beside pages: method, and what a stranger is answered. */
const routes: Readonly<Record<string, { readonly method: 'GET' | 'POST'; readonly needs: 'nothing' | 'session' | 'proof' }>> = {
  '/account/sign-in': { method: 'GET', needs: 'nothing' },
  '/account/sign-out': { method: 'POST', needs: 'nothing' },
  '/account/data/file': { method: 'POST', needs: 'proof' },
  '/account/session-end': { method: 'POST', needs: 'nothing' },
  '/account/factors/recovery-codes/file': { method: 'GET', needs: 'proof' },
  '/account/factors/add/scan-phone/state': { method: 'GET', needs: 'session' },
  '/account/confirm/state': { method: 'GET', needs: 'session' },
};

interface Action {
  readonly name: string;
  readonly id: string;
  /** A page of the account that may call it, with `[id]` where an id stands. */
  readonly page: string;
}

/** As Next's build names them: an action that nobody calls is in it as well, as long as a page imports its file. */
function actionsOfBuild(): Action[] {
  const manifest = JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8')) as {
    node: Record<string, { exportedName: string; filename: string; workers: Record<string, unknown> }>;
  };
  return Object.entries(manifest.node)
    .filter(([, { filename }]) => filename.startsWith('app/account/'))
    .map(([id, { exportedName, filename, workers }]) => {
      const page = Object.keys(workers).find((worker) => /^app\/account\/.*page$/.test(worker) || worker === 'app/account/page') ?? '';
      return { name: `${filename.slice('app/'.length)} ${exportedName}`, id, page: page.replace(/^app/, '').replace(/\/page$/, '') };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** As the sources name them. */
function actionsOfSources(): string[] {
  return readdirSync('app/account', { recursive: true, encoding: 'utf8' })
    .map((file) => posix.join('account', file))
    .filter((file) => /(^|\/|-)actions\.ts$/.test(file))
    .flatMap((file) =>
      [...readFileSync(join('app', file), 'utf8').matchAll(/^export (?:const|async function) (\w+)/gm)].map(([, name]) => `${file} ${name}`),
    )
    .sort((a, b) => a.localeCompare(b));
}

const state = { problems: [], kept: {}, notice: null, attempt: 0 };

/** A body as a page with script sends it, or as its form does without. Null: this action has no such form. */
function bodyOf({ id }: Action, row: Row, ids: Ids, script: boolean): { headers: Fields; form: FormData } {
  const form = new FormData();
  const args = row.form ? [state] : (row.args?.(ids) ?? []);
  if (script) {
    // As React names them: `_`, the number of the argument, `_`; the arguments themselves stand last.
    for (const [name, value] of Object.entries(row.form?.(ids) ?? {})) form.append(`_1_${name}`, value);
    form.append('0', JSON.stringify(row.form ? [...args, '$K1'] : args));
    return { headers: { 'next-action': id, accept: 'text/x-component' }, form };
  }
  if (args.length > 0) {
    form.append('$ACTION_REF_1', '');
    form.append('$ACTION_1:0', JSON.stringify({ id, bound: '$@1' }));
    form.append('$ACTION_1:1', JSON.stringify(args));
    if (row.form) form.append('$ACTION_KEY', 'k0');
  } else form.append(`$ACTION_ID_${id}`, '');
  for (const [name, value] of Object.entries(row.form?.(ids) ?? {})) form.append(name, value);
  return { headers: {}, form };
}

/** Tables that may tell of a refusal, and columns that say when somebody was last seen. */
const tells = new Set(['events', 'unsealed_events', 'audit_chain', 'failure_minutes']);
const fleeting: Readonly<Record<string, readonly string[]>> = { portal_sessions: ['seen_at'], session_browsers: ['seen_at'] };

function open<T>(world: World, look: (database: Database.Database) => T, readonly = true): T {
  const database = new Database(join(world.folder, 'portal.db'), { readonly, timeout: 5000 });
  try {
    return look(database);
  } finally {
    database.close();
  }
}

/** Every row of every table that an act could change. */
const snapshot = (world: World): Record<string, string[]> =>
  open(world, (database) => {
    const tables = database.prepare(`select name from sqlite_master where type = 'table' and name not like '%\\_\\_%' escape '\\'`).all() as {
      name: string;
    }[];
    return Object.fromEntries(
      tables
        .filter(({ name }) => !tells.has(name))
        .map(({ name }) => {
          const rows = database.prepare(`select * from "${name}"`).all() as Record<string, unknown>[];
          const kept = rows.map((row) => Object.entries(row).filter(([column]) => !fleeting[name]?.includes(column)));
          return [name, kept.map((row) => JSON.stringify(row)).sort()];
        }),
    );
  });

const accountIdOf = (world: World, address: string) =>
  open(world, (database) => (database.prepare('select id from accounts where address = ?').get(address) as { id: string }).id);

/** What was recorded of refusals, the latest last. */
const refusals = (world: World, accountId: string): string[] =>
  open(world, (database) =>
    (
      database.prepare(`select data from events where account_id = ? and type = 'step-refused' order by at, id`).all(accountId) as { data: string }[]
    ).map(({ data }) => data),
  );

function setProof(world: World, accountId: string, minutesAgo: number) {
  const at = Date.now() - minutesAgo * 60_000;
  open(world, (database) => database.prepare('update portal_sessions set proven_at = ? where account_id = ?').run(at, accountId), false);
}

/** Where a browser without a session is sent: to sign in; or, when it holds the cookie of one that has ended, to be told so first. */
const wayIn = /\/(account\/sign-in|session-ended)\?returnTo=/;

const logged = (world: World, sentence: string) => readFileSync(join(world.folder, 'portal.log'), 'utf8').split(sentence).length - 1;

test('SEC-98: every action and route of the account is in the table, and nothing else is', () => {
  const built = actionsOfBuild().map(({ name }) => name);
  const named = Object.keys(table).sort((a, b) => a.localeCompare(b));
  const mend = 'Name it in the table above, with an input that would be accepted, and what it asks of who calls.';
  expect(
    built.filter((name) => !(name in table)),
    mend,
  ).toEqual([]);
  expect(
    actionsOfSources().filter((name) => !(name in table)),
    mend,
  ).toEqual([]);
  expect(
    named.filter((name) => !built.includes(name)),
    'No longer in the build',
  ).toEqual([]);
  const routeFiles = readdirSync('app/account', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('route.ts'));
  expect(routeFiles.map((file) => posix.join('/account', posix.dirname(file))).filter((path) => !(path in routes))).toEqual([]);
  for (const path of Object.keys(routes)) expect(existsSync(join('app', path, 'route.ts')), path).toBe(true);
});

/** Two people at home in their account. */
interface Two {
  readonly world: World;
  readonly claire: string;
  readonly cookie: string;
  readonly mine: Ids;
  readonly theirs: Ids;
  readonly request: APIRequestContext;
}

/** Ids as rows have them. */
const idsOf = (world: World, accountId: string): Ids =>
  open(world, (database) => {
    const one = (column: string, from: string) =>
      (database.prepare(`select ${column} as id from ${from} and account_id = ? limit 1`).get(accountId) as { id: string }).id;
    return {
      factor: one('id', `factors where kind = 'totp'`),
      session: one('uid', `oidc_records where model = 'Session'`),
      event: one('id', `events where type = 'password-right'`),
    };
  });

test.describe('attacks', () => {
  let two: Two;
  let actions: readonly (Action & { row: Row })[];
  const call = (action: Action & { row: Row }, script: boolean, headers: Fields, ids: Ids = two.mine): Promise<APIResponse> => {
    const { headers: own, form } = bodyOf(action, action.row, ids, script);
    const id = action.page.includes('applications') ? 'insermbiblio' : action.page.includes('activity') ? ids.event : ids.factor;
    const url = two.world.portal + action.page.replace('[id]', id);
    return two.request.post(url, { multipart: form, headers: { ...own, ...headers }, maxRedirects: 0 });
  };
  const ours = () => ({ origin: two.world.portal, 'sec-fetch-site': 'same-origin' });
  const asClaire = () => ({ ...ours(), cookie: two.cookie });
  const ways = [true, false] as const;

  test('SEC-66, SEC-68, SEC-98, SEC-99, SEC-101, T12: no action of the account moves for who may not call it', async ({
    person,
    browser,
    playwright,
    world,
  }) => {
    test.slow();
    await test.step('two people come in', async () => {
      await person.arrives('insermbiblio');
      await person.page.goto(`${world.portal}/account`);
      await person.sees(/protégé/);
      const context = await browser.newContext({ locale: 'fr-FR' });
      const page = await context.newPage();
      const jean = new Person(page, world, takeAccount(world), 'fr', person.hands);
      await jean.at(page).arrives('insermbiblio');
      await page.goto(`${world.portal}/account`);
      await expect(page.getByRole('heading', { level: 1, name: /protégé/ })).toBeVisible();
      const cookies = await person.page.context().cookies(world.portal);
      two = {
        world,
        claire: accountIdOf(world, person.account.address),
        cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
        mine: idsOf(world, accountIdOf(world, person.account.address)),
        theirs: idsOf(world, accountIdOf(world, jean.account.address)),
        request: await playwright.request.newContext(),
      };
      await context.close();
      actions = actionsOfBuild().flatMap((action) => {
        const row = table[action.name];
        return row ? [{ ...action, row }] : [];
      });
      expect(actions.length).toBeGreaterThan(15);
      // No letter is on its way any more: the outbox is part of what must not change.
      await expect
        .poll(() =>
          open(
            world,
            (database) =>
              (database.prepare('select count(*) as n from outbox where sent_at is null and due_at is not null').get() as { n: number }).n,
          ),
        )
        .toBe(0);
    });

    await test.step('from another origin, or from none', async () => {
      setProof(world, two.claire, 1);
      const before = snapshot(world);
      const sentence = 'Refused a request that did not come from our own pages.';
      const { cookie } = two;
      const foreign: readonly Fields[] = [
        { cookie },
        { cookie, origin: 'null' },
        { cookie, origin: 'https://evil.example' },
        { cookie, origin: world.portal, 'sec-fetch-site': 'cross-site' },
        { cookie, origin: world.portal, 'sec-fetch-site': 'same-site' },
        { cookie, origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
      ];
      for (const headers of foreign) {
        for (const action of actions) {
          for (const script of ways) {
            const lines = logged(world, sentence);
            const answer = await call(action, script, headers);
            const what = `${action.name} ${JSON.stringify({ ...headers, cookie: '' })} ${script}`;
            expect(answer.status(), what).toBe(403);
            expect(answer.headers()['set-cookie'], what).toBeUndefined();
            await expect.poll(() => logged(world, sentence), what).toBe(lines + 1);
          }
        }
        for (const [path, { method }] of Object.entries(routes)) {
          if (method === 'GET') continue;
          expect((await two.request.post(world.portal + path, { headers, maxRedirects: 0 })).status(), path).toBe(403);
        }
      }
      expect(snapshot(world)).toEqual(before);
    });

    await test.step('with no session', async () => {
      const before = snapshot(world);
      for (const cookie of ['', 'portal-session=', `portal-session=${'p'.repeat(43)}`, 'portal-session=%00; portal-session=x']) {
        for (const action of actions) {
          for (const script of ways) {
            const answer = await call(action, script, { ...ours(), ...(cookie && { cookie }) });
            const what = `${action.name} ${cookie} ${script} ${answer.status()}`;
            expect(answer.status(), what).toBeLessThan(400);
            // A question for a passkey has no page to go to: it is not asked.
            if (script && action.row.needs === 'proof' && action.row.args) expect((await answer.text()).includes('challenge'), what).toBe(false);
            else expect(answer.headers().location ?? answer.headers()['x-action-redirect'], what).toMatch(wayIn);
          }
        }
        for (const [path, { method, needs }] of Object.entries(routes)) {
          if (needs === 'nothing') continue;
          const answer = await two.request.fetch(world.portal + path, { method, headers: { ...ours(), ...(cookie && { cookie }) }, maxRedirects: 0 });
          expect(answer.headers().location, path).toMatch(wayIn);
        }
      }
      expect(snapshot(world)).toEqual(before);
    });

    await test.step('with a proof of eleven minutes ago', async () => {
      setProof(world, two.claire, 11);
      const before = snapshot(world);
      for (const action of actions.filter(({ row }) => row.needs === 'proof')) {
        for (const script of ways) {
          const answer = await call(action, script, asClaire());
          const what = `${action.name} ${script} ${answer.status()}`;
          const text = await answer.text();
          expect(answer.status(), what).toBeLessThan(400);
          // Asked again beside what was typed; without script also on the page for it, where a page shows a secret or has no such form now.
          if (script && action.row.form) expect(text, what).toContain('trop ancienne');
          if (answer.headers().location) expect(answer.headers().location, what).toMatch(/^\/account\/confirm\?/);
          if (action.row.args) expect(text.includes('challenge'), what).toBe(false);
          expect(answer.headers()['set-cookie'] ?? '', what).not.toContain('portal-session');
        }
      }
      for (const [path, { method, needs }] of Object.entries(routes)) {
        if (needs !== 'proof') continue;
        const answer = await two.request.fetch(world.portal + path, { method, headers: asClaire(), maxRedirects: 0 });
        expect(answer.headers().location, path).toMatch(/\/account\/confirm\?/);
      }
      expect(snapshot(world)).toEqual(before);
    });

    await test.step('with another person’s ids', async () => {
      setProof(world, two.claire, 1);
      for (const action of actions.filter(({ row }) => row.owned)) {
        for (const script of ways) {
          const before = snapshot(world);
          const recorded = refusals(world, two.claire);
          const answer = await call(action, script, asClaire(), { ...two.theirs });
          const what = `${action.name} ${script} ${answer.status()}`;
          expect(answer.status(), what).toBeLessThan(500);
          const after = refusals(world, two.claire);
          expect(after.length, what).toBe(recorded.length + 1);
          const named = Object.values(two.theirs).some((id) => after.at(-1)?.includes(id));
          expect(named, `${what} ${after.at(-1)}`).toBe(true);
          expect(snapshot(world), what).toEqual(before);
        }
      }
      // Pages that an id leads to say nothing of what it names.
      for (const path of ['/account/factors/[id]/rename', '/account/factors/[id]/remove', '/account/change-phone/[id]']) {
        const url = world.portal + path.replace('[id]', two.theirs.factor);
        const answer = await two.request.get(url, { headers: { cookie: two.cookie }, maxRedirects: 0 });
        const nobodys = await two.request.get(world.portal + path.replace('[id]', 'nobodys'), { headers: { cookie: two.cookie }, maxRedirects: 0 });
        expect([answer.status(), answer.headers().location], path).toEqual([nobodys.status(), nobodys.headers().location]);
      }
    });

    await test.step('and by who may, the same calls are heard: the table’s inputs are no straw', async () => {
      setProof(world, two.claire, 1);
      for (const name of Object.keys(table)) {
        const action = actions.find((a) => a.name === name);
        if (!action?.row.works) continue;
        const before = snapshot(world);
        const answer = await call(action, true, asClaire());
        expect(answer.status(), name).toBeLessThan(400);
        expect(snapshot(world), name).not.toEqual(before);
      }
    });
    await two.request.dispose();
  });
});
