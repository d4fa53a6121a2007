// A push service for tests: real HTTPS behind a real proxy, on loopback. It keeps what it was sent, and opens it as a browser would.
import { createDecipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { importJWK, jwtVerify } from 'jose';
import { certificateFor } from '../../e2e/phone-services/certificate.ts';
import { type ConnectProxy, connectProxy } from '../../e2e/phone-services/connect-proxy.ts';
import type { PushSubscription } from './sender.ts';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface TestPushService {
  /** PEM of the one certificate to believe: it is of the push services' names. */
  readonly certificate: string;
  /** Leads every host to this service. */
  readonly proxy: ConnectProxy;
  /** Oldest first. */
  readonly received: readonly Received[];
  /** What it does with a request; 201 unless said otherwise. */
  answer: (response: ServerResponse, request: Received) => void;
  close(): Promise<void>;
}

export async function testPushService(names: readonly string[] = ['fcm.googleapis.com']): Promise<TestPushService> {
  const { key, certificate } = certificateFor(names);
  const received: Received[] = [];
  const server = createServer({ key, cert: certificate }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const one = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) };
    received.push(one);
    service.answer(response, one);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy = await connectProxy(() => (server.address() as AddressInfo).port);
  const service: TestPushService = {
    certificate,
    proxy,
    received,
    answer: (response) => response.writeHead(201).end(),
    async close() {
      server.closeAllConnections();
      await Promise.all([proxy.stop(), new Promise((resolve) => server.close(resolve))]);
    },
  };
  return service;
}

export interface TestBrowser {
  readonly subscription: PushSubscription;
  /** The text that was meant for it; throws when it was not, or when it was altered. */
  open(body: Buffer): string;
}

/** What a browser keeps when it subscribes. */
export function testBrowser(endpoint = 'https://fcm.googleapis.com/fcm/send/dIk2:APA91b'): TestBrowser {
  const own = createECDH('prime256v1');
  own.generateKeys();
  const auth = randomBytes(16);
  return {
    subscription: { endpoint, p256dh: own.getPublicKey('base64url'), auth: auth.toString('base64url') },
    open: (body) => opened(body, own, auth),
  };
}

/** RFC 8291 and RFC 8188 by hand: the library that encrypted must not vouch for itself. */
function opened(body: Buffer, own: ECDH, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const senderKey = body.subarray(21, 21 + body.readUInt8(20));
  const record = body.subarray(21 + senderKey.length);
  const hkdf = (secret: Buffer, with_: Buffer, info: Buffer, length: number) => Buffer.from(hkdfSync('sha256', secret, with_, info, length));
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), own.getPublicKey(), senderKey]);
  const secret = hkdf(own.computeSecret(senderKey), auth, info, 32);
  const decipher = createDecipheriv(
    'aes-128-gcm',
    hkdf(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16),
    hkdf(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12),
  ).setAuthTag(record.subarray(-16));
  const plain = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  // The last record ends in a 2, and perhaps zeros (RFC 8188, section 2).
  return plain.subarray(0, plain.lastIndexOf(2)).toString();
}

/** RFC 8292: the token of `Authorization: vapid t=…, k=…`, checked with the key that the browser subscribed with. Throws when it is another's. */
export async function vapidClaims(authorization: string | undefined, publicKey: string, audience: string) {
  const [, token = '', key] = /^vapid t=([^,]+), k=([\w-]+)$/.exec(authorization ?? '') ?? [];
  if (key !== publicKey) throw new Error('Signed with another key than the browser subscribed with.');
  const point = Buffer.from(publicKey, 'base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
  return (await jwtVerify(token, await importJWK(jwk, 'ES256'), { audience, algorithms: ['ES256'] })).payload;
}
