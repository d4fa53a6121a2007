// Commands about keys: the ring that seals what is at rest, and the keys that sign tokens.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { rotateKeys } from '../oidc/keys.ts';
import { resealSecrets } from '../operations/reseal-secrets.ts';
import { keyRingFile } from '../portal.ts';
import { type KeyRing, newKeyRing, newSealingKey } from '../secrets.ts';
import { type Command, isSet } from './command.ts';

const json = { json: { type: 'boolean' } } as const;

const make: Command = {
  summary: 'print a new key ring for PORTAL_KEYS',
  usage: '',
  details: `Put it in the service's secret environment and in a safe: what is sealed with a lost ring can't be read again, and with a lost pepper
everybody needs a new password.`,
  options: json,
  words: 0,
  async run(world) {
    world.print(JSON.stringify(newKeyRing()));
    return 0;
  },
};

const rotate: Command = {
  summary: 'sign tokens with the next key; with --sealing, seal with a new one too',
  usage: '[--sealing] [--json]',
  details: `The portal may be running: it signs with the next key within two seconds, and applications know that key already.
With --sealing and keys in a file, the file gets a new first key and everything that lives for long is sealed again. With keys in
PORTAL_KEYS, the new ring is printed instead: put it there, start the portal again, then run \`keys reseal\`.`,
  options: { ...json, sealing: { type: 'boolean' } },
  words: 0,
  async run(world, given) {
    const answer: { signing?: string; ring?: KeyRing; resealed?: number } = {};
    const settings = world.settings();
    if (isSet(given, 'sealing')) {
      const file = keyRingFile(settings);
      const ring = settings.keys
        ? (JSON.parse(settings.keys) as KeyRing)
        : existsSync(file)
          ? (JSON.parse(readFileSync(file, 'utf8')) as KeyRing)
          : newKeyRing();
      const next: KeyRing = { ...ring, sealing: [newSealingKey(), ...ring.sealing] };
      if (settings.keys) answer.ring = next;
      else {
        // Whole or not at all: a portal that reads it meanwhile sees the old ring or the new one.
        writeFileSync(`${file}.new`, JSON.stringify(next, null, 2), { mode: 0o600 });
        renameSync(`${file}.new`, file);
      }
    }
    const portal = await world.portal();
    answer.signing = await rotateKeys(portal, world.operator);
    if (isSet(given, 'sealing') && !answer.ring) answer.resealed = await resealSecrets(portal);

    if (isSet(given, 'json')) world.print(JSON.stringify(answer));
    else {
      world.print(`Tokens are signed with key ${answer.signing}.`);
      if (answer.resealed !== undefined)
        world.print(`${answer.resealed} secrets were sealed again. Older keys may leave ${keyRingFile(settings)} in eight days.`);
      if (answer.ring) {
        world.tell('PORTAL_KEYS is to become the following line. Start the portal again with it, then run `npm run portal -- keys reseal`.');
        world.print(JSON.stringify(answer.ring));
      }
    }
    return 0;
  },
};

const resealAll: Command = {
  summary: 'seal everything that lives for long with the ring’s first key',
  usage: '[--json]',
  options: json,
  words: 0,
  async run(world, given) {
    const resealed = await resealSecrets(await world.portal());
    if (isSet(given, 'json')) world.print(JSON.stringify({ resealed }));
    else world.print(`${resealed} secrets were sealed again. Older keys may leave the ring in eight days, when what is short-lived has died.`);
    return 0;
  },
};

export const keyCommands: Readonly<Record<string, Command>> = { 'keys new': make, 'keys rotate': rotate, 'keys reseal': resealAll };
