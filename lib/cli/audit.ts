// Commands about the audit log: whether it is whole.
import { type BreakKind, verifyChain } from '../audit/verify-chain.ts';
import { headFile, keptHead, sealAndKeepHead } from '../operations/audit-head.ts';
import { type Command, isSet, textOf, UsageError } from './command.ts';

const sentences: Readonly<Record<BreakKind, string>> = {
  altered: 'it, or its place in the chain, was altered',
  reordered: 'it stands where another event was sealed',
  deleted: 'it was deleted',
  'place-deleted': 'one place or more were deleted here, with their events',
  inserted: 'it was written past the portal: it has no place in the chain, and waits for none',
  'mark-forged': 'the mark of the last purge was not set by the portal: what is before it was deleted by somebody else',
  'cut-off': 'the log ends before here, and is known to have gone further: its end was cut off, or an older copy was put in its place',
  rewritten: 'another event is known to have been sealed here: the log was written again',
};

const verify: Command = {
  summary: 'verify that no event of the audit log was altered, deleted, inserted or moved',
  usage: '[--head PLACE:HASH] [--json]',
  details: `Looks at every event and its place in the chain, and names the first one that is not as it was sealed; the exit code is 1 then. The portal
may be running. Its answer ends with the head: keep it elsewhere, and give it as --head the next time, because a log whose end was cut off is
whole in itself. The head in the data folder is always compared, and the portal tells it to its log every hour.
What nobody can tell: events of the last two seconds, which have no place yet, and events that somebody made up under the portal's own rights.`,
  options: { json: { type: 'boolean' }, head: { type: 'string' } },
  words: 0,
  async run(world, given) {
    const asked = textOf(given, 'head');
    const [, place, hash] = /^(\d{1,15}):([\w-]{43})$/.exec(asked ?? '') ?? [];
    if (asked !== undefined && (place === undefined || hash === undefined)) throw new UsageError('--head is PLACE:HASH, as this command prints it.');
    const portal = await world.portal();
    await sealAndKeepHead(portal);
    const known = [keptHead(portal.settings), place !== undefined && hash !== undefined ? { seq: Number(place), hash } : null];
    let told = 0;
    const found = await verifyChain(
      portal,
      known.filter((head) => head !== null),
      (looked) => {
        if (looked - told < 100_000) return;
        told = looked;
        if (!isSet(given, 'json')) world.tell(`${looked} events are right so far.`);
      },
    );
    const { verified, after, head, unsealed, late, broken } = found;
    if (isSet(given, 'json')) world.print(JSON.stringify(found));
    else {
      world.print(`${verified} events are right${after ? `, from place ${after + 1} on; what was before is purged` : ''}.`);
      if (unsealed) world.print(`${unsealed} events have no place yet.`);
      if (late.count) world.print(`${late.count} were sealed more than ten minutes after their own date, the first is ${late.first}: see why.`);
      world.print(`Head: ${head.seq}:${head.hash}`);
      if (broken) {
        const where = [broken.seq === null ? null : `place ${broken.seq}`, broken.eventId === null ? null : `event ${broken.eventId}`];
        world.tell(`BROKEN at ${where.filter(Boolean).join(', ')}: ${sentences[broken.kind]}.`);
        if (broken.kind === 'cut-off' || broken.kind === 'rewritten')
          world.tell(`If a restore explains it, remove ${headFile(portal.settings)}; it is made again.`);
      } else world.tell('The audit log is whole.');
    }
    return broken ? 1 : 0;
  },
};

export const auditCommands: Readonly<Record<string, Command>> = { 'audit verify': verify };
