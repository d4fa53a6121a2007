// One application, one process: `tsx e2e/applications/start.ts ID ISSUER FIRST_PORT`. Says its address on one line when it answers.
import { createApplication } from './application.ts';
import { originOf, registrations } from './registrations.ts';

const [id, issuer, firstPort] = process.argv.slice(2);
const registration = registrations.find((r) => r.id === id);
if (!registration || !issuer || !firstPort) throw new Error('Usage: start.ts ID ISSUER FIRST_PORT');

const origin = originOf(registration, Number(firstPort));
createApplication(registration, origin, issuer).listen(Number(new URL(origin).port), '127.0.0.1', () => process.stdout.write(`${origin}\n`));
