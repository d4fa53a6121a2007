// Messages to phones against a real push service over TLS, behind a real proxy: what it gets, what it can't read, what its answers lead to.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { minutes, seconds } from '../duration.ts';
import { type TestPortal, testPortal } from '../portal.testing.ts';
import { type TestBrowser, type TestPushService, testBrowser, testPushService, vapidClaims } from './push-service.testing.ts';
import { payloadBytes, phoneMessage } from './rules.ts';
import type { PushSender } from './sender.ts';
import { webPushSender } from './web-push.ts';

let portal: TestPortal;
let service: TestPushService;
let browser: TestBrowser;
let sender: PushSender;
let pauses: number[];
let logged: string;

const senderOf = (settings: Partial<TestPortal['settings']> = {}, patience = seconds(5)): PushSender =>
  webPushSender(
    { ...portal, settings: { ...portal.settings, pushProxy: service.proxy.url, ...settings }, log: { warn: log, error: log } },
    {
      ca: service.certificate,
      patience,
      async pause(milliseconds) {
        pauses.push(milliseconds);
        portal.clock.advance(milliseconds);
      },
    },
  );
const log = (facts: object, sentence: string) => {
  logged += `${sentence} ${JSON.stringify(facts)}\n`;
};
const message = (facts: { kind?: 'req' | 'test'; title?: string; life?: number } = {}) =>
  phoneMessage(portal.secrets, {
    kind: facts.kind ?? 'req',
    id: 'iQ2yJ0m3yVqk0g3b3yN1iA',
    accountId: 'the account of claire.martin@inserm.fr',
    uselessAt: portal.now() + (facts.life ?? seconds(60)),
    title: facts.title ?? 'Demande de connexion',
    navigate: 'https://auth.inserm.fr/authenticator',
  });

beforeEach(async () => {
  portal = await testPortal();
  service = await testPushService(['fcm.googleapis.com', 'web.push.apple.com']);
  browser = testBrowser();
  pauses = [];
  logged = '';
  sender = senderOf();
});
afterEach(async () => {
  sender.close();
  await service.close();
  await portal.close();
});

test('a message arrives at the browser that subscribed, whole, and through the proxy of the settings', async () => {
  const sent = message();
  expect(await sender.send(browser.subscription, sent)).toEqual({ outcome: 'sent' });
  const [got] = service.received;
  expect(JSON.parse(browser.open(got?.body ?? Buffer.alloc(0)))).toEqual(sent.payload);
  expect(got?.path).toBe('/fcm/send/dIk2:APA91b');
  expect(got?.headers).toMatchObject({ ttl: '60', urgency: 'high', topic: sent.topic, 'content-encoding': 'aes128gcm' });
  expect(service.proxy.asked).toEqual(['fcm.googleapis.com:443']);
  expect(sender.counters).toEqual({ sent: 1, gone: 0, refused: 0, failed: 0, retried: 0 });
  expect(logged).toBe('');
});

test('the message is signed with the key that browsers subscribe with, for that push service alone, and says whom to write to', async () => {
  await sender.send(browser.subscription, message());
  const authorization = service.received[0]?.headers.authorization;
  const claims = await vapidClaims(authorization, await sender.publicKey(), 'https://fcm.googleapis.com');
  expect(claims.sub).toBe(`mailto:${portal.settings.helpdesk.email}`);
  await expect(vapidClaims(authorization, await sender.publicKey(), 'https://web.push.apple.com')).rejects.toThrow('aud');
});

test('what the push service sees has one size, and nothing of a person in clear', async () => {
  await sender.send(browser.subscription, message());
  await sender.send(browser.subscription, message({ kind: 'test', title: 'Ceci est un essai, les notifications arrivent bien sur ce téléphone.' }));
  const [one, two] = service.received;
  // Header of RFC 8188 with a key of 65 bytes, the padded payload, the last record's mark, the tag.
  expect([one?.body.length, two?.body.length]).toEqual([86 + payloadBytes + 17, 86 + payloadBytes + 17]);
  const visible = service.received.map(({ path, headers, body }) => `${path} ${JSON.stringify(headers)} ${body.toString('latin1')}`).join('\n');
  for (const secret of ['claire', 'martin', 'Demande', 'authenticator', 'iQ2yJ0m3yVqk0g3b3yN1iA', 'web_push']) expect(visible).not.toContain(secret);
});

