// Commands about people's accounts.
import { createAccount } from '../accounts/create-account.ts';
import { findAccountAt, listAccounts } from '../accounts/facts.ts';
import { type ImportedLine, importAccounts, type LineProblem, type UnreadableLine } from '../accounts/import-accounts.ts';
import { affiliationValues, foldAddress } from '../accounts/rules.ts';
import { setAccountStatus } from '../accounts/set-account-status.ts';
import { setPassword } from '../accounts/set-password.ts';
import { isGuessable } from '../passwords/estimator.ts';
import { judgePassword } from '../passwords/rules.ts';
import type { Result } from '../result.ts';
import type { Settings } from '../settings.ts';
import { readAccountsFile } from './accounts-file.ts';
import { type Command, firstLine, isSet, Refused, requiredText, textOf, textsOf, UsageError } from './command.ts';
import { administratorSentence } from './sentences.ts';

const json = { json: { type: 'boolean' } } as const;
const shownProblems = 50;

const importFile: Command = {
  summary: 'make the accounts of a CSV file, all or none',
  usage: 'FILE.csv [--dry-run] [--json]',
  details: `The first line names the columns: address, given_name, family_name and, where wanted, affiliations (separated by | or spaces:
${affiliationValues.join(', ')}) and password. Separated by commas or semicolons, in UTF-8. An account without password is there, and
nobody can sign in with it until one is set. Passwords of a file are refused when they are short, common or personal; the dictionaries
that accounts create and accounts set-password ask as well would take half an hour for ten thousand lines.`,
  options: { ...json, 'dry-run': { type: 'boolean' } },
  words: 1,
  async run(world, given) {
    const [file = ''] = given.positionals;
    const portal = await world.portal();
    const dryRun = isSet(given, 'dry-run');
    const result = await importAccounts(
      portal,
      world.operator,
      linesOf(file, portal.settings),
      (stage, count, of) => world.tell(stage === 'read' ? `${count} lines read` : `${count} of ${of} passwords hashed`),
      dryRun,
    );
    if (result.ok) {
      if (isSet(given, 'json')) world.print(JSON.stringify({ made: dryRun ? 0 : result.value, lines: result.value }));
      else world.print(dryRun ? `${result.value} accounts could be made; nothing was changed.` : `${result.value} accounts were made.`);
      return 0;
    }
    const problems = result.problems as readonly LineProblem[];
    if (isSet(given, 'json')) {
      const told = problems.map((p) => ({ line: p.line, code: p.code, sentence: lineSentence(p, portal.settings) }));
      world.print(JSON.stringify({ made: 0, problems: told }));
      return 1;
    }
    for (const problem of problems.slice(0, shownProblems)) world.tell(`${file}:${problem.line}: ${lineSentence(problem, portal.settings)}`);
    if (problems.length > shownProblems) world.tell(`… and ${problems.length - shownProblems} more.`);
    world.tell(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}: no account was made.`);
    return 1;
  },
};

const passwordsElsewhere = 'passwords are in the directory: give none here';

async function* linesOf(file: string, { directory }: Settings): AsyncGenerator<ImportedLine | UnreadableLine> {
  for await (const { line, cells, wrong } of readAccountsFile(file)) {
    if (!cells) yield { line, unreadable: wrong ?? 'unreadable' };
    else if (cells.password && directory.kind !== 'embedded') yield { line, unreadable: passwordsElsewhere };
    else {
      yield {
        line,
        address: cells.address ?? '',
        givenName: cells.given_name ?? '',
        familyName: cells.family_name ?? '',
        affiliations: (cells.affiliations ?? '').split(/[|\s]+/).filter(Boolean),
        password: cells.password || null,
      };
    }
  }
}

function lineSentence(problem: LineProblem, settings: Settings): string {
  if (problem.code === 'line-unreadable') return problem.reason ?? problem.code;
  if (problem.code === 'address-twice') return `address is on line ${problem.firstLine} already`;
  return administratorSentence(problem, settings);
}

const create: Command = {
  summary: 'make one account',
  usage: 'ADDRESS --given-name NAME --family-name NAME [--affiliation WORD]… [--password-stdin] [--json]',
  details: 'With --password-stdin, the password is the first line of the standard input. It is never an argument: other users would see it.',
  options: {
    ...json,
    'given-name': { type: 'string' },
    'family-name': { type: 'string' },
    affiliation: { type: 'string', multiple: true },
    'password-stdin': { type: 'boolean' },
  },
  words: 1,
  async run(world, given) {
    const input = {
      address: given.positionals[0] ?? '',
      givenName: requiredText(given, 'given-name'),
      familyName: requiredText(given, 'family-name'),
      affiliations: textsOf(given, 'affiliation'),
      password: isSet(given, 'password-stdin') ? await firstLine(world.input) : null,
    };
    const portal = await world.portal();
    if (input.password !== null && portal.settings.directory.kind !== 'embedded') throw new Refused(passwordsElsewhere);
    // The act itself makes accounts by the thousand for seeds and tests: dictionaries take a fifth of a second each (SEC-03).
    if (input.password !== null && judgePassword(input.password, input) === null && isGuessable(input.password, input))
      throw new Refused(administratorSentence({ code: 'password-guessable', field: 'password' }, portal.settings));
    const { id, address } = accepted(await createAccount(portal, world.operator, input), portal.settings);
    if (isSet(given, 'json')) world.print(JSON.stringify({ id, address }));
    else if (portal.settings.directory.kind !== 'embedded') world.print(`${address} was made; its password is the directory's.`);
    else world.print(`${address} was made${input.password === null ? ', without a password: nobody can sign in yet' : ''}.`);
    return 0;
  },
};

