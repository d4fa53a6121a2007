// The command that says what is wrong with a portal, and how to mend it.
import { examine } from '../operations/examine.ts';
import { type Command, isSet } from './command.ts';

const marks = { good: 'ok    ', notice: 'note  ', wrong: 'WRONG ' } as const;

export const doctor: Command = {
  summary: 'examine settings, tables, audit log, backups, keys, mail, directory, clock and disk, with the mend of what is wrong',
  usage: '[--json]',
  options: { json: { type: 'boolean' } },
  words: 0,
  async run(world, given) {
    const findings = await examine(world.settings(), () => world.portal());
    if (isSet(given, 'json')) world.print(JSON.stringify({ findings }));
    else for (const { what, state, sentence } of findings) world.print(`${marks[state]}${what.padEnd(14)}${sentence}`);
    const wrong = findings.filter((f) => f.state === 'wrong').length;
    if (!isSet(given, 'json')) world.tell(wrong ? `${wrong} ${wrong === 1 ? 'thing is' : 'things are'} wrong.` : 'Nothing is wrong.');
    return wrong ? 1 : 0;
  },
};
