// Everything held about a person, column by column: what of it they get to read, and why the rest is left out (SEC-111, SEC-116).
import { findAccountRow } from '#db/accounts';
import { listEvents } from '#db/events';
import { listOwnedRows, listRowsOfCases, listRowsOfFactors, type OwnedTable } from '#db/my-data';
import type { Schema } from '#db/schema';
import { findApplication } from '../applications/facts.ts';
import { type EventType, eventTypes } from '../audit/events.ts';
import { passkeyName } from '../factors/passkey/rules.ts';
import { type Language, words } from '../language/language.ts';
import type { Portal } from '../portal.ts';
import { groups, type LeftOut, type Part } from './rules.ts';

type Decision = 'kept' | 'instant' | LeftOut;
type Columns<T extends keyof Schema> = { readonly [C in keyof Schema[T]['$inferSelect']]: Decision };

/**
 * Of every table: of each column whether it is in the copy (`instant`: as a date), or why not; `null` for what is about nobody.
 * A table or a column that nobody has decided on does not compile.
 */
export const decisions = {
  accounts: {
    id: 'kept',
    address: 'kept',
    givenName: 'kept',
    familyName: 'kept',
    kind: 'kept',
    affiliations: 'kept',
    status: 'kept',
    language: 'kept',
    createdAt: 'instant',
    enrolledAt: 'instant',
    passwordFrozenAt: 'instant',
    directoryId: 'kept',
  },
  // Names and address again, for the helpdesk to find them.
  accountTerms: { term: 'twice', accountId: 'twice' },
  roles: { accountId: 'twice', role: 'kept', givenAt: 'instant', givenBy: 'others' },
  directoryRoles: { accountId: 'twice', role: 'kept', since: 'instant' },
  passwords: { accountId: 'twice', hash: 'secret', changedAt: 'instant' },
  factors: {
    id: 'kept',
    accountId: 'twice',
    kind: 'kept',
    name: 'kept',
    secret: 'secret',
    lastStep: 'secret',
    createdAt: 'instant',
    lastUsedAt: 'instant',
    frozenAt: 'instant',
    mailboxWantedAt: 'instant',
  },
  passkeys: {
    credentialId: 'secret',
    factorId: 'kept',
    counter: 'kept',
    transports: 'kept',
    aaguid: 'kept',
    backedUp: 'kept',
    userVerified: 'kept',
  },
  phones: {
    factorId: 'kept',
    publicKey: 'secret',
    counter: 'kept',
    calls: 'secret',
    unlock: 'kept',
    credentialId: 'secret',
    credentialKey: 'secret',
    signCount: 'kept',
    backedUp: 'kept',
    pinHash: 'secret',
    system: 'kept',
    browser: 'kept',
    lockedAt: 'instant',
    lockedWhy: 'kept',
    subscription: 'secret',
    subscribedAt: 'instant',
    testId: 'mark',
    testedAt: 'instant',
    notifiedAt: 'instant',
    seenAt: 'instant',
  },
  pairings: {
    id: 'secret',
    accountId: 'twice',
    place: 'mark',
    codeHash: 'secret',
    shown: 'secret',
    factorId: 'mark',
    createdAt: 'instant',
    expiresAt: 'instant',
    claimedAt: 'instant',
    claim: 'secret',
    nonce: 'secret',
    challenge: 'secret',
    phone: 'secret',
    finishedAt: 'instant',
    confirmedAt: 'instant',
  },
  phoneRequests: {
    id: 'secret',
    nonce: 'secret',
    accountId: 'twice',
    flow: 'mark',
    number: 'secret',
    tries: 'kept',
    status: 'kept',
    why: 'kept',
    application: 'kept',
    network: 'kept',
    userAgent: 'kept',
    factorId: 'kept',
    unlock: 'kept',
    createdAt: 'instant',
    expiresAt: 'instant',
    decidedAt: 'instant',
  },
  pendingFactors: { accountId: 'twice', id: 'mark', kind: 'kept', name: 'kept', secret: 'secret', createdAt: 'instant', expiresAt: 'instant' },
  recoveryCodes: { id: 'mark', accountId: 'twice', hash: 'secret', createdAt: 'instant', usedAt: 'instant' },
  pendingRecoveryCodes: { accountId: 'twice', codes: 'secret', createdAt: 'instant' },
  answers: { accountId: 'twice', slot: 'kept', question: 'kept', hash: 'secret', changedAt: 'instant' },
  emailCodes: {
    flow: 'mark',
    purpose: 'kept',
    accountId: 'twice',
    hash: 'secret',
    replacedHash: 'secret',
    tries: 'kept',
    sentAt: 'instant',
    expiresAt: 'instant',
    usedAt: 'instant',
  },
  passwordResets: {
    id: 'secret',
    accountId: 'twice',
    address: 'twice',
    browser: 'secret',
    signIn: 'mark',
    createdAt: 'instant',
    expiresAt: 'instant',
    mailboxProvenAt: 'instant',
    provenBy: 'kept',
    provenAt: 'instant',
    finishedAt: 'instant',
  },
  challenges: { id: 'secret', purpose: 'kept', place: 'mark', accountId: 'twice', expiresAt: 'instant' },
  proofs: { flow: 'mark', kind: 'kept', accountId: 'twice', factorId: 'kept', at: 'instant' },
  portalSessions: {
    id: 'secret',
    accountId: 'twice',
    sid: 'secret',
    idToken: 'secret',
    acr: 'kept',
    authenticatedAt: 'instant',
    createdAt: 'instant',
    seenAt: 'instant',
    expiresAt: 'instant',
    provenAt: 'instant',
    provenBy: 'kept',
    userAgent: 'kept',
    network: 'kept',
  },
  sessionBrowsers: { id: 'secret', accountId: 'twice', userAgent: 'kept', network: 'kept', createdAt: 'instant', seenAt: 'instant' },
  knownBrowsers: { accountId: 'twice', browser: 'secret', factorKind: 'kept', seenAt: 'instant' },
  consents: { accountId: 'twice', applicationId: 'kept', scopes: 'kept', givenAt: 'instant', expiresAt: 'instant', lastUsedAt: 'instant' },
  oidcRecords: {
    model: 'kept',
    id: 'secret',
    payload: 'secret',
    grantId: 'secret',
    uid: 'secret',
    accountId: 'twice',
    applicationId: 'kept',
    consumedAt: 'instant',
    expiresAt: 'instant',
  },
  outbox: {
    id: 'mark',
    accountId: 'twice',
    to: 'kept',
    kind: 'kept',
    // A code may be in it; what it says is in the mailbox.
    message: 'secret',
    createdAt: 'instant',
    dueAt: 'instant',
    uselessAt: 'instant',
    tries: 'kept',
    sentAt: 'instant',
    failure: 'kept',
  },
  disavowals: { id: 'secret', accountId: 'twice', eventId: 'kept', createdAt: 'instant', expiresAt: 'instant', usedAt: 'instant' },
  cases: {
    id: 'kept',
    accountId: 'twice',
    kind: 'kept',
    eventId: 'kept',
    note: 'kept',
    openedAt: 'instant',
    takenBy: 'others',
    takenAt: 'instant',
    closedBy: 'others',
    closedAt: 'instant',
    outcome: 'kept',
  },
  caseNotes: { id: 'mark', caseId: 'kept', writtenBy: 'others', at: 'instant', text: 'kept' },
  callerVerifications: {
    id: 'mark',
    accountId: 'twice',
    agentId: 'others',
    method: 'kept',
    begunAt: 'instant',
    expiresAt: 'instant',
    provenAt: 'instant',
    failedAt: 'instant',
  },
  removalRequests: {
    id: 'mark',
    accountId: 'twice',
    factorId: 'kept',
    askedBy: 'others',
    reason: 'kept',
    method: 'kept',
    askedAt: 'instant',
    expiresAt: 'instant',
    decidedBy: 'others',
    decidedAt: 'instant',
    decision: 'kept',
  },
  passes: {
    id: 'mark',
    accountId: 'twice',
    hash: 'secret',
    issuedBy: 'others',
    createdAt: 'instant',
    expiresAt: 'instant',
    usedAt: 'instant',
  },
  lostPhones: { flow: 'mark', accountId: 'twice', stolen: 'kept', saidAt: 'instant', mailboxProvenAt: 'instant', openedAt: 'instant' },
  reEnrolments: {
    id: 'mark',
    accountId: 'twice',
    openedBy: 'kept',
    stolen: 'kept',
    openedAt: 'instant',
    notBefore: 'instant',
    expiresAt: 'instant',
    reminderId: 'mark',
    cancelledAt: 'instant',
    finishedAt: 'instant',
  },
  events: {
    id: 'kept',
    at: 'instant',
    type: 'kept',
    accountId: 'twice',
    actor: 'others',
    flow: 'mark',
    network: 'kept',
    browser: 'kept',
    data: 'kept',
  },
  // Counts stand under a hash of the address or a factor's number; what was counted is among the events.
  attempts: null,
  codeSendings: null,
  failureMinutes: null,
  alerts: null,
  applications: null,
  signingKeys: null,
  vapidKeys: null,
  logoutTokens: null,
  auditChain: null,
  unsealedEvents: null,
  auditMarks: null,
  figures: null,
} as const satisfies { readonly [T in keyof Schema]: Columns<T> | null };

