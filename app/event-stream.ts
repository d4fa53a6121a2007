// Server-sent events for whoever waits: what is read changes, and the browser is told. The rows are looked at when this process has done
// something to the account, and every second for what another process did.
import 'server-only';
import type { Portal } from '#lib/portal';

/** Milliseconds, all of them. */
const everySecond = 1_000;
/** For connections that vanished without a word, and for proxies that close silent ones. */
const heartbeat = 15_000;
/** A browser that still waits then connects again by itself. */
const longest = 10 * 60_000;
/** Unread pieces after which nobody seems to read. */
const mostUnread = 64;

const key = Symbol.for('account-portal-streams');
type Holder = typeof globalThis & { [key]?: { readonly open: Set<() => void>; closed: boolean } };
const streams = () => {
  const holder = globalThis as Holder;
  holder[key] ??= { open: new Set(), closed: false };
  return holder[key];
};

/** Ends every stream, and those that come later: a process with open ones would not stop. */
export function closeStreams(): void {
  const all = streams();
  all.closed = true;
  for (const close of [...all.open]) close();
}

/** How many wait in this process. */
export const openStreams = (): number => streams().open.size;

export interface Watched {
  readonly portal: Pick<Portal, 'changes' | 'log'>;
  readonly accountId: string;
  /** What is to be told: sent at first, and each time that it is another. Null when there is nothing more to wait for. */
  read(): Promise<string | null>;
}

/** Each piece is an event `changed` whose data is one line of text; at the end comes an event `over`. */
export function eventStream(request: Request, { portal, accountId, read }: Watched): Response {
  const encoder = new TextEncoder();
  const all = streams();
  let end = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let told: string | undefined;
      let looking = false;
      let again = false;
      let over = false;
      const send = (text: string) => {
        if (over) return;
        if ((controller.desiredSize ?? 0) < -mostUnread) end();
        else controller.enqueue(encoder.encode(text));
      };
      const look = async () => {
        again = true;
        if (looking) return;
        looking = true;
        try {
          while (again && !over) {
            again = false;
            const now = await read();
            if (now === null) {
              send('event: over\ndata: \n\n');
              end();
            } else if (now !== told) {
              told = now;
              send(`event: changed\ndata: ${now}\n\n`);
            }
          }
        } catch (error) {
          portal.log.error({ err: error }, 'A stream could not be read for.');
          end();
        } finally {
          looking = false;
        }
      };
      const looks = setInterval(look, everySecond);
      const beats = setInterval(() => send(': \n\n'), heartbeat);
      const limit = setTimeout(() => end(), longest);
      const stop = portal.changes.listen(accountId, look);
      // The browser has gone: Next aborts the request, and does not always cancel the body.
      end = () => {
        if (over) return;
        over = true;
        clearInterval(looks);
        clearInterval(beats);
        clearTimeout(limit);
        stop();
        all.open.delete(end);
        request.signal.removeEventListener('abort', end);
        try {
          controller.close();
        } catch {
          // Cancelled already.
        }
      };
      all.open.add(end);
      request.signal.addEventListener('abort', end);
      send('retry: 1000\n\n');
      if (all.closed || request.signal.aborted) end();
      else void look();
    },
    cancel: () => end(),
  });
  return new Response(body, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
      // Kept alive, the browser would come back on it to a process that is stopping, which then never would.
      Connection: 'close',
    },
  });
}

/** The same for browsers and networks that let no stream through: what is read now, as JSON, to be asked for every few seconds. */
export async function streamOrAnswer(request: Request, watched: Watched): Promise<Response> {
  if (request.headers.get('accept')?.includes('text/event-stream')) return eventStream(request, watched);
  return Response.json({ state: await watched.read() }, { headers: { 'Cache-Control': 'no-store' } });
}
