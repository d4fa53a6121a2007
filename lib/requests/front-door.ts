// Where every request comes in: it gets its id, is refused when nobody could read it, and is one line of the log and one figure of the
// metrics once it is answered. Around Next's own handler, which knows nothing of it.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Metrics } from '../metrics.ts';
import { randomToken } from '../secrets.ts';
import type { Settings } from '../settings.ts';
import { serving } from './current-request.ts';
import { type PlainStatus, plainPage } from './plain-page.ts';
import { type Route, refusalOf, requestIdOf, routeOf } from './rules.ts';

interface Needs {
  readonly settings: Pick<Settings, 'proxies' | 'origin' | 'development'>;
  readonly log: { info(facts: object, sentence: string): void; error(facts: object, sentence: string): void };
  readonly metrics: Pick<Metrics, 'answered'>;
  /** Epoch milliseconds. */
  now(): number;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** Asked every few seconds by machines: a line for each would hide the others. */
const routine = /^\/(health(\/live)?|metrics)$/;

/** @param routes Next's own pages, by whose names requests are logged. @param handle what answers whatever the door lets through */
export function frontDoor({ settings, log, metrics, now }: Needs, routes: readonly Route[], handle: Handler): RequestListener {
  const secure = settings.origin.startsWith('https:');
  const refuse = (response: ServerResponse, status: PlainStatus) => {
    const { html, headers } = plainPage(status, { nonce: randomToken(128), formTargets: [], secure, development: settings.development });
    response.writeHead(status, { ...headers, ...(status === 405 ? { Allow: 'GET, HEAD, POST, OPTIONS' } : {}) }).end(html);
  };

  return (request, response) => {
    const { method = 'GET', url = '/' } = request;
    const began = now();
    const id = requestIdOf(request.headers['x-request-id'], settings.proxies, randomToken(96));
    const route = routeOf(url, routes);
    const all = serving();
    // Whoever reads headers reads the same.
    request.headers['x-request-id'] = id;
    response.setHeader('X-Request-Id', id);
    // Kept alive, a connection would bring more requests to a process that is stopping.
    if (all.draining) response.setHeader('Connection', 'close');

    response.once('close', () => {
      const ms = Math.max(0, now() - began);
      const status = response.statusCode;
      // A stream lasts as long as somebody waits: no measure of how fast we are.
      const stream = String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');
      metrics.answered(route, method, status, stream ? null : ms / 1000);
      if (routine.test(route) && status === 200) return;
      const facts = { request: id, method: method.slice(0, 20), route, status, ms };
      log.info(response.writableFinished ? facts : { ...facts, cut: true }, 'Answered.');
    });

    all.request.run(id, () => {
      const refusal = refusalOf(method, url);
      if (refusal) return refuse(response, refusal);
      Promise.resolve(handle(request, response)).catch((error: unknown) => {
        log.error({ request: id, route, err: error }, 'A request failed before any page could answer.');
        if (response.headersSent) response.destroy();
        else refuse(response, 503);
      });
    });
  };
}