/** One entry of a part. */
export type Entry = Readonly<Record<string, unknown>>;

/** Rows of the audit log per query: what is held in memory, of years of them. */
const eventsAtOnce = 500;

const tableOf = (part: Part) => (part === 'account' ? 'accounts' : part);

/** A row as its owner reads it. */
function entryOf(part: Part, row: Entry): Record<string, unknown> {
  const entry: Record<string, unknown> = {};
  for (const [column, decision] of Object.entries(decisions[tableOf(part)] as Record<string, Decision>)) {
    const value = row[column];
    if (decision === 'kept') entry[column] = value ?? null;
    if (decision === 'instant') entry[column] = typeof value === 'number' ? new Date(value).toISOString() : null;
  }
  return entry;
}

/** What a reader could not know by themselves; each of them is documented like a column. */
const explained: { readonly [P in Part]?: (portal: Portal, language: Language, row: Entry) => Promise<Entry> | Entry } = {
  passkeys: (_portal, language, { aaguid, transports }) => ({ model: passkeyName(String(aaguid), transports as string[], language) }),
  phoneRequests: (portal, language, { network }) => ({ place: portal.networks.nameOf(network as string | null, language) }),
  answers: (_portal, language, { question }) => ({
    sentence: (words(language).questions as Readonly<Record<string, string>>)[String(question)] ?? null,
  }),
  portalSessions: (portal, language, { network }) => ({ place: portal.networks.nameOf(network as string | null, language) }),
  sessionBrowsers: (portal, language, { network }) => ({ place: portal.networks.nameOf(network as string | null, language) }),
  consents: async (portal, _language, { applicationId }) => ({ applicationName: await nameOf(portal, applicationId) }),
  oidcRecords: async (portal, _language, { applicationId }) => ({ applicationName: await nameOf(portal, applicationId) }),
  async events(portal, language, { type, data, network, actor }) {
    const { application, name } = data as Entry;
    const sentence = (eventTypes as readonly unknown[]).includes(type)
      ? words(language).account.activity.events[type as EventType]({
          application: await nameOf(portal, application),
          factor: typeof name === 'string' ? name : null,
        })
      : null;
    return { sentence, byOthers: actor !== null, place: portal.networks.nameOf(network as string | null, language) };
  },
};

