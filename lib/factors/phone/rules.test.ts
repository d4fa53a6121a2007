// What telephones sign, which of their calls count, and which PINs do.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minutes, seconds } from '../../duration.ts';
import { readSettings } from '../../settings.ts';
import { testKey } from './phone.testing.ts';
import {
  type AskedRequest,
  approvalText,
  arrivalOf,
  type Calls,
  callText,
  isSuspended,
  judgeAsking,
  judgeCall,
  judgePin,
  likelyReplaced,
  overtaking,
  pairingText,
  parseNumber,
  parseTypedCode,
  readCallHeader,
  requestMoves,
  requestStatuses,
  statusAt,
} from './rules.ts';
import { hashOf, isSignedBy } from './signature.ts';

const policy = readSettings({ PORTAL_MODE: 'demo' }).policy.phone;
const factorId = '0198a1b2-0000-7000-8000-000000000000';

describe('what is signed', () => {
  test('a call says who, what, which and when, each on its line', () => {
    expect(callText({ factorId, method: 'POST', path: '/authenticator/answer', bodyHash: hashOf('{}'), counter: 7, sentAt: 1_795_000_000_000 })).toBe(
      `portal-device/1\n${factorId}\nPOST\n/authenticator/answer\nRBNvo1WzZ4oRRq0W9-hknpT7T8If536DEMBg9hyq_4o\n7\n1795000000000`,
    );
    expect(pairingText(factorId, 'nonce', hashOf('{}'))).toBe(`portal-pair/1\n${factorId}\nnonce\nRBNvo1WzZ4oRRq0W9-hknpT7T8If536DEMBg9hyq_4o`);
  });

  test('an approval says all that was shown: two that differ in anything are signed differently', () => {
    const text = fc.string({ maxLength: 20 });
    const transaction = fc.record({
      id: text,
      nonce: text,
      accountId: text,
      application: text,
      network: fc.option(text),
      userAgent: fc.option(text),
      createdAt: fc.nat(),
    });
    fc.assert(
      fc.property(transaction, transaction, (one, other) => {
        const same = Object.entries(one).every(([name, value]) => other[name as keyof typeof other] === value);
        expect(approvalText(one) === approvalText(other)).toBe(same);
      }),
    );
  });

  test('a signature is of one key and one text', () => {
    const [one, other] = [testKey(), testKey()];
    const signature = one.sign('text');
    expect(isSignedBy(one.key, 'text', signature)).toBe(true);
    expect(isSignedBy(one.key, 'texu', signature)).toBe(false);
    expect(isSignedBy(other.key, 'text', signature)).toBe(false);
    // DER, an empty one, zeros, and a key that is on no curve.
    for (const wrong of ['', 'A'.repeat(86), `${signature}AA`, signature.slice(2), `${signature.slice(0, 85)}*`])
      expect(isSignedBy(one.key, 'text', wrong)).toBe(false);
    expect(isSignedBy({ x: one.key.x, y: one.key.x }, 'text', signature)).toBe(false);
  });

  test('a header is one or none: nothing of any other shape is looked at', () => {
    const { sign } = testKey();
    const header = `${factorId}.7.1795000000000.${sign('x')}`;
    expect(readCallHeader(header)).toMatchObject({ factorId, counter: 7, sentAt: 1_795_000_000_000 });
    for (const wrong of [
      null,
      '',
      'a.b.c.d',
      header.replace('.7.', '.0.'),
      header.replace('.7.', '.-7.'),
      header.replace('.7.', '.07.'),
      header.replace('.7.', '.7e3.'),
      header.replace('.7.', '.2147483648.'),
      ` ${header}`,
      `${header}\n`,
      `${header}.x`,
    ])
      expect(readCallHeader(wrong)).toBeNull();
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => readCallHeader(text) === null));
  });
});