const statusCommand = (status: 'active' | 'disabled', summary: string): Command => ({
  summary,
  usage: 'ADDRESS [--json]',
  options: json,
  words: 1,
  async run(world, given) {
    const [address = ''] = given.positionals;
    const portal = await world.portal();
    const { changed } = accepted(await setAccountStatus(portal, world.operator, address, status), portal.settings);
    if (isSet(given, 'json')) world.print(JSON.stringify({ address: foldAddress(address), status, changed }));
    else world.print(changed ? `${address} is ${status} now.` : `${address} was ${status} already.`);
    return 0;
  },
});

const list: Command = {
  summary: 'list accounts, in order of address',
  usage: '[--limit NUMBER] [--after ADDRESS] [--json]',
  details: 'A page at a time: give the last address of one page as --after for the next.',
  options: { ...json, limit: { type: 'string' }, after: { type: 'string' } },
  words: 0,
  async run(world, given) {
    const limit = Number(textOf(given, 'limit') ?? 100);
    if (!Number.isInteger(limit) || limit < 1 || limit > 1000) throw new UsageError('--limit is a number from 1 to 1000.');
    const found = await listAccounts(await world.portal(), limit, textOf(given, 'after'));
    const next = found.length === limit ? found.at(-1)?.address : undefined;
    const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString());
    const rows = found.map(({ id, address, givenName, familyName, kind, affiliations, status, createdAt, enrolledAt }) => {
      return { id, address, givenName, familyName, kind, affiliations, status, createdAt: instant(createdAt), enrolledAt: instant(enrolledAt) };
    });
    if (isSet(given, 'json')) {
      world.print(JSON.stringify({ accounts: rows, next: next ?? null }));
      return 0;
    }
    for (const { address, givenName, familyName, kind, status, enrolledAt } of rows) {
      world.print(
        [address, `${givenName} ${familyName}`, kind, status, enrolledAt ? `enrolled ${enrolledAt.slice(0, 10)}` : 'not enrolled'].join('\t'),
      );
    }
    if (next) world.tell(`More: --after ${next}`);
    return 0;
  },
};

const password: Command = {
  summary: 'set an account’s password, read from the standard input',
  usage: 'ADDRESS < FILE',
  details: 'The password is the first line of the standard input. It is never an argument: other users of this machine would see it.',
  options: json,
  words: 1,
  async run(world, given) {
    const [address = ''] = given.positionals;
    const portal = await world.portal();
    const folded = foldAddress(address);
    const account = folded === null ? null : await findAccountAt(portal, folded);
    if (!account) throw new Refused('No account has this address.');
    const plain = await firstLine(world.input);
    accepted(await setPassword(portal, world.operator, account, plain), portal.settings);
    if (isSet(given, 'json')) world.print(JSON.stringify({ address: account.address }));
    else world.print(`${account.address} has a new password.`);
    return 0;
  },
};

function accepted<Value>(result: Result<Value>, settings: Settings): Value {
  if (result.ok) return result.value;
  throw new Refused(result.problems.map((p) => administratorSentence(p, settings)).join('\n'));
}

export const accountCommands: Readonly<Record<string, Command>> = {
  'accounts import': importFile,
  'accounts create': create,
  'accounts disable': statusCommand('disabled', 'refuse an account from its next request on, and end its sessions'),
  'accounts enable': statusCommand('active', 'let a disabled account in again'),
  'accounts list': list,
  'accounts set-password': password,
};
