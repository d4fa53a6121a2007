// What Prometheus reads, through a parser of its format, on both engines.
import parse from 'parse-prometheus-text-format';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setAttempts } from '#db/attempts';
import { engines } from '#db/testing';
import { recordEvent } from '../audit/record-event.ts';
import { hours, minutes } from '../duration.ts';
import { deliverDueMail } from '../mail/deliver-mail.ts';
import { type TestPortal, testAccount, testFlow, testPortal, testVisitor } from '../portal.testing.ts';
import { checkPassword } from '../sign-in/check-password.ts';
import { mayScrape, scrape } from './scrape.ts';

describe.each(engines())('metrics on $name', ({ open }) => {
  let portal: TestPortal;
  beforeEach(async () => {
    portal = await testPortal({ store: await open() });
  });
  afterEach(() => portal.close());

  const read = async () => {
    const { text, contentType } = await scrape(portal, 3);
    expect(contentType).toContain('version=0.0.4');
    const families = new Map(parse(text).map((family) => [family.name, family]));
    return {
      text,
      families,
      value: (name: string, labels: Readonly<Record<string, string>> = {}) =>
        families.get(name)?.metrics.find((metric) => Object.entries(labels).every(([key, value]) => metric.labels?.[key] === value))?.value,
    };
  };

  test('what happened is counted by its kind once it is kept, and what is undone is not', async () => {
    const { address, password } = await testAccount(portal);
    await checkPassword(portal, testFlow(portal), { address, password: 'wrong' });
    await checkPassword(portal, testFlow(portal), { address, password });
    await expect(
      portal.store.unit('x', function* (tx) {
        yield* recordEvent(tx, portal.now(), testVisitor, { type: 'signed-in' });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    const { value } = await read();
    expect(value('portal_events_total', { type: 'password-wrong' })).toBe('1');
    expect(value('portal_events_total', { type: 'password-right' })).toBe('1');
    expect(value('portal_events_total', { type: 'email-code-sent' })).toBe('1');
    expect(value('portal_events_total', { type: 'signed-in' })).toBeUndefined();
    expect(Number(value('portal_audit_unsealed'))).toBeGreaterThan(2);
  });

  test('letters that wait, how long, and what became of tries', async () => {
    const { address, password } = await testAccount(portal);
    await checkPassword(portal, testFlow(portal), { address, password });
    portal.mailServer.down = 'ECONNREFUSED';
    await deliverDueMail(portal);
    portal.clock.advance(minutes(3));
    const down = await read();
    expect(down.value('portal_mail_waiting')).toBe('1');
    expect(down.value('portal_mail_failing')).toBe('1');
    expect(down.value('portal_mail_oldest_seconds')).toBe('180');
    expect(down.value('portal_mail_total', { outcome: 'failed' })).toBe('1');
    portal.mailServer.down = null;
    await deliverDueMail(portal);
    const up = await read();
    expect(up.value('portal_mail_waiting')).toBe('0');
    expect(up.value('portal_mail_oldest_seconds')).toBe('0');
    expect(up.value('portal_mail_total', { outcome: 'sent' })).toBe('1');
  });

  test('requests by route and status, with how long they took; notifications, hashes, streams, locked tries', async () => {
    portal.metrics.answered('/account', 'GET', 200, 0.03);
    portal.metrics.answered('/account', 'MADE-UP', 500, null);
    portal.metrics.asked('verify-password', 'failed', 5);
    const tries = { failures: 4, dayFailures: 4, dayStartedAt: 0, lastAt: portal.now() };
    await portal.store.unit('a', (tx) => setAttempts(tx, { subject: 'factor:1', waitUntil: portal.now() + hours(1), ...tries }));
    await portal.store.unit('b', (tx) => setAttempts(tx, { subject: 'factor:2', waitUntil: portal.now() - 1, ...tries }));
    const message = { payload: {}, uselessAt: portal.now() + minutes(1), topic: 't' };
    await portal.push.send({ endpoint: 'https://push.example.org/x', p256dh: 'x', auth: 'y' }, message);
    await read();
    const { value, families, text } = await read();
    expect(value('portal_http_requests_total', { route: '/account', method: 'GET', status: '200' })).toBe('1');
    expect(value('portal_http_requests_total', { method: 'other', status: '500' })).toBe('1');
    expect(families.get('portal_http_request_duration_seconds')).toMatchObject({
      type: 'HISTOGRAM',
      metrics: [{ buckets: { '0.025': '0', '0.05': '1' } }],
    });
    expect(text).toContain('portal_directory_duration_seconds_count{operation="verify-password",outcome="failed"} 1');
    expect(value('portal_streams_open')).toBe('3');
    expect(value('portal_attempts_waiting')).toBe('1');
    expect(value('portal_push_messages_total', { outcome: 'sent' })).toBe('1');
    expect(value('portal_push_messages_total', { outcome: 'gone' })).toBe('0');
    expect(families.get('portal_push_messages_total')?.type).toBe('COUNTER');
    expect(value('portal_hashing_refused_total')).toBe('0');
    expect(families.get('portal_build_info')?.metrics[0]?.labels).toHaveProperty('version');
    expect(text).not.toMatch(/push\.example|@/);
  });

  test('no figure says who', async () => {
    const people = Array.from({ length: 5 }, (_, n) => `personne.${n}@inserm.fr`);
    for (const address of people) await checkPassword(portal, testFlow(portal), { address, password: 'wrong' });
    const before = (await read()).text.split('\n').length;
    for (const address of people) await checkPassword(portal, testFlow(portal), { address: `x${address}`, password: 'wrong' });
    const { text } = await read();
    expect(text.split('\n')).toHaveLength(before);
    expect(text).not.toContain('personne');
  });
});

test('SEC-104: figures are for who has the token, and for nobody when there is none', () => {
  const metricsToken = 'a token of thirty-two characters'.replaceAll(' ', '-');
  expect(mayScrape({ metricsToken }, `Bearer ${metricsToken}`)).toBe(true);
  for (const sent of [null, '', 'Bearer', 'Bearer ', `Basic ${metricsToken}`, metricsToken, `Bearer ${metricsToken}x`, 'Bearer undefined'])
    expect(mayScrape({ metricsToken }, sent)).toBe(false);
  expect(mayScrape({ metricsToken: undefined }, 'Bearer undefined')).toBe(false);
});
