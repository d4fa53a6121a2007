// SEC-111: people's secrets go through every flow, and then everything that the portal leaves behind is searched for them: rows, the database's
// own file, the log, letters, and a backup. Whoever finds one of these finds no secret in it.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from '#db/migrate';
import { openPostgres, openSqlite } from '#db/store';
import { emptyDatabase } from '#db/testing';
import { sealEvents } from './audit/seal-events.ts';
import { typed } from './cli/command.testing.ts';
import { DirectoryUnavailable } from './directory/directory.ts';
import { hours, minutes } from './duration.ts';
import { answerQuestions as chooseAnswers } from './enrolment/answer-questions.ts';
import { pendingRecoveryCodes } from './enrolment/facts.ts';
import { finishEnrolment } from './enrolment/finish-enrolment.ts';
import { installApp } from './enrolment/install-app.ts';
import { saveRecoveryCodes } from './enrolment/save-recovery-codes.ts';
import { scanCode } from './enrolment/scan-code.ts';
import { pendingKey } from './enrolment/swap.testing.ts';
import { pairPhone } from './factors/add-phone.ts';
import { pairedPhone, testPin, testProven, testSubscription, ticketOf } from './factors/phone/phone.testing.ts';
import { answerQuestions } from './lost-phone/answer-questions.ts';
import { chooseProof } from './lost-phone/choose-proof.ts';
import { testPass } from './lost-phone/lost-phone.testing.ts';
import { proveEmailCode as proveMailbox } from './lost-phone/prove-email-code.ts';
import { redeemPass } from './lost-phone/redeem-pass.ts';
import { sayWhatHappened } from './lost-phone/say-what-happened.ts';
import { deliverDueMail } from './mail/deliver-mail.ts';
import { loadSigningKeys } from './oidc/keys.ts';
import { backUp } from './operations/back-up.ts';
import { choosePassword } from './password-reset/choose-password.ts';
import { proveAnswers } from './password-reset/prove-answers.ts';
import { proveEmailCode as proveResetCode } from './password-reset/prove-email-code.ts';
import { beginning, fitPassword } from './password-reset/reset.testing.ts';
import { startReset } from './password-reset/start-reset.ts';
import { changePassword } from './passwords/change-password.ts';
import {
  events,
  lastCode,
  letters,
  type TestPortal,
  testAccount,
  testFlow,
  testMemberFlow,
  testPortal,
  testReset,
  totpCode,
} from './portal.testing.ts';
import { normaliseAnswer } from './questions/rules.ts';
import { digest, newKeyRing, randomToken } from './secrets.ts';
import { startPortalSession } from './sessions/portal-session.ts';
import { askPhone } from './sign-in/ask-phone.ts';
import { checkPassword } from './sign-in/check-password.ts';
import { finishSignIn } from './sign-in/finish-sign-in.ts';
import { proveEmailCode } from './sign-in/prove-email-code.ts';
import { proveRecoveryCode } from './sign-in/prove-recovery-code.ts';
import { proveTotp } from './sign-in/prove-totp.ts';

const answers = { a1: 'Capitaine Patate', a2: 'Bérengère Lagrange', a3: 'Rocamadour', a4: 'Le Roi et l’Oiseau' };
const questions = { q1: 'first-soft-toy', q2: 'driving-instructor', q3: 'school-trip', q4: 'first-film' };
const ok = { ok: true };
const ring = newKeyRing();
const server = process.env.TEST_DATABASE_URL;

