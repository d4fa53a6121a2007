// Everything an act may touch, in one argument. The only place where adapters are chosen, and where the clock is read.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { migrate } from '#db/migrate';
import { openPostgres, openSqlite } from '#db/store';
import type { Store } from '#db/unit';
import project from '../package.json' with { type: 'json' };
import { type Changes, createChanges, telling } from './changes.ts';
import { type ClockTrust, createClockTrust } from './clock-trust.ts';
import { activeDirectory } from './directory/active-directory.ts';
import type { Directory } from './directory/directory.ts';
import { embeddedDirectory } from './directory/embedded.ts';
import { ldapDirectory } from './directory/ldap.ts';
import { measured } from './directory/measured.ts';
import { createHashing, type Hashing } from './hashing.ts';
import type { Mailer } from './mail/mailer.ts';
import { smtpMailer } from './mail/smtp.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { namedNetworks } from './networks/named-networks.ts';
import type { Networks } from './networks/networks.ts';
import type { PushSender } from './push/sender.ts';
import { webPushSender } from './push/web-push.ts';
import { openLog } from './requests/log.ts';
import { createSecrets, type KeyRing, newKeyRing, type Secrets } from './secrets.ts';
import { readSettings, type Settings } from './settings.ts';
import { createSlowMode, type SlowMode } from './slow-mode.ts';

export interface Log {
  info(facts: object, sentence: string): void;
  warn(facts: object, sentence: string): void;
  error(facts: object, sentence: string): void;
}

export interface Portal {
  readonly settings: Settings;
  readonly store: Store;
  /** What this process has just done, by account. */
  readonly changes: Changes;
  /** Epoch milliseconds. */
  now(): number;
  readonly secrets: Secrets;
  readonly hashing: Hashing;
  readonly directory: Directory;
  readonly mailer: Mailer;
  readonly push: PushSender;
  readonly networks: Networks;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly slowMode: SlowMode;
  readonly clockTrust: ClockTrust;
  close(): Promise<void>;
}

/** Opens the store, brings it to the current tables, and chooses the adapters. */
export async function openPortal(settings: Settings = readSettings()): Promise<Portal> {
  const networks = namedNetworks(settings);
  const log = openLog();
  const secrets = createSecrets(keyRingOf(settings));
  const hashing = createHashing(settings.policy.hashing, secrets.pepper);
  const postgres = /^postgres(ql)?:/.test(settings.database);
  if (!postgres && settings.database !== ':memory:') mkdirSync(dirname(settings.database), { recursive: true });
  const changes = createChanges();
  const metrics = createMetrics({ version: project.version, engine: postgres ? 'postgres' : 'sqlite' });
  const slowMode = createSlowMode({ now: () => Date.now() });
  const store = telling(postgres ? openPostgres(settings.database) : openSqlite(settings.database), changes, (event) => {
    metrics.happened(event.type);
    slowMode.note(event);
    if (event.type === 'alert-raised') log.error(event.data, 'An alert was raised.');
  });
  await migrate(store);
  const now = systemNow;
  const push = webPushSender({ settings, store, secrets, now, log });
  const directory = measured(chosenDirectory(), { metrics, now });
  return {
    settings,
    store,
    changes,
    now,
    secrets,
    hashing,
    directory,
    mailer: smtpMailer(settings),
    push,
    networks,
    log,
    metrics,
    slowMode,
    clockTrust: createClockTrust(settings.policy.totp.period * settings.policy.totp.stepsBack),
    close() {
      push.close();
      directory.close();
      return store.close();
    },
  };

  function chosenDirectory(): Directory {
    const chosen = settings.directory;
    if (chosen.kind === 'embedded') return embeddedDirectory({ store, hashing, now });
    const password = settings.ldapPassword ?? '';
    if (chosen.kind === 'active-directory') return activeDirectory({ settings: chosen, password, store, now });
    return ldapDirectory({ settings: chosen, password, store, now });
  }
}

/** The clock of whoever can't have a portal opened. Epoch milliseconds. */
export const systemNow = (): number => Date.now();

/** The key ring, for whoever can't have a portal opened; null where it would first have to be made. */
export function openSecrets(settings: Settings): Secrets | null {
  return settings.keys || existsSync(keyRingFile(settings)) ? createSecrets(keyRingOf(settings)) : null;
}

/** The file that holds the key ring when the environment doesn't. */
export const keyRingFile = (settings: Settings) => join(settings.dataFolder, 'keys.json');

/** @returns a reader of the key ring; makes the file (0600) on the first start. */
function keyRingOf(settings: Settings): () => KeyRing {
  const { keys } = settings;
  if (keys) return () => JSON.parse(keys) as KeyRing;
  const file = keyRingFile(settings);
  if (!existsSync(/* turbopackIgnore: true */ file)) {
    mkdirSync(settings.dataFolder, { recursive: true });
    writeFileSync(/* turbopackIgnore: true */ file, JSON.stringify(newKeyRing(), null, 2), { mode: 0o600, flag: 'wx' });
  }
  chmodSync(/* turbopackIgnore: true */ file, 0o600);
  return () => JSON.parse(readFileSync(/* turbopackIgnore: true */ file, 'utf8')) as KeyRing;
}