test('another browser can’t open it, and neither can who has altered it', async () => {
  await sender.send(browser.subscription, message());
  const body = service.received[0]?.body ?? Buffer.alloc(0);
  expect(() => testBrowser().open(body)).toThrow();
  body.writeUInt8(body.readUInt8(200) ^ 1, 200);
  expect(() => browser.open(body)).toThrow();
});

test.each([404, 410])('a removed subscription (%i) is gone, and not tried again', async (status) => {
  service.answer = (response) => response.writeHead(status).end();
  expect(await sender.send(browser.subscription, message())).toEqual({ outcome: 'gone' });
  expect(service.received).toHaveLength(1);
  expect(sender.counters).toMatchObject({ sent: 0, gone: 1 });
});

test('a push service that knows another key refuses (403): said in the log as what it is, and nothing is forgotten', async () => {
  const subscribedWith = await senderOf().publicKey();
  service.answer = async (response, { headers }) => {
    const known = await vapidClaims(headers.authorization, subscribedWith, 'https://fcm.googleapis.com').then(
      () => true,
      () => false,
    );
    response.writeHead(known ? 201 : 403).end();
  };
  expect(await sender.send(browser.subscription, message())).toEqual({ outcome: 'sent' });

  const elsewhere = await testPortal();
  const stranger = webPushSender(
    { ...elsewhere, settings: { ...elsewhere.settings, pushProxy: service.proxy.url }, log: { warn: log, error: log } },
    { ca: service.certificate },
  );
  expect(await stranger.send(browser.subscription, message())).toEqual({ outcome: 'refused', reason: 'fcm.googleapis.com answered 403.' });
  expect(logged).toContain('refuses our VAPID key');
  await elsewhere.close();
});

test('a proxy that says no is not taken for the push service: no subscription is lost by it', async () => {
  for (const answer of ['403 Forbidden', '404 Not Found', '407 Proxy Authentication Required', '410 Gone']) {
    service.proxy.refusal = answer;
    const said = `The proxy answered ${answer.slice(0, 3)}.`;
    expect(await sender.send(browser.subscription, message())).toEqual({ outcome: 'failed', reason: said });
  }
  expect(service.received).toEqual([]);
  expect(logged).not.toContain('VAPID');
});

test('a push service that fails is tried again, with the life that is left, until it takes the message', async () => {
  const answers = [500, 429, 503, 201];
  service.answer = (response) => response.writeHead(answers.shift() ?? 500).end();
  expect(await sender.send(browser.subscription, message())).toEqual({ outcome: 'sent' });
  expect(pauses).toEqual([1, 2, 4].map(seconds));
  expect(service.received.map(({ headers }) => headers.ttl)).toEqual(['60', '59', '57', '53']);
  expect(sender.counters).toEqual({ sent: 1, gone: 0, refused: 0, failed: 0, retried: 3 });
});

test('a push service that fails for longer than the message lives is given up', async () => {
  service.answer = (response) => response.writeHead(503).end();
  const sent = message();
  expect(await sender.send(browser.subscription, sent)).toEqual({ outcome: 'failed', reason: 'fcm.googleapis.com answered 503.' });
  expect(portal.now()).toBeLessThan(sent.uselessAt);
  expect(service.received.length).toBeGreaterThan(4);
  expect(sender.counters).toMatchObject({ failed: 1 });
});

test('a push service that asks to wait is waited for', async () => {
  const answers = [429, 201];
  service.answer = (response) => response.writeHead(answers.shift() ?? 500, { 'retry-after': '20' }).end();
  expect(await sender.send(browser.subscription, message())).toEqual({ outcome: 'sent' });
  expect(pauses).toEqual([seconds(20)]);
});

