// Who is found, and what a list of people says of each: masked, with how far they have come and what state their account is in.

import {
  countTerms,
  findWindowEnd,
  listAccountsByAddressStart,
  listAccountsByTerms,
  listAttempts,
  listInPlace,
  type TermRow,
  type TermSearch,
} from '#db/account-search';
import { type AccountRow, listAccountsById } from '#db/accounts';
import type { Script, Tx } from '#db/unit';
import { type AccountKind, displayName, maskAddress } from '../accounts/rules.ts';
import { passwordSubject } from '../attempts/password-subject.ts';
import { factorSubject, judge } from '../attempts/rules.ts';
import { enrolmentPolicy } from '../enrolment/facts.ts';
import { nextEnrolmentStep } from '../enrolment/steps.ts';
import type { Portal } from '../portal.ts';
import { type FoundState, type Progress, progressOf, type Query, stateOf, wordsOf } from './rules.ts';

export interface FoundAccount {
  readonly id: string;
  readonly name: string;
  readonly maskedAddress: string;
  readonly kind: AccountKind;
  readonly progress: Progress;
  readonly state: FoundState;
}

export interface Found {
  /** By family name, then given name. */
  readonly accounts: readonly FoundAccount[];
  /** To ask the next page with; null when this is the last. A page may be short of accounts, or empty, and not the last. */
  readonly more: string | null;
}

/** Where the next page begins; sealed in the address, because it names words of somebody's masked address. */
type Position = { readonly prefix: string; readonly row: TermRow } | { readonly account: string };

/** A page of a list. */
export const pageLength = 20;
/** Above that, one beginning of a word is as common as another. */
const common = 2000;
/** Rows looked at one after the other, until a page is full: what two common words have in common may stand far apart. */
const windows = [400, 1600, 4000] as const;

/** @param after `more` of the page before; whatever else it is gives the first page */
export async function findAccounts(portal: Portal, query: Query, after: string | null): Promise<Found> {
  const position = after === null ? null : openPosition(portal, query, after);
  const { rows, next } = await portal.store.read((tx) =>
    query.kind === 'address' ? byAddress(tx, query.start, position) : byWords(tx, query.words, position),
  );
  const accounts = await portal.store.read((tx) => readFound(portal, tx, rows));
  return { accounts, more: next && sealPosition(portal, query, next) };
}

interface Page {
  readonly rows: readonly AccountRow[];
  readonly next: Position | null;
}

function* byAddress(tx: Tx, start: string, position: Position | null): Script<Page> {
  const before = position && 'account' in position ? position.account : null;
  const rows = yield* listAccountsByAddressStart(tx, start, before, pageLength + 1);
  const last = rows.length > pageLength ? rows[pageLength - 1] : undefined;
  return { rows: rows.slice(0, pageLength), next: last ? { account: last.id } : null };
}

function* byWords(tx: Tx, words: readonly [string, ...string[]], position: Position | null): Script<Page> {
  const begun = position && 'row' in position ? position : null;
  const prefix = begun?.prefix ?? (yield* rarest(tx, words));
  const others = words.filter((word) => word !== prefix);
  const found: TermRow[] = [];
  let after = begun?.row ?? null;
  let ended = false;
  for (const window of windows) {
    const search: TermSearch = { prefix, others, after, window, limit: pageLength + 1 - found.length };
    found.push(...(yield* listAccountsByTerms(tx, search)));
    if (found.length > pageLength) break;
    const end = yield* findWindowEnd(tx, search);
    ended = end === null;
    if (ended) break;
    after = end;
  }
  const rows = found.slice(0, pageLength);
  const last = found.length > pageLength ? rows.at(-1) : ended ? undefined : after;
  return {
    rows: yield* listAccountsById(
      tx,
      rows.map(({ accountId }) => accountId),
    ),
    next: last ? { prefix, row: last } : null,
  };
}

/** The word that the fewest accounts have; of common ones, the longest. */
function* rarest(tx: Tx, words: readonly [string, ...string[]]): Script<string> {
  let [best] = words;
  let fewest = Number.POSITIVE_INFINITY;
  if (words.length === 1) return best;
  for (const word of words) {
    const n = yield* countTerms(tx, word, common);
    if (n < fewest) [best, fewest] = [word, n];
  }
  return best;
}

/** A bounded number of statements, however many accounts. */
function* readFound(portal: Portal, tx: Tx, rows: readonly AccountRow[]): Script<FoundAccount[]> {
  if (rows.length === 0) return [];
  const { settings } = portal;
  const now = portal.now();
  const policy = enrolmentPolicy(settings);
  const inPlace = yield* listInPlace(
    tx,
    rows.map(({ id }) => id),
  );
  const passwordOf = ({ address }: AccountRow) => passwordSubject(portal, address, null);
  const attempts = yield* listAttempts(tx, [...rows.map(passwordOf), ...inPlace.factors.map(({ id }) => factorSubject(id))]);
  const refused = (subject: string) => judge(attempts.find((a) => a.subject === subject) ?? null, now, settings.policy.attempts).kind !== 'allowed';
  const kept = new Set(inPlace.codes);
  const found = rows.map((row): FoundAccount & { readonly order: string } => {
    const factors = inPlace.factors.filter(({ accountId }) => accountId === row.id);
    const step = nextEnrolmentStep(
      {
        pendingFactor: inPlace.pending.some(({ accountId, expiresAt }) => accountId === row.id && expiresAt > now),
        provenFactors: factors.length,
        answers: inPlace.answers.find(({ accountId }) => accountId === row.id)?.n ?? 0,
        recoveryCodesKept: kept.has(row.id),
        replacing: false,
      },
      policy,
    );
    const progress = progressOf(step, policy);
    return {
      id: row.id,
      name: displayName(row),
      maskedAddress: maskAddress(row.address),
      kind: row.kind,
      progress,
      state: stateOf({
        status: row.status,
        passwordRefused: row.passwordFrozenAt !== null || refused(passwordOf(row)),
        factors: factors.length,
        factorsRefused: factors.filter(({ id, frozenAt }) => frozenAt !== null || refused(factorSubject(id))).length,
        progress,
      }),
      order: `${wordsOf(row.familyName).join(' ')}\0${wordsOf(row.givenName).join(' ')}`,
    };
  });
  return found.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0)).map(({ order: _, ...account }) => account);
}

const placeOf = (query: Query) => `account-search:${query.kind === 'address' ? query.start : query.words.join(' ')}`;

const sealPosition = ({ secrets }: Pick<Portal, 'secrets'>, query: Query, position: Position): string =>
  secrets.seal(placeOf(query), JSON.stringify(position)).toString('base64url');

/** Null for whatever was not sealed for this very search. */
function openPosition({ secrets }: Pick<Portal, 'secrets'>, query: Query, after: string): Position | null {
  try {
    return JSON.parse(secrets.open(placeOf(query), Buffer.from(after.slice(0, 2000), 'base64url')).toString()) as Position;
  } catch {
    return null;
  }
}