const nameOf = async (portal: Portal, id: unknown) => (typeof id === 'string' ? ((await findApplication(portal, id))?.name ?? id) : null);

/** The entries of one part, read as they are asked for. @param language of the sentences in them */
export async function* entriesOf(portal: Portal, accountId: string, part: Part, language: Language): AsyncGenerator<Entry> {
  for await (const row of rowsOf(portal, accountId, part)) yield { ...entryOf(part, row), ...(await explained[part]?.(portal, language, row)) };
}

async function* rowsOf({ store }: Portal, accountId: string, part: Part): AsyncGenerator<Entry> {
  if (part === 'events') {
    for (let before: string | undefined; ; ) {
      const from = before;
      const rows = await store.read((tx) => listEvents(tx, accountId, eventsAtOnce, from));
      yield* rows;
      before = rows.at(-1)?.id;
      if (rows.length < eventsAtOnce) return;
    }
  }
  if (part === 'account') {
    const row = await store.read((tx) => findAccountRow(tx, accountId));
    if (row) yield row;
  } else if (part === 'passkeys' || part === 'phones') yield* await store.read((tx) => listRowsOfFactors(tx, part, accountId));
  else if (part === 'caseNotes') yield* await store.read((tx) => listRowsOfCases(tx, part, accountId));
  else yield* await store.read((tx) => listOwnedRows(tx, part satisfies OwnedTable, accountId));
}

/** In the order of the page. */
export const partsInOrder: readonly Part[] = Object.values(groups).flat();
