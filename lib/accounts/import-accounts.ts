// Makes many accounts, all or none of them.
import { availableParallelism } from 'node:os';
import { batchSize, insertAccountBatch, listTakenAddresses } from '#db/account-batches';
import { refreshStatistics } from '#db/statistics';
import { isDuplicate } from '#db/store';
import { newId } from '../ids.ts';
import { foldPassword, judgePassword } from '../passwords/rules.ts';
import type { Portal } from '../portal.ts';
import { done, type Problem, type Result } from '../result.ts';
import { termsOf } from '../search/rules.ts';
import type { Operator } from '../visitor.ts';
import { type CreateAccountInput, type CreateAccountProblem, newAccountId } from './create-account.ts';
import { type JudgedAccount, judgeAccount } from './rules.ts';

export interface ImportedLine extends CreateAccountInput {
  /** The line in the file that it came from. */
  readonly line: number;
}

export interface LineProblem extends Problem<CreateAccountProblem | 'address-twice' | 'line-unreadable'> {
  readonly line: number;
  /** `address-twice`: the line that has the address already. */
  readonly firstLine?: number;
  /** `line-unreadable`: why, in English. */
  readonly reason?: string;
}

export interface UnreadableLine {
  readonly line: number;
  readonly unreadable: string;
}

export type ImportProgress = (stage: 'read' | 'hashed', count: number, of?: number) => void;

interface Judged extends JudgedAccount {
  readonly line: number;
  readonly password: string | null;
}

/**
 * Reads and judges every line before anything is written, then hashes, then writes all of them in one unit of work.
 * @param readOnly judge only. @returns how many were (or would be) made, or the problems of every line
 */
export async function importAccounts(
  portal: Pick<Portal, 'store' | 'now' | 'settings' | 'hashing'>,
  operator: Operator,
  lines: AsyncIterable<ImportedLine | UnreadableLine>,
  progress: ImportProgress = () => {},
  readOnly = false,
): Promise<Result<number> | { readonly ok: false; readonly problems: readonly LineProblem[] }> {
  const { store, settings, hashing } = portal;
  const people: Judged[] = [];
  const problems: LineProblem[] = [];
  const lineOf = new Map<string, number>();
  let read = 0;
  for await (const entry of lines) {
    read++;
    const { line } = entry;
    if ('unreadable' in entry) {
      problems.push({ line, code: 'line-unreadable', reason: entry.unreadable });
      continue;
    }
    const judged = judgeAccount(entry, settings.addresses);
    if (!judged.ok) {
      problems.push(...judged.problems.map((p) => ({ ...p, line })));
      continue;
    }
    const person = judged.value;
    const firstLine = lineOf.get(person.address);
    if (firstLine !== undefined) problems.push({ line, code: 'address-twice', field: 'address', firstLine });
    else lineOf.set(person.address, line);
    const weak = entry.password === null ? null : judgePassword(entry.password, person);
    if (weak) problems.push({ ...weak, line });
    people.push({ ...person, line, password: entry.password });
    if (read % 1000 === 0) progress('read', read);
  }
  const taken = (addresses: readonly string[]) =>
    addresses.map((address) => ({ line: lineOf.get(address) ?? 0, code: 'address-taken' as const, field: 'address' }));
  const findTaken = async () => {
    const addresses = [...lineOf.keys()];
    const found: string[] = [];
    for (let i = 0; i < addresses.length; i += batchSize) {
      found.push(...(await store.read((tx) => listTakenAddresses(tx, addresses.slice(i, i + batchSize)))));
    }
    return found;
  };
  problems.push(...taken(await findTaken()));
  progress('read', read);
  if (problems.length) return { ok: false, problems: problems.sort((a, b) => a.line - b.line) };
  if (readOnly) return done(people.length);

  const hashes = await hashAll(people, hashing, progress);
  const at = portal.now();
  const rows = people.map(({ line: _line, password: _password, ...person }) => ({ id: newAccountId(), person }));
  try {
    // One key for all imports: two at once would each take the other's addresses for free.
    await store.unit('accounts-import', function* (tx) {
      for (let i = 0; i < rows.length; i += batchSize) {
        const some = rows.slice(i, i + batchSize);
        yield* insertAccountBatch(tx, {
          accounts: some.map(({ id, person }) => ({ id, ...person, status: 'active', language: null, createdAt: at, enrolledAt: null })),
          terms: some.flatMap(({ id, person }) => termsOf(person).map((term) => ({ term, accountId: id }))),
          passwords: some.flatMap(({ id }, j) => {
            const hash = hashes[i + j];
            return hash ? [{ accountId: id, hash, changedAt: at }] : [];
          }),
          events: some.map(({ id, person }) => ({
            id: newId(),
            at,
            type: 'account-created',
            accountId: id,
            actor: operator.name,
            flow: null,
            network: null,
            browser: null,
            data: { kind: person.kind },
          })),
        });
      }
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    // Somebody made one of them since we looked.
    return { ok: false, problems: taken(await findTaken()) };
  }
  await refreshStatistics(store, ['accounts', 'accountTerms', 'passwords', 'events', 'unsealedEvents']);
  return done(rows.length);
}

/** As many at once as there are cores: more would only wait, and fill the queue that sign-ins wait in. */
async function hashAll(people: readonly Judged[], hashing: Portal['hashing'], progress: ImportProgress): Promise<(string | null)[]> {
  const hashes: (string | null)[] = people.map(() => null);
  const waiting = people.flatMap(({ password }, index) => (password === null ? [] : [{ index, password }]));
  const all = waiting.length;
  let finished = 0;
  const worker = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      hashes[next.index] = await hashing.hash(foldPassword(next.password));
      finished++;
      if (finished % 100 === 0 || finished === all) progress('hashed', finished, all);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return hashes;
}