describe('which calls count', () => {
  /** What becomes of calls in the order in which they arrive. */
  const arrive = (sent: readonly (readonly [counter: number, what: string])[]) => {
    let last = 0;
    let calls: Calls = [];
    return sent.map(([counter, what]) => {
      const verdict = judgeCall(counter, what, last, calls);
      if (verdict.kind === 'new') ({ counter: last, calls } = verdict);
      return verdict.kind;
    });
  };

  test.each<[string, readonly (readonly [number, string])[], readonly string[]]>([
    [
      'in order',
      [
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
      ],
      ['new', 'new', 'new'],
    ],
    [
      'some were lost on the way',
      [
        [1, 'a'],
        [9, 'b'],
      ],
      ['new', 'new'],
    ],
    [
      'the same again',
      [
        [1, 'a'],
        [1, 'a'],
      ],
      ['new', 'retry'],
    ],
    [
      'the same again, late',
      [
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
        [1, 'a'],
      ],
      ['new', 'new', 'new', 'retry'],
    ],
    [
      'another with a used counter',
      [
        [1, 'a'],
        [1, 'b'],
      ],
      ['new', 'clone'],
    ],
    [
      'another with a used counter, late',
      [
        [1, 'a'],
        [2, 'b'],
        [1, 'c'],
      ],
      ['new', 'new', 'clone'],
    ],
    [
      'two tabs overtake each other',
      [
        [2, 'b'],
        [1, 'a'],
        [4, 'd'],
        [3, 'c'],
      ],
      ['new', 'new', 'new', 'new'],
    ],
    [
      'overtaken once, and then used again',
      [
        [2, 'b'],
        [1, 'a'],
        [1, 'x'],
      ],
      ['new', 'new', 'clone'],
    ],
    [
      'too far back to be honest',
      [
        [10, 'a'],
        [5, 'b'],
      ],
      ['new', 'clone'],
    ],
    [
      'a leap that nobody makes',
      [
        [1, 'a'],
        [200_000, 'b'],
        [2, 'c'],
      ],
      ['new', 'leap', 'new'],
    ],
  ])('%s', (_name, sent, verdicts) => expect(arrive(sent)).toEqual(verdicts));

  test('an honest telephone is never taken for a copy, however its calls overtake each other within the window', () => {
    const calls = fc
      .integer({ min: 1, max: 60 })
      .chain((count) => fc.tuple(fc.constant(count), fc.array(fc.nat(overtaking - 1), { minLength: count, maxLength: count })));
    fc.assert(
      fc.property(calls, ([count, delays]) => {
        // Each waits for as many later ones as its delay says.
        const order = Array.from({ length: count }, (_, i) => ({ counter: i + 1, at: i + (delays[i] ?? 0) + 0.5 })).sort((a, b) => a.at - b.at);
        expect(new Set(arrive(order.map(({ counter }) => [counter, String(counter)])))).toEqual(new Set(['new']));
      }),
    );
  });

  test('whatever arrives, no counter is good for two calls', () => {
    const call = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.constantFrom('a', 'b', 'c'));
    fc.assert(
      fc.property(fc.array(call, { maxLength: 80 }), (sent) => {
        const verdicts = arrive(sent);
        const accepted = sent.filter((_, i) => verdicts[i] === 'new').map(([counter]) => counter);
        expect(new Set(accepted).size).toBe(accepted.length);
      }),
    );
  });
});

describe('PINs', () => {
  test.each(['482915', '7391064', '90817264', '482915730648'])('%s will do', (pin) => expect(judgePin(pin, policy.pin)).toBeNull());
  test.each([
    '123456',
    '1234567890',
    '654321',
    '890123',
    '000000',
    '777777',
    '1111111',
    '121212',
    '123123',
    '456456',
    '123321',
    '147258',
    '852741',
    '159753',
    '753951',
    '789456',
    '102030',
    '112233',
    '131415',
    '14071984',
    '19840714',
    '07141984',
  ])('%s is one of the first to be tried', (pin) => expect(judgePin(pin, policy.pin)).toBe('pin-guessable'));
  test.each(['', '12345', '1234567890123'])('“%s” is too short or too long', (pin) => expect(judgePin(pin, policy.pin)).toBe('pin-length'));
  test.each(['48291a', '482 915', '４８２９１５', '-482915', '4829.5'])('“%s” has more than digits', (pin) =>
    expect(judgePin(pin, policy.pin)).toBe('pin-digits'),
  );
  test('nearly all of six digits will do: whoever chooses at random is hardly ever refused', () => {
    let refused = 0;
    for (let n = 0; n < 1_000_000; n += 7) if (judgePin(String(n).padStart(6, '0'), policy.pin)) refused++;
    expect(refused / (1_000_000 / 7)).toBeLessThan(0.01);
  });
});

test('a typed code is read as people type it', () => {
  expect(parseTypedCode('7KQF-M2XD')).toBe('7KQF-M2XD');
  expect(parseTypedCode(' 7kqf m2xd ')).toBe('7KQF-M2XD');
  expect(parseTypedCode('OIL0–1234')).toBe('0110-1234');
  for (const wrong of ['', '7KQF-M2X', '7KQF-M2XDD', '7KQF-M2XU', 'x'.repeat(1000)]) expect(parseTypedCode(wrong)).toBeNull();
});

test('a number is two digits', () => {
  expect(parseNumber('47')).toBe(47);
  expect(parseNumber(' 4 7 ')).toBe(47);
  expect(parseNumber('４７')).toBe(47);
  for (const wrong of ['', '4', '07', '477', '4.7', '-47', '4e1', 'quarante-sept']) expect(parseNumber(wrong)).toBeNull();
});

