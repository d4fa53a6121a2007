// Delivery against a real mail server on loopback: accepted, refused, silent, down and back. Nothing is lost, nothing leaves twice.
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { eq } from 'drizzle-orm';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { insertOutboxMessage } from '#db/outbox';
import { engines } from '#db/testing';
import { minutes, seconds } from '../duration.ts';
import { type TestAccount, type TestPortal, testAccount, testPortal } from '../portal.testing.ts';
import { deliverDueMail, nextTry, startDelivery } from './deliver-mail.ts';
import { mailState } from './facts.ts';
import { type Mailer, MessageRefused } from './mailer.ts';
import { type Letter, queueMail } from './outbox.ts';
import { smtpMailer } from './smtp.ts';

interface Post {
  readonly port: number;
  /** Raw messages accepted, with the envelope's recipients. */
  readonly received: { readonly to: string[]; readonly raw: string }[];
  close(): Promise<void>;
}

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A real SMTP server on loopback. */
async function post(options: SMTPServerOptions = {}, port = 0): Promise<Post> {
  const received: Post['received'] = [];
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    disableReverseLookup: true,
    closeTimeout: 50,
    onData(stream, session, accepted) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push({ to: session.envelope.rcptTo.map((r) => r.address), raw: Buffer.concat(chunks).toString() });
        accepted();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  let open = true;
  const close = async () => {
    if (open) await new Promise<void>((closed) => server.close(closed));
    open = false;
  };
  closers.push(close);
  return { port: (server.server.address() as AddressInfo).port, received, close };
}

const origin = 'https://auth.inserm.fr';
const mailerTo = (port: number, query = ''): Mailer => {
  const mailer = smtpMailer({
    smtpUrl: `smtp://127.0.0.1:${port}${query}`,
    mail: { from: 'portail@auth.inserm.fr' },
    institute: { name: 'Inserm', product: { fr: 'Mon compte', en: 'My account' }, fullName: 'Inserm', dataProtectionOfficer: 'dpo@inserm.fr' },
    origin,
  });
  closers.push(() => mailer.close());
  return mailer;
};

const message = { subject: '482 916 est votre code, à saisir', text: 'Bonjour Zoé\n', html: '<p>Bonjour Zoé</p>' };

let portal: TestPortal;
let claire: TestAccount;
const world = async (mailer: Mailer, store?: TestPortal['store']) => {
  portal = await testPortal({ mailer, ...(store && { store }) });
  closers.push(() => portal.close());
  claire = await testAccount(portal);
};
const queue = (id: string, facts: Partial<Letter> = {}) =>
  portal.store.unit(claire.id, (tx) =>
    queueMail(portal, tx, portal.now(), {
      id,
      accountId: claire.id,
      to: claire.address,
      kind: 'code',
      message,
      uselessAt: portal.now() + minutes(10),
      ...facts,
    }),
  );
const row = async (id: string) => (await portal.store.db.select().from(portal.store.s.outbox).where(eq(portal.store.s.outbox.id, id)))[0];

