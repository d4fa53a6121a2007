// Every change of a request's row, from every state: none goes where the rules have no way.
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  cancelPhoneRequests,
  consumePhoneRequest,
  countWrongNumber,
  decidePhoneRequest,
  expirePhoneRequests,
  insertPhoneRequest,
  reportPhoneRequest,
  supersedePhoneRequests,
} from '#db/phone-requests';
import { engines } from '#db/testing';
import type { Script, Tx } from '#db/unit';
import { minutes, seconds } from '../../duration.ts';
import { type TestAccount, type TestPortal, testAccount, testPortal } from '../../portal.testing.ts';
import { requestMoves, requestStatuses } from './rules.ts';

describe.each(engines())('on $name', (engine) => {
  let portal: TestPortal;
  let claire: TestAccount;
  beforeEach(async () => {
    portal = await testPortal({ store: await engine.open() });
    claire = await testAccount(portal);
  });
  afterEach(() => portal.close());

  const id = 'a request';
  const changes: Record<string, (tx: Tx, now: number) => Script<unknown>> = {
    approve: (tx, now) => decidePhoneRequest(tx, id, { status: 'approved', why: null, factorId: 'f', unlock: 'pin' }, now),
    deny: (tx, now) => decidePhoneRequest(tx, id, { status: 'denied', why: 'owner', factorId: 'f', unlock: null }, now),
    expire: (tx, now) => expirePhoneRequests(tx, claire.id, now),
    supersede: (tx, now) => supersedePhoneRequests(tx, claire.id, now),
    cancel: (tx, now) => cancelPhoneRequests(tx, 'a flow', now),
    consume: (tx, now) => consumePhoneRequest(tx, 'a flow', claire.id, now - minutes(2)),
    report: (tx, now) => reportPhoneRequest(tx, id, 'f', now),
    'wrong number': (tx, now) => countWrongNumber(tx, id, now),
  };
  /** From each state by each change, in time and after it: where it led. */
  async function walk(): Promise<Map<string, string>> {
    const led = new Map<string, string>();
    const { phoneRequests } = portal.store.s;
    for (const from of requestStatuses) {
      for (const [change, script] of Object.entries(changes)) {
        for (const late of [false, true]) {
          const now = portal.now();
          await portal.store.unit(claire.id, function* (tx) {
            const asked = {
              id,
              nonce: 'n',
              accountId: claire.id,
              flow: 'a flow',
              number: 47,
              tries: 0,
              application: 'x',
              network: null,
              userAgent: null,
            };
            const answered = { why: null, factorId: null, unlock: null, decidedAt: from === 'pending' ? null : now };
            yield* insertPhoneRequest(tx, { ...asked, ...answered, status: from, createdAt: now, expiresAt: now + seconds(60) });
            yield* script(tx, late ? now + minutes(3) : now);
          });
          const [row] = await portal.store.db.select().from(phoneRequests);
          led.set(`${from}, ${change}${late ? ', late' : ''}`, row?.status ?? '');
          await portal.store.write(portal.store.db.delete(phoneRequests).where(eq(phoneRequests.id, id)));
        }
      }
    }
    return led;
  }

  test('every change keeps to the ways that the rules have, and every way is gone', async () => {
    const gone = new Set<string>();
    const led = await walk();
    for (const [move, to] of led) {
      const from = requestStatuses.find((status) => move.startsWith(`${status},`));
      if (!from) throw new Error(move);
      if (to !== from) gone.add(`${from} to ${to}`);
      expect([from, ...requestMoves[from]], move).toContain(to);
    }
    expect(gone).toEqual(new Set(requestStatuses.flatMap((from) => requestMoves[from].map((to) => `${from} to ${to}`))));
    expect(led.get('pending, approve, late'), 'not after its time').toBe('pending');
    expect(led.get('approved, consume, late')).toBe('approved');
    expect(led.get('pending, consume'), 'not before the answer').toBe('pending');
  });
});
