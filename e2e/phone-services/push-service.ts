// Google's push service as Chromium and the portal speak to it: checking in and registering (HTTP), the connection on which messages
// reach the browser (MCS: protobuf over TLS), and the Web Push endpoint (HTTPS). Chromium's switches for it are its own and undocumented.
import { randomBytes } from 'node:crypto';
import { createServer as createHttp, type IncomingMessage } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTls, type TLSSocket } from 'node:tls';
import type { Certificate } from './certificate.ts';

/** Where subscriptions point: Google Chrome's host, and that of Chromium as distributions build it. */
export const pushHosts = ['fcm.googleapis.com', 'jmt17.google.com'] as const;

export interface ReceivedPush {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As encrypted. */
  readonly body: Buffer;
  /** What it was answered. */
  readonly status: number;
}

export interface PushService {
  /** Switches with which Chromium subscribes here. */
  readonly chromiumSwitches: readonly string[];
  /** The port of 127.0.0.1 that plays `pushHosts`. */
  readonly port: number;
  /** Oldest first. */
  readonly received: readonly ReceivedPush[];
  stop(): Promise<void>;
}

/** @param certificate for `pushHosts` and `localhost` */
export async function startPushService({ key, certificate, publicKeyHash }: Certificate): Promise<PushService> {
  /** What a browser registered with, by its endpoint's last part. */
  const registrations = new Map<string, URLSearchParams>();
  const browsers = new Set<TLSSocket>();
  const received: ReceivedPush[] = [];

  const registry = createHttp(async (request, response) => {
    const form = new URLSearchParams((await bodyOf(request)).toString('latin1'));
    if (request.url === '/checkin') {
      response.setHeader('content-type', 'application/x-protobuffer');
      // AndroidCheckinResponse: stats_ok, time_msec, android_id, security_token.
      response.end(Buffer.concat([number(1, 1), number(3, Date.now()), fixed64(7, 0x1234567890abcdn), fixed64(8, 0x0fedcba987654321n)]));
    } else if (form.has('delete')) {
      const subtype = form.get('X-subtype');
      for (const [token, made] of registrations) if (made.get('X-subtype') === subtype) registrations.delete(token);
      response.end(`token=${subtype}`);
    } else {
      const token = randomBytes(60).toString('base64url');
      registrations.set(token, form);
      response.end(`token=${token}`);
    }
  });

  const connection = createTls({ key, cert: certificate }, (socket) => {
    let waiting = Buffer.alloc(0);
    let greeted = false;
    socket.on('error', () => socket.destroy());
    socket.on('close', () => browsers.delete(socket));
    socket.on('data', (data) => {
      waiting = Buffer.concat([waiting, data]);
      if (!greeted) {
        greeted = true;
        // Its protocol version; ours.
        waiting = waiting.subarray(1);
        socket.write(Buffer.from([41]));
      }
      for (let frame = firstFrame(waiting); frame; frame = firstFrame(waiting)) {
        waiting = waiting.subarray(frame.length);
        if (frame.tag === tags.heartbeatPing) socket.write(framed(tags.heartbeatAck, Buffer.alloc(0)));
        if (frame.tag === tags.loginRequest) {
          // LoginResponse: id, server_timestamp.
          socket.write(framed(tags.loginResponse, Buffer.concat([text(1, 'login-1'), number(8, Date.now())])));
          browsers.add(socket);
        }
      }
    });
  });

  const endpoint = createHttps({ key, cert: certificate }, async (request, response) => {
    const { url: path = '', headers } = request;
    const body = await bodyOf(request);
    const registration = registrations.get(/^\/fcm\/send\/([\w-]+)$/.exec(path)?.[1] ?? '');
    const status = registration === undefined ? 410 : isSignedBy(registration.get('sender'), headers.authorization) ? 201 : 403;
    received.push({ path, headers, body, status });
    if (registration && status === 201) {
      const id = String(received.length);
      const data = (name: string, value: string) => bytes(7, Buffer.concat([text(1, name), text(2, value)]));
      // DataMessageStanza: id, from, category, app_data, persistent_id, stream_id, ttl, sent, raw_data.
      const stanza = [
        text(2, `m${id}`),
        text(3, registration.get('sender') ?? ''),
        text(5, registration.get('app') ?? ''),
        data('subtype', registration.get('X-subtype') ?? ''),
        data('content-encoding', 'aes128gcm'),
        text(9, `p${id}`),
        number(10, received.length),
        number(17, Number(headers.ttl ?? 0)),
        number(18, Date.now()),
        bytes(21, body),
      ];
      for (const browser of browsers) browser.write(framed(tags.dataMessage, Buffer.concat(stanza)));
      response.setHeader('location', `/m/${id}`);
    }
    response.writeHead(status).end();
  });

  const servers: readonly Server[] = [registry, connection, endpoint];
  const sockets = new Set<Socket>();
  for (const server of servers) {
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }
  const [registryPort, connectionPort, port] = servers.map((server) => (server.address() as AddressInfo).port);
  return {
    chromiumSwitches: [
      `--gcm-checkin-url=http://127.0.0.1:${registryPort}/checkin`,
      `--gcm-registration-url=http://127.0.0.1:${registryPort}/register`,
      `--gcm-mcs-endpoint=https://localhost:${connectionPort}`,
      `--ignore-certificate-errors-spki-list=${publicKeyHash}`,
    ],
    port: port ?? 0,
    received,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** Whether the key of the VAPID header is the one that the browser subscribed with; the token itself is checked in lib/push/web-push.test.ts. */
const isSignedBy = (sender: string | null, authorization = '') => /, ?k=([\w-]+)/.exec(authorization)?.[1] === sender;

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

// Protobuf and MCS, as much as is needed. A frame is a tag, a length and a message.
const tags = { heartbeatPing: 0, heartbeatAck: 1, loginRequest: 2, loginResponse: 3, dataMessage: 8 } as const;

function varint(value: number | bigint): Buffer {
  const found: number[] = [];
  let rest = BigInt(value);
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    found.push(rest ? low | 128 : low);
  } while (rest);
  return Buffer.from(found);
}
const number = (field: number, value: number) => Buffer.concat([varint(field << 3), varint(value)]);
const bytes = (field: number, value: Buffer) => Buffer.concat([varint((field << 3) | 2), varint(value.length), value]);
const text = (field: number, value: string) => bytes(field, Buffer.from(value));
const fixed64 = (field: number, value: bigint) => {
  const eight = Buffer.alloc(8);
  eight.writeBigUInt64LE(value);
  return Buffer.concat([varint((field << 3) | 1), eight]);
};
const framed = (tag: number, message: Buffer) => Buffer.concat([Buffer.from([tag]), varint(message.length), message]);

/** @returns nothing when the frame is not whole yet */
function firstFrame(data: Buffer): { readonly tag: number; readonly length: number } | null {
  let size = 0;
  for (let at = 1; at < data.length && at < 6; at++) {
    const byte = data.readUInt8(at);
    size |= (byte & 127) << (7 * (at - 1));
    if (byte < 128) return data.length < at + 1 + size ? null : { tag: data.readUInt8(0), length: at + 1 + size };
  }
  return null;
}