describe('a message', () => {
  test('leaves with the headers that machines read, and its body dies here', async () => {
    const server = await post();
    await world(mailerTo(server.port));
    await queue('m1');
    expect(await mailState(portal, claire.id)).toBe('leaving');
    expect(await deliverDueMail(portal)).toEqual({ sent: 1, failed: 0 });
    expect(await mailState(portal, claire.id)).toBe('left');
    expect(server.received).toHaveLength(1);
    const { to, raw } = server.received[0] ?? { to: [], raw: '' };
    expect(to).toEqual([claire.address]);
    expect(raw).toMatch(/^Message-ID: <m1@auth\.inserm\.fr>\r$/im);
    expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/im);
    expect(raw).toMatch(/^From: Inserm <portail@auth\.inserm\.fr>\r$/im);
    expect(raw).toMatch(/multipart\/alternative/);
    expect(raw).toMatch(/text\/plain[\s\S]*text\/html/);
    expect(await row('m1')).toMatchObject({ message: null, dueAt: null, sentAt: portal.now(), tries: 1, failure: null });
    expect(await deliverDueMail(portal)).toEqual({ sent: 0, failed: 0 });
  });

  test('REL-03: waits while the server is down, and leaves once when it is back', async () => {
    const gone = await post();
    await gone.close();
    await world(mailerTo(gone.port));
    for (const id of ['m1', 'm2', 'm3']) await queue(id);
    expect(await portal.mailer.check()).not.toBeNull();
    expect(await deliverDueMail(portal)).toEqual({ sent: 0, failed: 3 });
    expect(await mailState(portal, claire.id)).toBe('waiting');
    expect(await deliverDueMail(portal)).toEqual({ sent: 0, failed: 0 });
    portal.clock.advance(seconds(2));
    expect(await deliverDueMail(portal)).toEqual({ sent: 0, failed: 3 });

    const back = await post({}, gone.port);
    expect(await portal.mailer.check()).toBeNull();
    portal.clock.advance(seconds(10));
    expect(await deliverDueMail(portal)).toEqual({ sent: 3, failed: 0 });
    portal.clock.advance(minutes(5));
    expect(await deliverDueMail(portal)).toEqual({ sent: 0, failed: 0 });
    expect(back.received.map((r) => /^Message-ID: <(\w+)@/im.exec(r.raw)?.[1]).sort()).toEqual(['m1', 'm2', 'm3']);
    expect(await mailState(portal, claire.id)).toBe('left');
  });

  test('is tried again after a temporary refusal, whose reason is kept without the address', async () => {
    let full = true;
    const server = await post({
      onRcptTo(address, _session, answer) {
        answer(full ? Object.assign(new Error(`Mailbox of ${address.address} is full`), { responseCode: 452 }) : undefined);
      },
    });
    await world(mailerTo(server.port));
    await queue('m1');
    await deliverDueMail(portal);
    const failed = await row('m1');
    expect(failed?.failure).toContain('full');
    expect(failed?.failure).not.toContain('@');
    expect(failed).toMatchObject({ dueAt: portal.now() + seconds(2), tries: 1, sentAt: null });
    full = false;
    portal.clock.advance(seconds(2));
    expect(await deliverDueMail(portal)).toEqual({ sent: 1, failed: 0 });
    expect(server.received).toHaveLength(1);
  });

  test('is given up when the server refuses it for good', async () => {
    const server = await post({ onRcptTo: (_address, _session, answer) => answer(Object.assign(new Error('No such user'), { responseCode: 550 })) });
    await world(mailerTo(server.port));
    await queue('m1');
    await deliverDueMail(portal);
    expect(await row('m1')).toMatchObject({ dueAt: null, message: null, sentAt: null, tries: 1 });
    expect(await mailState(portal, claire.id)).toBe('left');
  });

  test('is given up, unsent, once it has become worthless', async () => {
    const server = await post();
    await world(mailerTo(server.port));
    await queue('code');
    await queue('notice', { kind: 'factor-added', uselessAt: null });
    portal.clock.advance(minutes(10));
    expect(await deliverDueMail(portal)).toEqual({ sent: 1, failed: 1 });
    expect(await row('code')).toMatchObject({ dueAt: null, message: null, sentAt: null });
    expect(server.received).toHaveLength(1);
  });

  test('is not lost when the server stops in the middle', async () => {
    let cut = true;
    const server = await post({
      onData(stream, _session, accepted) {
        stream.resume();
        stream.on('end', () => {
          if (!cut) return accepted();
          cut = false;
          accepted(Object.assign(new Error('Shutting down'), { responseCode: 421 }));
        });
      },
    });
    await world(mailerTo(server.port));
    await queue('m1');
    expect(await deliverDueMail(portal)).toEqual({ sent: 0, failed: 1 });
    portal.clock.advance(seconds(2));
    expect(await deliverDueMail(portal)).toEqual({ sent: 1, failed: 0 });
  });

  test('SEC-106: with a line break in a header is refused before any server sees it', async () => {
    const server = await post();
    const mailer = mailerTo(server.port);
    await expect(mailer.send('m1', 'a@inserm.fr\r\nBcc: b@inserm.fr', message)).rejects.toThrow(MessageRefused);
    await expect(mailer.send('m1', 'a@inserm.fr', { ...message, subject: 'Hello\nBcc: b@inserm.fr' })).rejects.toThrow(MessageRefused);
    expect(server.received).toEqual([]);
  });

  test('SEC-52: goes to one address, even when the address looks like several', async () => {
    const server = await post();
    const mailer = mailerTo(server.port);
    await mailer.send('m1', 'a@inserm.fr, b@inserm.fr', message).catch(() => {});
    expect(server.received.flatMap((r) => r.to).filter((to) => to === 'b@inserm.fr' || to === 'a@inserm.fr')).toEqual([]);
  });

  test('does not leave in the clear when the URL insists on TLS', async () => {
    const server = await post();
    await expect(mailerTo(server.port, '?requireTLS=true').send('m1', 'a@inserm.fr', message)).rejects.toThrow();
    expect(server.received).toEqual([]);
  });

  test('is sealed while it waits', async () => {
    await world(mailerTo(1));
    await queue('m1');
    const waiting = await row('m1');
    expect(waiting?.message?.toString('latin1')).not.toContain('482');
    await portal.store.unit(claire.id, (tx) => insertOutboxMessage(tx, { ...(waiting ?? fail()), id: 'm2', message: waiting?.message ?? null }));
    await deliverDueMail(portal);
    // Moved to another row, it can't be opened.
    expect((await row('m2'))?.failure).toMatch(/authenticate/);
  });
});

