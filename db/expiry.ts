// Rows that are past their time, deleted a few at a time: a purge must never hold the write lock for long.
import { and, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Schema } from './schema.ts';
import { q, type Script, type Tx } from './unit.ts';

/** Epoch milliseconds: rows whose own instant is earlier die. */
export interface Cutoffs {
  readonly now: number;
  readonly codes: number;
  readonly proofs: number;
  readonly attempts: number;
  readonly browsers: number;
  readonly idleSessions: number;
  readonly letters: number;
  readonly phoneRequests: number;
  readonly verifications: number;
  readonly signingKeys: number;
  readonly events: number;
}

type Purge = (tx: Tx, cutoffs: Cutoffs, limit: number) => Script<number>;

/** Each purge deletes at most `limit` rows and answers how many. Their order is of no importance. */
export const purges = {
  emailCodes: (tx, at, limit) => deleteSome(tx, tx.s.emailCodes, ['flow', 'purpose'], lt(tx.s.emailCodes.expiresAt, at.codes), limit),
  codeSendings: (tx, at, limit) => deleteSome(tx, tx.s.codeSendings, ['id'], lt(tx.s.codeSendings.at, at.codes), limit),
  failureMinutes: (tx, at, limit) => deleteSome(tx, tx.s.failureMinutes, ['minute'], lt(tx.s.failureMinutes.minute, at.codes), limit),
  passwordResets: (tx, at, limit) => deleteSome(tx, tx.s.passwordResets, ['id'], lt(tx.s.passwordResets.expiresAt, at.now), limit),
  proofs: (tx, at, limit) => deleteSome(tx, tx.s.proofs, ['flow', 'kind'], lt(tx.s.proofs.at, at.proofs), limit),
  challenges: (tx, at, limit) => deleteSome(tx, tx.s.challenges, ['id'], lt(tx.s.challenges.expiresAt, at.now), limit),
  pendingFactors: (tx, at, limit) => deleteSome(tx, tx.s.pendingFactors, ['accountId'], lt(tx.s.pendingFactors.expiresAt, at.now), limit),
  pairings: (tx, at, limit) => deleteSome(tx, tx.s.pairings, ['id'], lt(tx.s.pairings.expiresAt, at.now), limit),
  phoneRequests: (tx, at, limit) => deleteSome(tx, tx.s.phoneRequests, ['id'], lt(tx.s.phoneRequests.createdAt, at.phoneRequests), limit),
  attempts: (tx, at, limit) => deleteSome(tx, tx.s.attempts, ['subject'], lt(tx.s.attempts.lastAt, at.attempts), limit),
  knownBrowsers: (tx, at, limit) => deleteSome(tx, tx.s.knownBrowsers, ['accountId', 'browser'], lt(tx.s.knownBrowsers.seenAt, at.browsers), limit),
  consents: (tx, at, limit) => deleteSome(tx, tx.s.consents, ['accountId', 'applicationId'], lt(tx.s.consents.expiresAt, at.now), limit),
  oidcRecords: (tx, at, limit) => deleteSome(tx, tx.s.oidcRecords, ['model', 'id'], lt(tx.s.oidcRecords.expiresAt, at.now), limit),
  portalSessions(tx, at, limit) {
    const { portalSessions: t } = tx.s;
    return deleteSome(tx, t, ['id'], or(lt(t.expiresAt, at.now), lt(t.seenAt, at.idleSessions)), limit);
  },
  // Seen as often as the provider's session was: neither lives longer.
  sessionBrowsers: (tx, at, limit) => deleteSome(tx, tx.s.sessionBrowsers, ['id'], lt(tx.s.sessionBrowsers.seenAt, at.idleSessions), limit),
  logoutTokens: (tx, at, limit) => deleteSome(tx, tx.s.logoutTokens, ['jti'], lt(tx.s.logoutTokens.expiresAt, at.now), limit),
  outbox(tx, at, limit) {
    const { outbox: t } = tx.s;
    // Without a due instant it has left or was given up; what still waits stays, however old.
    return deleteSome(tx, t, ['id'], and(isNull(t.dueAt), lt(t.createdAt, at.letters)), limit);
  },
  signingKeys(tx, at, limit) {
    const { signingKeys: t } = tx.s;
    return deleteSome(tx, t, ['kid'], and(isNotNull(t.retiredAt), lt(t.retiredAt, at.signingKeys)), limit);
  },
  disavowals: (tx, at, limit) => deleteSome(tx, tx.s.disavowals, ['id'], lt(tx.s.disavowals.expiresAt, at.now), limit),
  cases: (tx, at, limit) => deleteSome(tx, tx.s.cases, ['id'], lt(tx.s.cases.closedAt, at.events), limit),
  callerVerifications: (tx, at, limit) =>
    deleteSome(tx, tx.s.callerVerifications, ['id'], lt(tx.s.callerVerifications.begunAt, at.verifications), limit),
  removalRequests: (tx, at, limit) => deleteSome(tx, tx.s.removalRequests, ['id'], lt(tx.s.removalRequests.expiresAt, at.codes), limit),
  figures: (tx, at, limit) => deleteSome(tx, tx.s.figures, ['at'], lt(tx.s.figures.at, at.events), limit),
  passes: (tx, at, limit) => deleteSome(tx, tx.s.passes, ['id'], lt(tx.s.passes.expiresAt, at.codes), limit),
  lostPhones: (tx, at, limit) => deleteSome(tx, tx.s.lostPhones, ['flow'], lt(tx.s.lostPhones.saidAt, at.codes), limit),
  reEnrolments: (tx, at, limit) => deleteSome(tx, tx.s.reEnrolments, ['id'], lt(tx.s.reEnrolments.expiresAt, at.codes), limit),
} satisfies Record<string, Purge>;

function* deleteSome<T extends Schema[keyof Schema]>(
  tx: Tx,
  table: T,
  keys: readonly (keyof T['_']['columns'])[],
  past: SQL | undefined,
  limit: number,
): Script<number> {
  // Seen as one of the tables: drizzle's builders take no union of them.
  const t = table as unknown as Schema['logoutTokens'];
  const columns = keys.map((key) => table[key as keyof T] as unknown as Schema['logoutTokens']['jti']);
  const selected = Object.fromEntries(columns.map((column) => [column.name, column]));
  const some = tx.db.select(selected).from(t).where(past).limit(limit);
  const row = sql.join(columns, sql`, `);
  const gone = yield* q(tx.db.delete(t).where(sql`(${row}) in ${some}`).returning({ gone: sql<number>`1` }));
  return gone.length;
}
