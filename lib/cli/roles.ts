// Commands about who looks after other people's accounts.
import { foldAddress } from '../accounts/rules.ts';
import type { Result } from '../result.ts';
import { roleHolders } from '../roles/facts.ts';
import { giveRole } from '../roles/give-role.ts';
import { roles } from '../roles/rules.ts';
import { takeRole } from '../roles/take-role.ts';
import type { Settings } from '../settings.ts';
import { type Command, isSet, Refused } from './command.ts';
import { administratorSentence } from './sentences.ts';

const json = { json: { type: 'boolean' } } as const;

const give: Command = {
  summary: 'give an account a role, in the place of the one that it has',
  usage: 'ADDRESS ROLE [--json]',
  details: `A role is one of ${roles.join(', ')}. It counts from the next request on, and takes ways away as well: who has a role resets a
password, or replaces a lost phone, with what they hold (a factor, a recovery code), never with secret answers or a pass.`,
  options: json,
  words: 2,
  async run(world, given) {
    const [address = '', role = ''] = given.positionals;
    const portal = await world.portal();
    const { changed } = accepted(await giveRole(portal, world.operator, { address, role }), portal.settings);
    if (isSet(given, 'json')) world.print(JSON.stringify({ address: foldAddress(address), role, changed }));
    else world.print(changed ? `${address} is ${role} now.` : `${address} was ${role} already.`);
    return 0;
  },
};

const take: Command = {
  summary: 'take an account’s role back',
  usage: 'ADDRESS [--json]',
  details: 'A role by a group of the directory (directory.roles) is taken there: by leaving the group.',
  options: json,
  words: 1,
  async run(world, given) {
    const [address = ''] = given.positionals;
    const portal = await world.portal();
    const { had } = accepted(await takeRole(portal, world.operator, { address }), portal.settings);
    if (isSet(given, 'json')) world.print(JSON.stringify({ address: foldAddress(address), had }));
    else world.print(had ? `${address} is no longer ${had}.` : `${address} had no role.`);
    return 0;
  },
};

const list: Command = {
  summary: 'list the accounts that have a role, in order of address',
  usage: '[--json]',
  details: `Roles that were given here, and roles by groups of the directory (directory.roles), « by directory »: those as they were when it was last
asked about their holder, at a sign-in or at a request of the console. Of two roles of one account, the higher one counts.`,
  options: json,
  words: 0,
  async run(world, given) {
    const holders = await roleHolders(await world.portal());
    const rows = holders.map(({ address, role, givenAt, givenBy }) => ({ address, role, givenAt: new Date(givenAt).toISOString(), givenBy }));
    if (isSet(given, 'json')) world.print(JSON.stringify({ roles: rows }));
    else
      for (const { address, role, givenAt, givenBy } of rows)
        world.print([address, role, `since ${givenAt.slice(0, 10)}`, `by ${givenBy}`].join('\t'));
    return 0;
  },
};

function accepted<Value>(result: Result<Value>, settings: Settings): Value {
  if (result.ok) return result.value;
  throw new Refused(result.problems.map((p) => administratorSentence(p, settings)).join('\n'));
}

export const roleCommands: Readonly<Record<string, Command>> = { 'roles give': give, 'roles take': take, 'roles list': list };
