// Every request over HTTP, as it comes in: its id, its line in the log, its figure in the metrics.
import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { currentRequest, serving } from './current-request.ts';
import { frontDoor, type Handler } from './front-door.ts';
import { routesOf } from './rules.ts';

const routes = routesOf({
  staticRoutes: [{ page: '/health', regex: '^/health$' }],
  dynamicRoutes: [{ page: '/not-me/[token]', regex: '^/not-me/([^/]+?)$' }],
});
let server: Server;
afterEach(() => {
  serving().draining = false;
  server.closeAllConnections();
  server.close();
});

interface Line {
  readonly sentence: string;
  readonly [fact: string]: unknown;
}

async function open(handle: Handler, proxies = 0) {
  const lines: Line[] = [];
  const answered: unknown[][] = [];
  const log = (facts: object, sentence: string) => void lines.push({ ...facts, sentence });
  const door = frontDoor(
    {
      settings: { proxies, origin: 'https://auth.example.org', development: false },
      log: { info: log, error: log },
      metrics: { answered: (...facts) => void answered.push(facts) },
      now: () => 0,
    },
    routes,
    handle,
  );
  server = createServer(door).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ask = async (path: string, options: { method?: string; headers?: Record<string, string> } = {}) => {
    const asked = httpRequest({ port, host: '127.0.0.1', path, ...options }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of response) text += chunk;
    // The line is written once the connection knows that the answer has left.
    for (let n = 0; n < 100 && !lines.some(({ request }) => request === response.headers['x-request-id']); n++) await sleep(1);
    return { status: response.statusCode, headers: response.headers, text };
  };
  return { ask, lines, answered };
}

test('each request has an id: told to the browser, to whoever answers, and in its one line, which says nothing of the person', async () => {
  let seen: unknown[] = [];
  const { ask, lines, answered } = await open(async (request, response) => {
    await sleep(1);
    seen = [currentRequest(), request.headers['x-request-id']];
    response.end('ok');
  });
  const headers = { cookie: 'session=secret', 'x-request-id': 'chosen-by-a-stranger', 'x-forwarded-for': '203.0.113.7' };
  const { headers: got } = await ask('/not-me/secret-token?address=claire.martin@inserm.fr', { headers });
  const id = got['x-request-id'];
  expect(id).toMatch(/^[\w-]{16}$/);
  expect(seen).toEqual([id, id]);
  expect(lines).toEqual([{ request: id, method: 'GET', route: '/not-me/[token]', status: 200, ms: 0, sentence: 'Answered.' }]);
  expect(answered).toEqual([['/not-me/[token]', 'GET', 200, 0]]);
  expect(currentRequest()).toBeUndefined();
});

test('behind our proxy, its id is kept', async () => {
  const { ask, lines } = await open((_request, response) => void response.end(), 1);
  expect((await ask('/x', { headers: { 'x-request-id': 'of-the-proxy-1234' } })).headers['x-request-id']).toBe('of-the-proxy-1234');
  expect(lines[0]).toMatchObject({ request: 'of-the-proxy-1234' });
});

test('SEC-94: TRACE and what can’t be decoded are refused with a page, and reach nobody', async () => {
  let reached = 0;
  const { ask } = await open((_request, response) => {
    reached++;
    response.end();
  });
  const traced = await ask('/not-me/x', { method: 'TRACE' });
  expect(traced).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, POST, OPTIONS', 'x-content-type-options': 'nosniff' } });
  const garbled = await ask('/%E0%A4%A');
  expect(garbled.status).toBe(400);
  expect(garbled.text).toContain('rien n’a été changé');
  expect(garbled.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(reached).toBe(0);
});

test('a failure before any page is a line of the log with the id that the browser got, and a page', async () => {
  const { ask, lines } = await open(async () => {
    throw new Error('broken');
  });
  const { status, headers } = await ask('/not-me/x');
  expect(status).toBe(503);
  expect(lines[0]).toMatchObject({ request: headers['x-request-id'], err: { message: 'broken' } });
});

test('health checks that succeed are no lines; streams are no measure of speed', async () => {
  const { ask, lines, answered } = await open((request, response) => {
    response.setHeader('content-type', request.url === '/health' ? 'application/json' : 'text/event-stream; charset=utf-8');
    response.end();
  });
  await Promise.race([ask('/health'), sleep(50)]);
  await ask('/not-me/x');
  expect(lines.map(({ route }) => route)).toEqual(['/not-me/[token]']);
  expect(answered).toEqual([
    ['/health', 'GET', 200, 0],
    ['/not-me/[token]', 'GET', 200, null],
  ]);
});

test('whoever is cut off before the answer was whole is said to be', async () => {
  const { lines } = await open((request) => void setTimeout(() => request.socket.destroy(), 1));
  const { port } = server.address() as AddressInfo;
  const asked = httpRequest({ port, host: '127.0.0.1', path: '/not-me/x' }).end();
  await once(asked, 'error');
  for (let n = 0; n < 100 && lines.length === 0; n++) await sleep(1);
  expect(lines).toMatchObject([{ cut: true }]);
});

test('a process that is stopping closes each connection after its answer', async () => {
  const { ask } = await open((_request, response) => void response.end());
  expect((await ask('/x', { headers: { connection: 'keep-alive' } })).headers.connection).toBe('keep-alive');
  serving().draining = true;
  expect((await ask('/x', { headers: { connection: 'keep-alive' } })).headers.connection).toBe('close');
});
