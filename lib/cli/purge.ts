// The command that deletes what is past its time at once; the portal does it every hour.
import { purgeExpired } from '../operations/purge-expired.ts';
import { type Command, isSet } from './command.ts';

export const purge: Command = {
  summary: 'delete what is past its time now, without waiting for the portal’s hourly purge',
  usage: '[--json]',
  details: `The portal may be running. Sessions, codes and pending things go at once when they have expired, the audit log's events after twelve months;
what was deleted, and for events the places and the hash that the rest of the log begins with, is an event of its own.`,
  options: { json: { type: 'boolean' } },
  words: 0,
  async run(world, given) {
    const portal = await world.portal();
    const purged = await purgeExpired(portal, world.operator.name);
    const counts = Object.entries(purged).filter(([, count]) => count > 0);
    if (isSet(given, 'json')) world.print(JSON.stringify({ purged }));
    else for (const [table, count] of counts) world.print(`${table}\t${count}`);
    if (!isSet(given, 'json')) world.tell(counts.length ? 'The audit log says so.' : 'Nothing was past its time.');
    return 0;
  },
};