const fail = (): never => {
  throw new Error('There is no such row.');
};

test('a server that accepts the connection and says nothing costs seconds, not the message', async () => {
  const silent: Server = createServer(() => {});
  await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
  closers.push(() => silent.close());
  await world(mailerTo((silent.address() as AddressInfo).port));
  await queue('m1');
  expect(await deliverDueMail(portal)).toEqual({ sent: 0, failed: 1 });
  expect(await mailState(portal, claire.id)).toBe('waiting');
}, 20_000);

describe.each(engines())('on $name', ({ open, openTwice }) => {
  test('two processes never send the same message at once', async () => {
    const [here, there] = await openTwice();
    closers.push(
      () => here.close(),
      () => there.close(),
    );
    const sent: string[] = [];
    const slow: Mailer = {
      async send(id) {
        sent.push(id);
        await new Promise((later) => setImmediate(later));
      },
      check: async () => null,
      close() {},
    };
    const first = await testPortal({ store: here, mailer: slow });
    const second = { ...first, store: there };
    const { id, address } = await testAccount(first);
    const ids = Array.from({ length: 40 }, (_, i) => `m${i}`);
    await first.store.unit(id, function* (tx) {
      for (const m of ids) yield* queueMail(first, tx, first.now(), { id: m, accountId: id, to: address, kind: 'code', message, uselessAt: null });
    });
    for (let pass = 0; pass < 3; pass++) await Promise.all([deliverDueMail(first), deliverDueMail(second)]);
    expect([...sent].sort()).toEqual([...ids].sort());
  });

  test('what a dead process had taken is taken again when its lease ends', async () => {
    const store = await open();
    await world({ send: () => new Promise(() => {}), check: async () => null, close() {} }, store);
    await queue('m1', { uselessAt: null });
    void deliverDueMail(portal);
    const taken = async () => {
      while (((await row('m1'))?.dueAt ?? 0) <= portal.now()) await new Promise((later) => setImmediate(later));
    };
    await taken();
    const sent: string[] = [];
    const other = { ...portal, mailer: { ...portal.mailer, send: async (id: string) => void sent.push(id) } };
    expect(await deliverDueMail(other)).toEqual({ sent: 0, failed: 0 });
    portal.clock.advance(minutes(2));
    expect(await deliverDueMail(other)).toEqual({ sent: 1, failed: 0 });
    expect(sent).toEqual(['m1']);
  });
});

test('delivery goes on until it is stopped, and stopping waits for the message under way', async () => {
  const server = await post();
  await world(mailerTo(server.port));
  const arrived = new Promise<void>((resolve) => {
    const push = server.received.push.bind(server.received);
    server.received.push = (...items) => {
      resolve();
      return push(...items);
    };
  });
  const stop = startDelivery(portal);
  await queue('m1');
  await arrived;
  await stop();
  expect(await row('m1')).toMatchObject({ sentAt: portal.now() });
  await queue('m2');
  expect(server.received).toHaveLength(1);
});

test('waits grow, and what is soon worthless is tried often', () => {
  expect([1, 2, 3, 4, 9].map((tries) => nextTry(0, tries, null))).toEqual([seconds(2), seconds(10), minutes(1), minutes(5), minutes(60)]);
  expect(nextTry(0, 9, minutes(10))).toBe(seconds(30));
  expect(nextTry(0, 9, seconds(1))).toBe(seconds(2));
});
