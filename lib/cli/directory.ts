// Commands about a directory elsewhere (LDAP).
import { freezeLeavers } from '../accounts/freeze-leavers.ts';
import { linkAccounts } from '../accounts/link-accounts.ts';
import { unlinkAccount } from '../accounts/unlink-account.ts';
import { type Command, isSet, Refused, textOf, UsageError } from './command.ts';
import { administratorSentence } from './sentences.ts';

const json = { json: { type: 'boolean' } } as const;
const usualLeavers = 20;
const nothingElsewhere = 'The accounts are the directory here (directory.kind: embedded): there is nothing to compare.';

const check: Command = {
  summary: 'freeze the accounts of whom the directory no longer has',
  usage: '[--at-most NUMBER] [--dry-run] [--json]',
  details: `Run it every day. Everybody is looked for before anything is changed: when the directory does not answer, or when more than --at-most
people (${usualLeavers} if not said) seem to have left, nobody is frozen, and the exit code is 1. A frozen account is refused at its next request, and opened
again by accounts enable.`,
  options: { ...json, 'at-most': { type: 'string' }, 'dry-run': { type: 'boolean' } },
  words: 0,
  async run(world, given) {
    const atMost = Number(textOf(given, 'at-most') ?? usualLeavers);
    if (!Number.isInteger(atMost) || atMost < 0) throw new UsageError('--at-most is a number of people.');
    const portal = await world.portal();
    const { outcome, checked, leavers } = await freezeLeavers(portal, world.operator, { atMost, readOnly: isSet(given, 'dry-run') });
    if (outcome === 'elsewhere') throw new Refused(nothingElsewhere);
    const frozen = outcome === 'frozen' ? leavers.length : 0;
    if (isSet(given, 'json')) world.print(JSON.stringify({ checked, leavers, frozen }));
    else {
      for (const address of leavers) world.print(address);
      world.tell(`${checked} accounts looked for, ${leavers.length} no longer in the directory, ${frozen} frozen.`);
    }
    if (outcome !== 'too-many') return 0;
    world.tell(
      `More than ${atMost} people at once: nobody was frozen. See directory.base and directory.filter; if they have left, --at-most ${leavers.length}.`,
    );
    return 1;
  },
};

const unlink: Command = {
  summary: 'let an account be taken over by a new entry of the directory',
  usage: 'ADDRESS [--json]',
  details: `An account belongs to one entry, by its number (directory.attributes.id), not by its address, which may be given to somebody else. When the
entry of the same person was made anew, this frees the account: the next one who signs in with its address has it, with its factors.`,
  options: json,
  words: 1,
  async run(world, given) {
    const [address = ''] = given.positionals;
    const portal = await world.portal();
    const result = await unlinkAccount(portal, world.operator, address);
    if (!result.ok) throw new Refused(result.problems.map((p) => administratorSentence(p, portal.settings)).join('\n'));
    const { changed } = result.value;
    if (isSet(given, 'json')) world.print(JSON.stringify({ address, changed }));
    else world.print(changed ? `${address} is free for the entry that signs in next.` : `${address} was no entry’s.`);
    return 0;
  },
};

const link: Command = {
  summary: 'tie the accounts from before the directory to the people in it',
  usage: '[--dry-run] [--json]',
  details: `For moving from the embedded directory. Each account that is no entry’s is looked for by its address, and belongs from then on to the entry
that was found, by its number: an address that is given to somebody else later opens nothing. Everybody is looked for before anything is changed; a
directory that does not answer changes nothing. Accounts whose address nobody has there, or that two people share, are named and left as they
are, and the exit code is 1.`,
  options: { ...json, 'dry-run': { type: 'boolean' } },
  words: 0,
  async run(world, given) {
    const portal = await world.portal();
    const { outcome, checked, ...found } = await linkAccounts(portal, world.operator, { readOnly: isSet(given, 'dry-run') });
    if (outcome === 'elsewhere') throw new Refused(nothingElsewhere);
    if (isSet(given, 'json')) world.print(JSON.stringify({ checked, ...found }));
    else {
      for (const what of ['absent', 'ambiguous'] as const) for (const address of found[what]) world.print(`${address}\t${what}`);
      const { length } = found.linked;
      world.tell(
        `${checked} accounts looked for, ${length} ${outcome === 'looked' ? 'could be linked' : 'linked'}, ${found.absent.length} absent, ${found.ambiguous.length} ambiguous.`,
      );
    }
    return found.absent.length + found.ambiguous.length === 0 ? 0 : 1;
  },
};

export const directoryCommands: Readonly<Record<string, Command>> = {
  'directory check': check,
  'directory link': link,
  'directory unlink': unlink,
};
