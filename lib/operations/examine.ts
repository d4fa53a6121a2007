// Examines a portal from outside its requests: what works, what doesn't, and the mend of each. Changes nothing.
import { statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { countUnsealed } from '#db/audit-chain';
import { countWaitingLetters, findLastEvent, listMissingGuards, tryWriting } from '#db/condition';
import { knownMigrations } from '#db/copy';
import { newestApplied } from '#db/migrate';
import { listSigningKeys } from '#db/signing-keys';
import { listVapidKeys } from '#db/vapid-keys';
import { listRegisteredApplications } from '../applications/facts.ts';
import { isOfThisChain } from '../audit/verify-chain.ts';
import { agreedSkew } from '../clock-trust.ts';
import { DirectoryUnavailable } from '../directory/directory.ts';
import { days, hours, minutes, seconds } from '../duration.ts';
import { loadSigningKeys } from '../oidc/keys.ts';
import { keyRingFile, type Portal } from '../portal.ts';
import { vapidKeySeal } from '../push/rules.ts';
import { randomToken } from '../secrets.ts';
import { type Settings, UnusableSettings, unsafeSettings } from '../settings.ts';
import { keptHead } from './audit-head.ts';
import { mendsOf, withoutPassword } from './mends.ts';
import { answered, compareClocks, mostSkew } from './watch-clock.ts';

export interface Finding {
  readonly what: string;
  readonly state: 'good' | 'notice' | 'wrong';
  readonly sentence: string;
}

const good = (what: string, sentence: string): Finding => ({ what, state: 'good', sentence });
const notice = (what: string, sentence: string): Finding => ({ what, state: 'notice', sentence });
const wrong = (what: string, sentence: string): Finding => ({ what, state: 'wrong', sentence });

const gibibyte = 1024 ** 3;
const oldBackup = days(8);

/** @param settings those of the environment. @param open opens the portal, or throws */
export async function examine(settings: Settings, open: () => Promise<Portal>): Promise<Finding[]> {
  const found = [runtime(), ...settingsFindings(settings)];
  // Looked at before it is opened, which applies what is pending.
  const tables = await tablesFinding(settings);
  if (tables.state !== 'good') return [...found, tables, await disk(settings)];
  let portal: Portal;
  try {
    portal = await open();
  } catch (error) {
    return [
      ...found,
      wrong(
        error instanceof UnusableSettings ? 'settings' : 'database',
        (mendsOf(error, settings) ?? [`It can't be opened: ${messageOf(error)}`]).join(' '),
      ),
      await disk(settings),
    ];
  }
  const checks = [database, auditLog, backups, keys, push, mail, directory, applications, server, clock];
  // One after another: what waits for a dead server must not hide behind what else is slow.
  for (const check of checks) {
    found.push(...(await check(portal).catch((error: unknown) => [wrong(check.name, mendsOf(error, settings)?.join(' ') ?? messageOf(error))])));
  }
  return [...found, await disk(settings)];
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function runtime(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const enough = major > 20 || (major === 20 && minor >= 9);
  return enough ? good('runtime', `Node ${process.versions.node}.`) : wrong('runtime', `Node ${process.versions.node}: install Node 20.9 or later.`);
}

function settingsFindings(settings: Settings): Finding[] {
  if (settings.mode === 'demo') return [notice('settings', 'This is the demo (PORTAL_MODE=demo): it must not serve real people.')];
  const unsafe = unsafeSettings(settings);
  return unsafe.length ? unsafe.map((sentence) => wrong('settings', sentence)) : [good('settings', `Fit for real people; ${settings.origin}.`)];
}

async function database({ store, settings }: Portal): Promise<Finding[]> {
  const name = `doctor:${randomToken(64)}`;
  await store.unit(name, (tx) => tryWriting(tx, name));
  return [
    good('database', `${withoutPassword(settings.database)} can be written.`),
    good('tables', `Up to date: ${knownMigrations(store.engine).at(-1)?.tag ?? 'none'}.`),
  ];
}

async function tablesFinding({ database }: Settings): Promise<Finding> {
  const applied = await newestApplied(database);
  const known = knownMigrations(/^postgres(ql)?:/.test(database) ? 'postgres' : 'sqlite');
  // Nothing there yet is no fault: it is made at the first start. What can't be looked at is said by who opens it.
  if (applied === null || applied === 0) return good('tables', 'None yet.');
  const newest = known.at(-1)?.when ?? 0;
  if (applied > newest)
    return wrong('tables', 'They are of a newer version of the portal: install that one again, or restore the backup that was made before it.');
  const pending = known.filter(({ when }) => when > applied).map(({ tag }) => tag);
  if (pending.length === 0) return good('tables', 'Up to date.');
  const which = pending.length === 1 ? pending[0] : `${pending.length}, from ${pending[0]} to ${pending.at(-1)}`;
  return notice(
    'tables',
    `Pending: ${which}. Make a copy with the version that made these tables; the next start, or any other command, applies it.`,
  );
}

/** Whether its guards are there, what is written gets its place, and the end is where it was (SEC-109). */
async function auditLog({ store, settings, now }: Portal): Promise<Finding[]> {
  const missing = await store.read((tx) => listMissingGuards(tx, store.engine));
  const { count, since } = await store.read((tx) => countUnsealed(tx));
  const kept = keptHead(settings);
  const found: Finding[] = [];
  if (missing.length)
    found.push(wrong('audit log', `Its guards are missing (${missing.join(', ')}): somebody took them away; restore a copy, then find out who did.`));
  if (kept && !(await isOfThisChain({ store }, kept)))
    found.push(wrong('audit log', `It no longer has place ${kept.seq}, which it had: run \`npm run portal -- audit verify\`.`));
  if (since !== null && now() - since > minutes(5))
    found.push(
      wrong(
        'audit log',
        `${count} events have waited for their place for more than five minutes: start the portal, or see its log for why it can't seal.`,
      ),
    );
  if (found.length) return found;
  return [good('audit log', `${count ? `${count} events wait for their place` : 'Every event has its place'}. \`audit verify\` looks at each.`)];
}

async function backups({ store, now }: Portal): Promise<Finding[]> {
  const last = await store.read((tx) => findLastEvent(tx, 'backed-up'));
  if (last === null) return [notice('backup', 'None was made by `npm run portal -- backup`: see that something else makes one every day.')];
  const age = now() - last;
  const when = `The last one was made ${age < days(1) ? `${Math.floor(age / hours(1))} hours` : `${Math.floor(age / days(1))} days`} ago`;
  if (age > oldBackup) return [wrong('backup', `${when}: see why none is made any more.`)];
  return [age > days(2) ? notice('backup', `${when}: make one every day.`) : good('backup', `${when}.`)];
}

async function keys(portal: Portal): Promise<Finding[]> {
  const { settings, secrets, store } = portal;
  const found: Finding[] = [];
  if (!settings.keys) {
    const file = keyRingFile(settings);
    const mode = statSync(file).mode & 0o777;
    found.push(
      mode & 0o077
        ? wrong('keys', `${file} can be read by others (${mode.toString(8)}): chmod 600 ${file}.`)
        : good('keys', `In ${file}, for its owner alone.`),
    );
  } else found.push(good('keys', 'From PORTAL_KEYS.'));
  if (secrets.open('doctor', secrets.seal('doctor', 'x')).toString() !== 'x') found.push(wrong('keys', 'What is sealed does not open again.'));
  const rows = await store.read(listSigningKeys);
  if (rows.length === 0) return [...found, notice('signing keys', 'None yet: the portal makes them when it starts.')];
  const opened = await loadSigningKeys(portal).catch(() => null);
  found.push(
    opened
      ? good('signing keys', `${opened.keys.length} published, the first one signs.`)
      : wrong('signing keys', 'They were sealed with a key that is not on the ring: put that key back on it.'),
  );
  return found;
}

async function push({ store, secrets, settings }: Portal): Promise<Finding[]> {
  const [row] = await store.read((tx) => listVapidKeys(tx));
  if (!row) return [notice('push keys', 'None yet: the portal makes them when the first phone subscribes.')];
  try {
    secrets.open(vapidKeySeal(row.id), row.privateKey);
    return [
      good('push keys', `Phones are woken up with them${settings.pushProxy === undefined ? '' : `, through ${new URL(settings.pushProxy).host}`}.`),
    ];
  } catch {
    return [wrong('push keys', 'They were sealed with a key that is not on the ring: put that key back on it, or no phone rings any more.')];
  }
}

async function mail({ mailer, store, settings, now }: Portal): Promise<Finding[]> {
  const { host } = new URL(settings.smtpUrl);
  const reason = await mailer.check();
  const waiting = await store.read((tx) => countWaitingLetters(tx, now() - minutes(5)));
  const found = [
    reason === null
      ? good('mail', `${host} answers.`)
      : wrong('mail', `${host} doesn't take mail (${reason}): start it or correct SMTP_URL. Letters wait meanwhile.`),
  ];
  if (waiting) found.push(wrong('mail', `${waiting} letters have waited for more than five minutes.`));
  return found;
}

async function directory({ directory, settings }: Portal): Promise<Finding[]> {
  try {
    const { outcome } = await directory.verifyPassword(`nobody.doctor@${settings.addresses.internal}`, randomToken(128));
    if (outcome !== 'wrong') return [wrong('directory', 'It takes any password for anybody: stop the portal.')];
    const where = settings.directory.kind === 'embedded' ? '' : `, ${settings.directory.urls.join(' or ')}`;
    return [good('directory', `It answers${where}.`), ...(await directory.complaints()).map((sentence) => notice('directory', sentence))];
  } catch (error) {
    if (!(error instanceof DirectoryUnavailable)) throw error;
    return [wrong('directory', `${error.message} Nobody can sign in with a password meanwhile; who is signed in stays so.`)];
  }
}

async function applications(portal: Portal): Promise<Finding[]> {
  const { length } = await listRegisteredApplications(portal);
  return [
    length ? good('applications', `${length} registered.`) : notice('applications', 'None: add them to the settings file or by `applications add`.'),
  ];
}

async function server({ settings }: Portal): Promise<Finding[]> {
  const answer = await fetch(`${settings.internalOrigin}/health`, { signal: AbortSignal.timeout(seconds(5)) }).catch(() => null);
  if (!answer) return [notice('portal', `Nothing answers on ${settings.internalOrigin}: it is not running here.`)];
  return [
    answer.ok
      ? good('portal', `It runs on ${settings.internalOrigin}.`)
      : wrong('portal', `It answers ${answer.status} on ${settings.internalOrigin}.`),
  ];
}

async function clock(portal: Portal): Promise<Finding[]> {
  const { settings, now } = portal;
  const compared: [string, number][] = [];
  const silent: Finding[] = [];
  const clocks = await compareClocks(portal);
  for (const { other, skew, reason } of clocks) {
    if (skew === null) silent.push(wrong('clock', `It can't be compared with ${other} (${reason}): let UDP port 123 out, or correct timeServer.`));
    else compared.push([other, skew]);
  }
  const answer = await fetch(settings.origin, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(seconds(5)) }).catch(() => null);
  const date = Date.parse(answer?.headers.get('date') ?? '');
  // A Date header has whole seconds.
  if (!Number.isNaN(date)) compared.push([`that of ${settings.origin}`, now() - date - 500]);
  if (compared.length + silent.length === 0)
    return [notice('clock', 'Nothing to compare it with: set timeServer, or see that time synchronisation (NTP) runs.')];
  const judged = compared.map(([other, skew]) =>
    Math.abs(skew) > mostSkew
      ? wrong('clock', `It is ${Math.round(Math.abs(skew) / 1000)} s ${skew > 0 ? 'ahead of' : 'behind'} ${other}: start time synchronisation (NTP).`)
      : good('clock', `It agrees with ${other}.`),
  );
  const { period, stepsBack } = settings.policy.totp;
  const agreed = agreedSkew(answered(clocks), period * stepsBack);
  const refusing =
    agreed === null ? [] : [wrong('clock', 'Several clocks agree on that: codes of apps are refused until it is right, and no try is counted.')];
  return [...silent, ...judged, ...refusing];
}

async function disk(settings: Settings): Promise<Finding> {
  const folders = [
    settings.dataFolder,
    ...(settings.database === ':memory:' || /^postgres(ql)?:/.test(settings.database) ? [] : [dirname(settings.database)]),
  ];
  const measured = await Promise.all(folders.map(async (folder) => ({ folder, of: await statfs(folder).catch(() => null) })));
  const missing = measured.find(({ of }) => of === null);
  if (missing) return notice('disk', `${missing.folder} isn't there yet.`);
  const [least] = measured
    .flatMap(({ folder, of }) => (of ? [{ folder, free: (of.bavail * of.bsize) / gibibyte }] : []))
    .sort((a, b) => a.free - b.free);
  if (!least) return notice('disk', 'Nothing is kept here.');
  const sentence = `${least.free.toFixed(1)} GiB free where ${least.folder} is`;
  if (least.free < 0.1) return wrong('disk', `${sentence}: free some space now, the portal stops when it is full.`);
  return least.free < 1 ? notice('disk', `${sentence}: free some space soon.`) : good('disk', `${sentence}.`);
}