test('a push service that never answers, or drips, is not waited for', async () => {
  sender = senderOf({}, 300);
  service.answer = () => {};
  expect(await sender.send(browser.subscription, message({ life: seconds(3) }))).toEqual({ outcome: 'failed', reason: 'No answer in time.' });
  expect(pauses).toEqual([seconds(1)]);
  service.answer = (response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(drip));
  };
  expect(await sender.send(browser.subscription, message({ life: seconds(2) }))).toMatchObject({ outcome: 'failed' });
});

test('SSRF: an answer that leads elsewhere is not followed', async () => {
  for (const location of ['https://web.push.apple.com/inside', 'http://127.0.0.1:1/', 'http://169.254.169.254/latest/meta-data/']) {
    for (const status of [301, 302, 307, 308]) {
      service.answer = (response) => response.writeHead(status, { location }).end();
      expect(await sender.send(browser.subscription, message())).toMatchObject({ outcome: 'refused' });
    }
  }
  expect(new Set(service.proxy.asked)).toEqual(new Set(['fcm.googleapis.com:443']));
  expect(new Set(service.received.map(({ path }) => path))).toEqual(new Set(['/fcm/send/dIk2:APA91b']));
});

test('SSRF: an endpoint elsewhere gets no connection, though it was kept as a subscription', async () => {
  for (const endpoint of [
    'https://intranet.inserm.fr/x',
    'https://127.0.0.1/x',
    'http://fcm.googleapis.com/x',
    'https://fcm.googleapis.com:22/x',
    'x',
  ])
    expect(await sender.send({ ...browser.subscription, endpoint }, message())).toMatchObject({ outcome: 'refused' });
  expect(service.proxy.asked).toEqual([]);
});

test('a push service of the settings is written to', async () => {
  const subscription = { ...browser.subscription, endpoint: 'https://push.example.net/x' };
  await service.close();
  service = await testPushService(['push.example.net']);
  expect(await senderOf().send(subscription, message())).toMatchObject({ outcome: 'refused' });
  expect(await senderOf({ push: { hosts: ['push.example.net'] } }).send(subscription, message())).toEqual({ outcome: 'sent' });
});