describe('requests', () => {
  test('what is decided stays decided: nothing leads back to pending, and nothing out of an end', () => {
    for (const from of requestStatuses) expect(requestMoves[from]).not.toContain('pending');
    for (const end of ['denied', 'expired', 'superseded', 'cancelled', 'consumed'] as const) expect(requestMoves[end]).toEqual([]);
    expect(requestStatuses.filter((from) => requestMoves[from].includes('consumed'))).toEqual(['approved']);
  });

  test('one whose time is up is expired, whatever its row says', () => {
    expect(statusAt({ status: 'pending', expiresAt: 100 }, 99)).toBe('pending');
    expect(statusAt({ status: 'pending', expiresAt: 100 }, 100)).toBe('expired');
    expect(statusAt({ status: 'approved', expiresAt: 100 }, 200)).toBe('approved');
  });

  const now = minutes(1000);
  const asked = (status: AskedRequest['status'], ago: number): AskedRequest => ({ status, createdAt: now - ago, expiresAt: now - ago + seconds(60) });
  test.each<[string, readonly AskedRequest[], object]>([
    ['none yet', [], { kind: 'allowed' }],
    ['two that came to nothing', [asked('denied', minutes(1)), asked('expired', minutes(3))], { kind: 'allowed' }],
    ['three that came to nothing', [asked('denied', minutes(1)), asked('superseded', minutes(2)), asked('expired', minutes(3))], { kind: 'suspend' }],
    [
      'three, the first of them long ago',
      [asked('denied', minutes(1)), asked('expired', minutes(3)), asked('expired', minutes(10))],
      { kind: 'allowed' },
    ],
    ['four that were answered', [1, 2, 3, 4].map((n) => asked('consumed', minutes(n))), { kind: 'allowed' }],
    ['five that were answered', [1, 2, 3, 4, 5].map((n) => asked('consumed', minutes(n))), { kind: 'wait', until: now + minutes(5) }],
  ])('SEC-29: %s', (_name, requests, verdict) => expect(judgeAsking(requests, now, policy)).toEqual(verdict));

  test('SEC-29: whatever happened before, no ten minutes hold more than five requests, or more than three that came to nothing', () => {
    const step = fc.record({ after: fc.integer({ min: 0, max: minutes(4) }), answered: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const made: AskedRequest[] = [];
        let at = 0;
        for (const { after, answered } of steps) {
          at += after;
          if (judgeAsking(made, at, policy).kind !== 'allowed') continue;
          made.push({ status: answered ? 'consumed' : 'expired', createdAt: at, expiresAt: at + seconds(60) });
          const within = made.filter(({ createdAt }) => createdAt > at - policy.window);
          expect(within.length).toBeLessThanOrEqual(policy.requests);
          expect(within.filter(({ status }) => status === 'expired').length).toBeLessThanOrEqual(policy.unanswered);
        }
      }),
    );
  });

  test('a suspension ends when a factor is proven after it, and no sooner', () => {
    expect(isSuspended(null, [])).toBe(false);
    expect(isSuspended(100, [])).toBe(true);
    expect(isSuspended(100, [null, 99, 100])).toBe(true);
    expect(isSuspended(100, [null, 101])).toBe(false);
  });
});

describe('telephones side by side', () => {
  const pixel = { id: 'pixel', system: 'Android', browser: 'Chrome', seenAt: 10 };
  test.each<[string, readonly (typeof pixel)[], { system: string | null; browser: string | null }, string | null]>([
    ['the only one like it, silent since', [pixel], pixel, 'pixel'],
    ['beside one of another kind', [pixel, { ...pixel, id: 'iphone', system: 'iOS', browser: 'Safari' }], pixel, 'pixel'],
    ['one that has called since', [{ ...pixel, seenAt: 21 }], pixel, null],
    ['two alike', [pixel, { ...pixel, id: 'other' }], pixel, null],
    ['two alike, of which one has called since', [pixel, { ...pixel, id: 'other', seenAt: 21 }], pixel, null],
    ['another browser', [pixel], { ...pixel, browser: 'Firefox' }, null],
    ['one that says nothing of itself', [pixel], { system: null, browser: null }, null],
    ['none', [], pixel, null],
  ])('an earlier telephone is taken for the same: %s', (_, earlier, came, expected) => {
    expect(likelyReplaced(earlier, came, 20)).toBe(expected);
  });

  test('neither of two that say nothing of themselves is taken for the other', () => {
    expect(likelyReplaced([{ ...pixel, system: null, browser: null } as never], { system: null, browser: null }, 20)).toBeNull();
  });

  test('notifications arrive when the telephone has said so, and not for longer than it can be reached', () => {
    expect(arrivalOf({ subscribed: true, notifiedAt: 5 })).toBe('arrive');
    expect(arrivalOf({ subscribed: true, notifiedAt: null })).toBe('unknown');
    expect(arrivalOf({ subscribed: false, notifiedAt: 5 })).toBe('none');
  });
});
