// The process that serves: Next's own handler behind our front door, which instrumentation.ts leaves for it. Plain JavaScript: the loader
// that reads TypeScript would stand in the way of every module. `npm start` (start.ts) starts it, and judges the settings first.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

process.env.NODE_ENV ??= 'production';
process.title = 'account-portal';
// What Next says of its start is no line of our log; its failures are.
console.log = console.info = () => {};
const { default: next } = await import('next');

const port = Number(process.env.PORT ?? 3000);
const hostname = process.env.PORTAL_HOST ?? '127.0.0.1';
const app = next({ dev: false, dir: '.', hostname, port, quiet: true });
await app.prepare();
const handle = app.getRequestHandler();

// Next runs instrumentation.ts before the first request that it gets: one of ours, out of reach of others.
const first = createServer(handle).listen(0, '127.0.0.1');
await once(first, 'listening');
await fetch(`http://127.0.0.1:${first.address().port}/health/live`);
first.close();
first.closeAllConnections();

const open = globalThis[Symbol.for('account-portal-front-door')];
if (!open) throw new Error('The portal has not opened: is this build whole?');
const manifest = JSON.parse(readFileSync(join(process.env.NEXT_DIST_DIR ?? '.next', 'routes-manifest.json'), 'utf8'));
const { listener, drain, closed } = await open(manifest, handle);

const server = createServer(listener);
// Longer than a reverse proxy keeps its own end (nginx: 60 s): it never sends on a connection that we are closing.
server.keepAliveTimeout = 75_000;
// The whole of a request's head: nobody holds a connection by sending it letter by letter.
server.headersTimeout = 20_000;
server.on('error', (error) => {
  console.error(error);
  process.exit(1);
});
server.listen(port, hostname);

/** Milliseconds after which what is still under way is cut off. */
const patience = 25_000;
let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  await drain();
  const ended = new Promise((resolve) => server.close(resolve));
  // One that was answering when we were told is idle a moment later, and would be kept for the next request.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const late = setTimeout(() => server.closeAllConnections(), patience);
  await ended;
  clearInterval(idle);
  clearTimeout(late);
  await app.close();
  await closed();
  process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => void stop());
