// Keeps oidc-provider's records in our store: ids hashed, because they often are the token itself, and payloads sealed for their place.
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import { setConsentUsed } from '#db/consents';
import {
  deleteOidcRecord,
  deleteOidcRecordsOfGrant,
  findOidcRecord,
  findOidcRecordByUid,
  isEndedSession,
  type OidcRecordRow,
  setOidcRecord,
  setOidcRecordConsumed,
} from '#db/oidc-records';
import { findApplication } from '../applications/facts.ts';
import { days, minutes, seconds } from '../duration.ts';
import type { Portal } from '../portal.ts';
import { digest } from '../secrets.ts';
import { clientOf } from './client.ts';

type Needs = Pick<Portal, 'store' | 'secrets' | 'settings' | 'now'>;

/** Records that die with their grant. An Interaction names a grant too, and must survive it. */
const ofGrant = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken']);

/** A flow that is over stays for a day: whoever comes back to it is told that it is, and the way to the application. */
const flow = 'Interaction';
const remembered = days(1);

/** How exactly it is known when an application was last given a token. */
const usedEvery = minutes(1);

/** What a record's sealed payload is bound to. @param id hashed */
const oidcSeal = (model: string, id: string) => `oidc:${model}:${id}`;

/** @returns a record's payload as oidc-provider wrote it */
export const openRecord = ({ secrets }: Pick<Portal, 'secrets'>, row: OidcRecordRow): AdapterPayload =>
  JSON.parse(secrets.open(oidcSeal(row.model, row.id), row.payload).toString()) as AdapterPayload;

/** Whether a record is past its time, or a flow finished. @param at epoch milliseconds */
function isOver(row: OidcRecordRow, at: number): boolean {
  if (row.model === flow && row.consumedAt !== null) return true;
  return row.expiresAt !== null && row.expiresAt - (row.model === flow ? remembered : 0) <= at;
}

/** Makes the adapter of each of oidc-provider's models. */
export const adaptersOf = (portal: Needs) => (model: string) => (model === 'Client' ? clientAdapter(portal) : recordAdapter(portal, model));

function recordAdapter(portal: Needs, model: string): Adapter {
  const { store, secrets, now } = portal;
  const opened = (row: OidcRecordRow | null): AdapterPayload | undefined => {
    if (!row || isOver(row, now())) return undefined;
    return { ...openRecord(portal, row), ...(row.consumedAt !== null && { consumed: row.consumedAt }) };
  };
  /** Two applications may be opened at once: the session that is written last must not forget the other one, or it would not be told of a sign-out. */
  const withAuthorizations = (payload: AdapterPayload, row: OidcRecordRow | null): AdapterPayload => {
    const before = opened(row);
    if (!before?.authorizations || before.accountId !== payload.accountId) return payload;
    return { ...payload, authorizations: { ...before.authorizations, ...payload.authorizations } };
  };
  return {
    async upsert(id, payload, expiresIn) {
      const hash = digest(id);
      const row = {
        model,
        id: hash,
        grantId: ofGrant.has(model) && payload.grantId ? digest(payload.grantId) : null,
        uid: payload.uid ? digest(payload.uid) : null,
        accountId: payload.accountId ?? null,
        applicationId: payload.clientId ?? null,
        expiresAt: expiresIn ? now() + seconds(expiresIn) + (model === flow ? remembered : 0) : null,
      };
      // In the order of the account's units: an end of its sessions comes before or after, never in between.
      const session = model === 'Session' ? row.uid : model === 'AuthorizationCode' && payload.sessionUid ? digest(payload.sessionUid) : null;
      await store.unit(session === null ? hash : (row.accountId ?? hash), function* (tx) {
        // Its owner ended the session while this request was under way: neither it, nor a code that came out of it.
        if (session !== null && (yield* isEndedSession(tx, session))) return;
        const kept = model === 'Session' ? withAuthorizations(payload, yield* findOidcRecord(tx, model, hash)) : payload;
        yield* setOidcRecord(tx, { ...row, payload: secrets.seal(oidcSeal(model, hash), JSON.stringify(kept)) });
        const { accountId, applicationId } = row;
        if (model === 'AccessToken' && accountId && applicationId) yield* setConsentUsed(tx, accountId, applicationId, now(), now() - usedEvery);
      });
    },
    find: async (id) => opened(await store.read((tx) => findOidcRecord(tx, model, digest(id)))),
    findByUid: async (uid) => opened(await store.read((tx) => findOidcRecordByUid(tx, model, digest(uid)))),
    findByUserCode: async () => undefined,
    /**
     * The first wins. oidc-provider looks at `consumed` before it calls this, so of two exchanges at once both get here: the second is
     * told what it would have been told a moment later, and what came out of the grant dies (RFC 9700, section 4.5.3.1).
     */
    async consume(id) {
      const hash = digest(id);
      const first = await store.unit(hash, (tx) => setOidcRecordConsumed(tx, model, hash, now()));
      if (first) return;
      const row = await store.read((tx) => findOidcRecord(tx, model, hash));
      const { grantId } = row ?? {};
      if (grantId) await store.unit(grantId, (tx) => deleteOidcRecordsOfGrant(tx, grantId, true));
      throw new errors.InvalidGrant('already consumed');
    },
    async destroy(id) {
      const hash = digest(id);
      await store.unit(hash, function* (tx) {
        if (model === flow) yield* setOidcRecordConsumed(tx, model, hash, now());
        else yield* deleteOidcRecord(tx, model, hash);
      });
    },
    async revokeByGrantId(grantId) {
      await store.unit(digest(grantId), (tx) => deleteOidcRecordsOfGrant(tx, digest(grantId), false));
    },
  };
}

/** Applications come from the settings and from the table that the CLI writes to; nothing registers itself here. */
function clientAdapter(portal: Needs): Adapter {
  const readOnly = async () => {
    throw new Error('Applications are not written through oidc-provider.');
  };
  return {
    async find(id) {
      const application = await findApplication(portal, id);
      return application ? clientOf(application) : undefined;
    },
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
    upsert: readOnly,
    consume: readOnly,
    destroy: readOnly,
    revokeByGrantId: readOnly,
  };
}
