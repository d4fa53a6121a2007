// Says how much processor time one password check takes, milliseconds. A process of its own, so that nothing else is counted.
import { createHashing } from '#lib/hashing';
import { readSettings } from '#lib/settings';

const rounds = 60;
const hashing = createHashing(readSettings({ PORTAL_MODE: 'demo' }).policy.hashing, new Uint8Array(32));
const stored = await hashing.hash('quatre tortues dans la brume');
for (let n = 0; n < 10; n++) await hashing.verify(stored, 'quatre tortues dans la brume');
const before = process.cpuUsage();
for (let n = 0; n < rounds; n++) await hashing.verify(stored, 'quatre tortues dans la brume');
const { user, system } = process.cpuUsage(before);
process.stdout.write(String((user + system) / 1000 / rounds));