test('a certificate that is not the push service’s is not believed, and nothing is sent', async () => {
  await service.close();
  service = await testPushService(['fcm.example.org']);
  expect(await senderOf().send(browser.subscription, message())).toEqual({ outcome: 'failed', reason: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  expect(service.received).toEqual([]);
});

test('keys that are none are refused at once', async () => {
  for (const wrong of [{ p256dh: `B${'a'.repeat(86)}` }, { p256dh: 'x' }, { auth: 'x' }])
    expect(await sender.send({ ...browser.subscription, ...wrong }, message())).toMatchObject({ outcome: 'refused' });
  expect(service.proxy.asked).toEqual([]);
  expect(pauses).toEqual([]);
});

test('a message that is already of no use is not sent', async () => {
  const late = message();
  portal.clock.advance(minutes(1));
  expect(await sender.send(browser.subscription, late)).toMatchObject({ outcome: 'failed' });
  expect(service.proxy.asked).toEqual([]);
});

test('a portal that closes gives up what it still tries', async () => {
  service.answer = (response) => {
    sender.close();
    response.writeHead(503).end();
  };
  expect(await sender.send(browser.subscription, message())).toMatchObject({ outcome: 'failed' });
  expect(service.received).toHaveLength(1);
});

test('SEC-111: the log tells the outcome and the host, and not the endpoint, which can wake the phone up', async () => {
  service.answer = (response) => response.writeHead(400).end('no such token: APA91b');
  await sender.send(browser.subscription, message());
  service.proxy.refusal = '502 Bad Gateway';
  await sender.send(browser.subscription, message());
  expect(logged.split('\n')).toHaveLength(3);
  for (const secret of ['APA91b', 'dIk2', browser.subscription.auth, browser.subscription.p256dh, 'Demande']) expect(logged).not.toContain(secret);
});

/** Answers of Mozilla's push service, as its documentation and its source have them (autopush-rs, endpoint errors). */
describe('a push service like Firefox’s', () => {
  const endpoint = `https://updates.push.services.mozilla.com/wpush/v2/gAAAAABm${'x-_'.repeat(60)}`;
  const said = (code: number, errno: number, error: string) =>
    JSON.stringify({ code, errno, error, message: 'No such subscription', more_info: 'https://autopush.readthedocs.io/' });
  const answers = (status: number, body = '', headers = {}) => {
    service.answer = (response) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };
  beforeEach(async () => {
    await service.close();
    service = await testPushService(['updates.push.services.mozilla.com']);
    browser = testBrowser(endpoint);
    sender = senderOf();
  });

  test('takes a message with 201, the life that it gives it, and an address of the message, at which nobody looks', async () => {
    service.answer = (response, { headers }) =>
      response.writeHead(201, { ttl: headers.ttl, location: 'https://updates.push.services.mozilla.com/m/gAAAAABm' }).end();
    const sent = message();
    expect(await sender.send(browser.subscription, sent)).toEqual({ outcome: 'sent' });
    expect(service.received).toHaveLength(1);
    const [got] = service.received;
    expect(got?.path).toBe(new URL(endpoint).pathname);
    expect(got?.headers).toMatchObject({ ttl: '60', urgency: 'high', topic: sent.topic, 'content-encoding': 'aes128gcm' });
    // RFC 8030 §5.4: 32 letters of base64url at most, or the service refuses.
    expect(got?.headers.topic).toMatch(/^[\w-]{1,32}$/);
    await vapidClaims(got?.headers.authorization, await sender.publicKey(), 'https://updates.push.services.mozilla.com');
    expect(JSON.parse(browser.open(got?.body ?? Buffer.alloc(0)))).toEqual(sent.payload);
  });

  test('keeps what is shorter than 4,096 bytes: ours always is', async () => {
    await sender.send(browser.subscription, message({ title: 'é'.repeat(200) }));
    expect(service.received[0]?.body.length).toBeLessThan(4096);
  });

  test.each([
    [404, said(404, 102, 'Not Found')],
    [410, said(410, 103, 'Gone')],
    [410, said(410, 106, 'Gone')],
  ])('that no longer knows the subscription (%i): it is gone, after one try', async (status, body) => {
    answers(status, body);
    expect(await sender.send(browser.subscription, message())).toEqual({ outcome: 'gone' });
    expect(service.received).toHaveLength(1);
  });

  test.each([
    [400, said(400, 110, 'Bad Request')],
    [401, said(401, 109, 'Unauthorized')],
    [413, said(413, 104, 'Payload Too Large')],
  ])('that will never take it (%i): refused after one try, and the subscription is kept', async (status, body) => {
    answers(status, body);
    expect(await sender.send(browser.subscription, message())).toEqual({
      outcome: 'refused',
      reason: `updates.push.services.mozilla.com answered ${status}.`,
    });
    expect(service.received).toHaveLength(1);
  });

  test.each([
    [429, { 'retry-after': '7' }, 7],
    [429, {}, 1],
    [500, {}, 1],
    [502, {}, 1],
    [503, { 'retry-after': '12' }, 12],
  ])('that is busy (%i): asked again when it says, or soon', async (status, headers, pause) => {
    const first = [status];
    service.answer = (response) => response.writeHead(first.shift() ?? 201, headers).end(said(status, 201, 'Busy'));
    expect(await sender.send(browser.subscription, message())).toEqual({ outcome: 'sent' });
    expect(pauses).toEqual([seconds(pause)]);
  });

  test('that asks to wait for longer than the message is of use: given up at once', async () => {
    answers(429, said(429, 201, 'Too Many Requests'), { 'retry-after': '3600' });
    expect(await sender.send(browser.subscription, message())).toMatchObject({ outcome: 'failed' });
    expect(pauses).toEqual([]);
  });
});