describe.each(server ? (['SQLite', 'PostgreSQL'] as const) : (['SQLite'] as const))('on %s', (engine) => {
  let folder: string;
  let database: { readonly database: string; remove(): Promise<void> } | null;
  let portal: TestPortal;
  let log: string;
  /** What each secret is, and by what name a failure calls it. */
  const secrets = new Map<string, string>();
  const mails: { kind: string; text: string }[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portal-canary-'));
    database = engine === 'PostgreSQL' ? await emptyDatabase(server ?? '') : null;
    const store = database ? openPostgres(database.database, 5) : openSqlite(join(folder, 'portal.db'));
    await migrate(store);
    log = '';
    const lines = pino(
      { base: null },
      {
        write(line: string) {
          log += line;
        },
      },
    );
    portal = { ...(await testPortal({ store, ring, settings: { dataFolder: folder } })), log: lines };
    secrets.clear();
    mails.length = 0;
  });
  afterEach(async () => {
    await portal.close();
    await database?.remove();
    rmSync(folder, { recursive: true });
  });

  const secret = <T extends string>(name: string, value: T): T => {
    secrets.set(name, value);
    return value;
  };
  const codeFrom = async (name: string, address: string) => secret(name, await lastCode(portal, address));
  const run = async (words: string[], input = '') => {
    const { out, told } = await typed(portal, words, input);
    return `${out}\n${told}`;
  };
  /** What waits is opened before it leaves: then its body is gone. */
  const deliver = async () => {
    for (const { kind, subject, text, html } of await letters(portal)) mails.push({ kind, text: [subject, text, html].join('\n') });
    await deliverDueMail(portal);
  };

  async function live(): Promise<void> {
    const wrong = secret('a wrong password', 'Les huit pingouins chantent');
    const password = secret('the password', 'Les sept girafes lisent');
    const claire = await testAccount(portal, { password });
    const { address, id } = claire;

    // The first sign-in: a wrong password, the right one, the mailbox; then the wizard.
    const flow = testFlow(portal);
    expect(await checkPassword(portal, flow, { address, password: wrong })).toMatchObject({ ok: false });
    // Typed where the address belongs.
    await checkPassword(portal, flow, { address: secret('a password typed as address', 'Les neuf castors nagent'), password });
    expect(await checkPassword(portal, flow, { address, password })).toMatchObject(ok);
    expect(await proveEmailCode(portal, flow, { code: secret('a wrong e-mail code', '180463') })).toMatchObject({ ok: false });
    expect(await proveEmailCode(portal, flow, { code: await codeFrom('an e-mail code', address) })).toMatchObject(ok);
    await deliver();
    await finishSignIn(portal, flow, digest(secret('a browser’s mark', randomToken(256))));
    const wizard = testMemberFlow(portal, { accountId: id });
    expect(await installApp(portal, wizard, { app: 'Google Authenticator' })).toMatchObject(ok);
    const key = await pendingKey(portal, id);
    secret('the app’s key', key.toString('latin1'));
    expect(await scanCode(portal, wizard, { code: secret('a wrong code of the app', '731946') })).toMatchObject({ ok: false });
    expect(await scanCode(portal, wizard, { code: secret('a code of the app', totpCode(key, portal.now())) })).toMatchObject(ok);
    for (const [field, answer] of Object.entries(answers)) {
      secret(`answer ${field}`, answer);
      secret(`answer ${field}, folded`, normaliseAnswer(answer));
    }
    expect(await chooseAnswers(portal, wizard, { ...questions, ...answers })).toMatchObject(ok);
    const codes = (await pendingRecoveryCodes(portal, wizard))?.codes ?? [];
    for (const [i, code] of codes.entries()) {
      secret(`recovery code ${i}`, code);
      secret(`recovery code ${i}, without its hyphens`, code.replaceAll(/[\s-]/g, ''));
    }
    expect(await saveRecoveryCodes(portal, wizard, { kept: 'yes' })).toMatchObject(ok);
    await finishEnrolment(portal, wizard);
    await deliver();

    // Signing in with each factor, wrongly too.
    portal.clock.advance(minutes(5));
    const second = testFlow(portal);
    await checkPassword(portal, second, { address, password });
    await proveTotp(portal, second, { code: '731946' });
    expect(await proveTotp(portal, second, { code: secret('another code of the app', totpCode(key, portal.now())) })).toMatchObject(ok);
    await finishSignIn(portal, second, randomToken(256));
    const third = testFlow(portal);
    await checkPassword(portal, third, { address, password });
    await proveRecoveryCode(portal, third, { code: secret('a wrong recovery code', 'AAAA-BBBB-CCCC-DDDD') });
    expect(await proveRecoveryCode(portal, third, { code: codes[0] ?? '' })).toMatchObject(ok);
    const token = secret('a session’s cookie', randomToken(256));
    const idToken = secret('an ID token', `eyJ.${randomToken(256)}.${randomToken(256)}`);
    const session = { accountId: id, sid: null, acr: null, amr: [], authenticatedAt: portal.now(), userAgent: null, network: null };
    await startPortalSession(portal, { ...session, token, idToken });

    // A telephone with a PIN, and one whose ticket is only shown.
    secret('the PIN', testPin);
    secret('where notifications go', testSubscription.endpoint.slice(-20));
    const phone = await pairedPhone(portal, id, 'pin');
    const fourth = testFlow(portal);
    await checkPassword(portal, fourth, { address, password });
    expect(await askPhone(portal, fourth, {})).toMatchObject(ok);
    const [request] = await phone.pending();
    if (!request) throw new Error('Nothing was asked.');
    const number = (await portal.store.db.select().from(portal.store.s.phoneRequests))[0]?.number ?? 0;
    phone.pin = secret('a wrong PIN', '619372');
    expect(await phone.approve(request, number)).toMatchObject({ ok: false });
    phone.pin = testPin;
    expect(await phone.approve(request, number)).toMatchObject(ok);
    await pairPhone(portal, testProven(portal, id));
    secret('a pairing ticket', await ticketOf(portal, id));
    await deliver();

    // A forgotten password, by the mailbox and the answers; then a change.
    portal.clock.advance(minutes(20));
    const reset = testReset(portal);
    await startReset(portal, reset, beginning, { address });
    expect(await proveResetCode(portal, reset, { code: await codeFrom('a reset’s code', address) })).toMatchObject(ok);
    await proveAnswers(portal, reset, { ...answers, a1: secret('a wrong answer', 'Commandant Topinambour') });
    expect(await proveAnswers(portal, reset, answers)).toMatchObject(ok);
    expect(await choosePassword(portal, reset, { password: secret('a password chosen', fitPassword) })).toMatchObject(ok);
    const changed = secret('a changed password', 'un nuage passe au-dessus');
    expect(await changePassword(portal, testProven(portal, id), { current: fitPassword, password: changed })).toMatchObject(ok);
    await deliver();

    // A lost phone, by a pass and by the answers.
    portal.clock.advance(hours(25));
    const lost = testFlow(portal);
    await checkPassword(portal, lost, { address, password: changed });
    expect(await sayWhatHappened(portal, lost, { happened: 'lost' })).toMatchObject(ok);
    await redeemPass(portal, lost, { code: secret('a wrong pass', 'EEEE-FFFF-GGGG-HHHH') });
    expect(await redeemPass(portal, lost, { code: secret('a pass', await testPass(portal, id)) })).toMatchObject(ok);
    const again = testFlow(portal);
    await checkPassword(portal, again, { address, password: changed });
    await sayWhatHappened(portal, again, { happened: 'lost' });
    await chooseProof(portal, again, { proof: 'answers' });
    await proveMailbox(portal, again, { code: await codeFrom('a lost phone’s code', address) });
    await answerQuestions(portal, again, answers);

    // What the commands are told and tell.
    const added = await run(['applications', 'add', 'essai', '--name', 'Essai', '--redirect-uri', 'https://essai.fr/cb', '--json']);
    secret('an application’s secret', (JSON.parse(added) as { clientSecret: string }).clientSecret);
    const typed = secret('a password on the standard input', 'Les douze loutres dansent la gigue');
    await run(['accounts', 'set-password', address], `${typed}\n`);
    const keys = await loadSigningKeys(portal);
    for (const [i, jwk] of keys.keys.entries()) secret(`signing key ${i}`, String(jwk.d));
    secret('the pepper', ring.pepper);
    for (const { key: sealing } of ring.sealing) secret('the ring’s key', sealing);

    // What goes wrong is told, and names nothing.
    portal.mailServer.down = '550 refused';
    await startReset(portal, testReset(portal), beginning, { address });
    await codeFrom('a code that does not leave', address).catch(() => {});
    await deliver();
    const down: TestPortal = {
      ...portal,
      directory: {
        ...portal.directory,
        verifyPassword: () => Promise.reject(new DirectoryUnavailable('ldaps://ldap.inserm.fr can’t be reached: start it.')),
      },
    };
    await checkPassword(down, testFlow(portal), { address, password: changed });
    const { factors } = portal.store.s;
    const twice = { id: 'x', accountId: 'nobody', kind: 'totp' as const, name: 'x', secret: key, lastStep: 0, createdAt: 1, lastUsedAt: null };
    await portal.store
      .write(portal.store.db.insert(factors).values(twice))
      .catch((error: unknown) => portal.log.error({ err: error }, 'A request failed.'));
    await sealEvents(portal);
  }

  /** How a secret may look where somebody was careless: as it is, encoded, or hashed without a key. */
  function looks(value: string): string[] {
    const bytes = Buffer.from(value, /[^\x20-\x7e]/.test(value) && value.length === 20 ? 'latin1' : 'utf8');
    const hash = (algorithm: string) => createHash(algorithm).update(bytes);
    // What is itself 128 random bits may be kept as its hash.
    const guessable = value.length < 40 && !/^[\w-]{22,}$/.test(value);
    const hashes = guessable
      ? ['sha256', 'sha1', 'md5'].flatMap((name) => [
          hash(name).digest('hex'),
          hash(name).digest('base64url'),
          hash(name).digest('base64').replace(/=+$/, ''),
        ])
      : [];
    const long =
      bytes.length >= 8
        ? [bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url'), base32(bytes), encodeURIComponent(value)]
        : [];
    return [...new Set([bytes.toString('latin1'), ...long, ...hashes])];
  }

  /** @param text latin1 when it was bytes. @returns the names of the secrets in it */
  function found(text: string): string[] {
    const lower = text.toLowerCase();
    return [...secrets].flatMap(([name, value]) =>
      looks(value).some((look) => {
        // Six digits stand in many a number: only alone are they a code.
        if (/^\d{6}$/.test(look)) return new RegExp(`(?<![\\d.])${look}(?![\\d])`).test(text);
        return lower.includes(look.toLowerCase());
      })
        ? [name]
        : [],
    );
  }

  test('SEC-111: secrets that went through every flow are in no row, no file of the database, no log, no letter but their own, and no backup', async () => {
    await live();
    expect(secrets.size).toBeGreaterThan(45);
    // The search finds what is there.
    expect(found(`x ${secrets.get('the password')} y`)).toEqual(['the password']);
    expect(found(`{"code":"${secrets.get('an e-mail code')}"}`)).toEqual(['an e-mail code']);
    expect(found(createHash('sha256').update(testPin).digest('hex'))).toEqual(['the PIN']);

    const seen: Record<string, string[]> = {};
    for (const [name, table] of Object.entries(portal.store.s)) {
      const rows = await portal.store.db.select().from(table as typeof portal.store.s.accounts);
      for (const row of rows) {
        for (const [column, value] of Object.entries(row as Record<string, unknown>)) {
          const text =
            value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : typeof value === 'string' ? value : JSON.stringify(value);
          const in_ = typeof value === 'number' ? [] : found(Buffer.from(text, value instanceof Uint8Array ? 'latin1' : 'utf8').toString('latin1'));
          if (in_.length) seen[`${name}.${column}`] = in_;
        }
      }
    }
    expect(seen).toEqual({});
    expect((await events(portal)).length).toBeGreaterThan(40);

    expect(log).toMatch(/A request failed/);
    expect(log).toMatch(/directory could not/);
    expect(log).toMatch(/could not leave/);
    expect(found(Buffer.from(log).toString('latin1'))).toEqual([]);
    expect(log).not.toContain('claire.martin');

    expect(mails.length).toBeGreaterThan(8);
    // A code is in the letter that brings it, and nothing else is in any.
    for (const { kind, text } of mails) {
      const names = found(Buffer.from(text).toString('latin1'));
      expect(names.filter((name) => !(kind === 'code' && /code$|code that does not leave/.test(name) && !/wrong|app|recovery/.test(name)))).toEqual(
        [],
      );
      if (kind !== 'code') expect(names).toEqual([]);
    }

    await backUp(portal, join(folder, 'copy'), 'cli:test');
    expect(found(readFileSync(join(folder, 'copy'), 'latin1').split('\n').slice(0, 2).join('\n'))).toEqual([]);
    // Pages that were freed, and what waits in the write-ahead log. Six digits may be anything among the bytes.
    for (const file of readdirSync(folder).filter((name) => name.startsWith('portal.db') || name === 'copy')) {
      const names = found(readFileSync(join(folder, file), 'latin1'));
      expect(
        names.filter((name) => !/^\d{6}$/.test(secrets.get(name) ?? '')),
        file,
      ).toEqual([]);
    }
  });
});

/** RFC 4648, without padding: how an authenticator app is given its key. */
function base32(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}
