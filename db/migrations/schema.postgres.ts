// drizzle-kit's entry for PostgreSQL: `npm run db:generate`.
import { kit } from '../dialect.postgres.ts';
import { describe } from '../schema.ts';

export const {
  accounts,
  passwords,
  factors,
  passkeys,
  challenges,
  pendingFactors,
  recoveryCodes,
  pendingRecoveryCodes,
  answers,
  emailCodes,
  codeSendings,
  attempts,
  proofs,
  knownBrowsers,
  consents,
  applications,
  oidcRecords,
  signingKeys,
  portalSessions,
  sessionBrowsers,
  logoutTokens,
  outbox,
  events,
  disavowals,
  cases,
} = describe(kit as never);
