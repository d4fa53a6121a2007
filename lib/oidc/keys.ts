// The provider's signing keys: sealed in the store, one active, one published ahead of its time, the retired ones as long as they may be met.
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import {
  deleteRetiredSigningKeys,
  insertSigningKey,
  listSigningKeyStates,
  listSigningKeys,
  type SigningKeyRow,
  setSigningKeyState,
} from '#db/signing-keys';
import { recordEvent } from '../audit/record-event.ts';
import { hours } from '../duration.ts';
import type { Portal } from '../portal.ts';
import { randomToken } from '../secrets.ts';
import type { Operator } from '../visitor.ts';

type Needs = Pick<Portal, 'store' | 'secrets' | 'settings' | 'now'>;

/** RS256: the one algorithm that every OpenID Connect client must know (OpenID Connect Core, section 15.1). */
const algorithm = 'RS256';
const modulusLength = 2048;
const key = 'signing-keys';

/** What a key's sealed bytes are bound to. */
export const signingKeySeal = (kid: string) => `signing_keys:${kid}`;

/** How long a retired key stays published: an ID token may come back as a hint for as long as a session lasts. */
const keptRetired = ({ settings }: Needs) => settings.policy.session.overall + hours(1);

/** @returns a private key in the form of RFC 7517, with its id in it */
export async function makeSigningKey(): Promise<{ readonly kid: string; readonly jwk: JWK }> {
  const { privateKey } = await generateKeyPair(algorithm, { modulusLength, extractable: true });
  const kid = randomToken(96);
  return { kid, jwk: { ...(await exportJWK(privateKey)), kid, alg: algorithm, use: 'sig' } };
}

async function newSigningKey({ secrets, now }: Needs, state: SigningKeyRow['state']) {
  const { kid, jwk } = await makeSigningKey();
  return { kid, jwk: secrets.seal(signingKeySeal(kid), JSON.stringify(jwk)), state, createdAt: now(), retiredAt: null };
}

/** Private keys as oidc-provider wants them: the first signs. Makes the first two when there are none. */
export async function loadSigningKeys(portal: Needs): Promise<{ readonly keys: readonly JWK[]; readonly version: string }> {
  const { store, secrets, now } = portal;
  let rows = await store.read((tx) => listSigningKeys(tx));
  if (rows.length === 0) {
    const made = [await newSigningKey(portal, 'active'), await newSigningKey(portal, 'next')];
    rows = await store.unit(key, function* (tx) {
      const others = yield* listSigningKeys(tx);
      if (others.length) return others;
      for (const row of made) yield* insertSigningKey(tx, row);
      return yield* listSigningKeys(tx);
    });
  }
  const rank = { active: 0, next: 1, retired: 2 };
  const published = rows.filter((row) => row.retiredAt === null || row.retiredAt > now() - keptRetired(portal));
  const keys = published
    .toSorted((a, b) => rank[a.state] - rank[b.state])
    .map((row) => JSON.parse(secrets.open(signingKeySeal(row.kid), row.jwk).toString()) as JWK);
  return { keys, version: versionOf(portal, rows) };
}

/** Changes when another process has rotated the keys, or when a retired key's time is up. */
export const signingKeysVersion = async (portal: Needs): Promise<string> =>
  versionOf(portal, await portal.store.read((tx) => listSigningKeyStates(tx)));

const versionOf = (portal: Needs, rows: readonly Pick<SigningKeyRow, 'kid' | 'state' | 'retiredAt'>[]) =>
  rows
    .filter((row) => row.retiredAt === null || row.retiredAt > portal.now() - keptRetired(portal))
    .map((row) => `${row.kid}:${row.state}`)
    .join(' ');

/**
 * The published next key becomes the active one, which retires; a new next key is published. A running portal notices within two
 * seconds, and applications already know the key that now signs. @returns the id of the key that now signs
 */
export async function rotateKeys(portal: Needs, operator: Operator): Promise<string> {
  await loadSigningKeys(portal);
  const made = await newSigningKey(portal, 'next');
  const at = portal.now();
  return portal.store.unit(key, function* (tx) {
    const rows = yield* listSigningKeys(tx);
    const next = rows.find((row) => row.state === 'next');
    if (!next) throw new Error('There is no next signing key.');
    for (const row of rows) if (row.state === 'active') yield* setSigningKeyState(tx, row.kid, 'retired', at);
    yield* setSigningKeyState(tx, next.kid, 'active', null);
    yield* insertSigningKey(tx, made);
    yield* deleteRetiredSigningKeys(tx, at - keptRetired(portal));
    yield* recordEvent(tx, at, operator, { type: 'keys-rotated', data: { kid: next.kid } });
    return next.kid;
  });
}
