// Networks have names: the institute's own first, then places from a file; wrong settings are named with their mend.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { giveConsent } from '../consent/give-consent.ts';
import { letters, testAccount, testMemberFlow, testPortal } from '../portal.testing.ts';
import { truncatedNetwork } from '../sessions/network.ts';
import { parseSettingsFile, UnusableSettings } from '../settings.ts';
import { namedNetworks } from './named-networks.ts';
import { judgeRange, rangesByNetwork } from './rules.ts';

const named = (range: string, name = range) => ({ range, name: { fr: `${name} (fr)`, en: `${name} (en)` } });

describe('what can be named', () => {
  test.each(['10.0.0.0/8', '10.1.0.0/16', '192.0.2.0/24', '0.0.0.0/0', '2001:db8::/32', '2001:DB8:1::/48', '::/0'])('%s can', (range) =>
    expect(judgeRange(range)).toBeNull(),
  );

  test.each([
    ['10.1.2.128/25', /\/24 is kept.*name 10\.1\.2\.0\/24/],
    ['192.0.2.7/32', /name 192\.0\.2\.0\/24/],
    ['2001:db8:1:2::/64', /\/48 is kept.*name 2001:db8:1::\/48/],
    ['10.1.2.0/16', /write 10\.1\.0\.0\/16/],
    ['2001:db8::1/32', /write 2001:db8::\/32/],
    ['10.1.0.0', /as 10\.1\.0\.0\/16/],
    ['10.1/16', /as 10\.1\.0\.0\/16/],
    ['010.1.0.0/16', /as 10\.1\.0\.0\/16/],
    ['10.1.0.0/33', /as 10\.1\.0\.0\/16/],
    ['2001:db8::/129', /as 10\.1\.0\.0\/16/],
    ['auth.inserm.fr/24', /as 10\.1\.0\.0\/16/],
    ['', /as 10\.1\.0\.0\/16/],
  ])('%s can’t, and the mend is named', (range, mend) => expect(judgeRange(range)).toMatch(mend));

  test('nothing that anybody writes breaks the reader', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.ipV4(),
      fc.ipV6(),
      fc.tuple(fc.oneof(fc.ipV4Extended(), fc.ipV6()), fc.integer()).map((t) => t.join('/')),
    );
    fc.assert(
      fc.property(anything, (range) => {
        if (judgeRange(range) === null) expect(() => rangesByNetwork([named(range)])('10.1.0.0/24')).not.toThrow();
      }),
    );
  });
});

describe('the settings file', () => {
  const wrong = (text: string) => {
    try {
      parseSettingsFile(text, 'portal.yaml');
    } catch (error) {
      if (error instanceof UnusableSettings) return error.lines;
      throw error;
    }
    throw new Error('Nothing was wrong.');
  };

  test('a wrong network is named with its line', () => {
    const text = 'networks:\n  - range: 10.1.0.0/16\n    name: { fr: Paris, en: Paris }\n  - range: 10.2.0.0/30\n    name: { fr: Lyon, en: Lyon }\n';
    expect(wrong(text)).toEqual(['portal.yaml:4: networks.1.range: only /24 is kept of an address: name 10.2.0.0/24, or leave this network out']);
  });

  test('so is one that is named twice, and one without a name in both languages', () => {
    expect(wrong('networks:\n  - range: 10.1.0.0/16\n    name: { fr: A, en: A }\n  - range: 10.1.0.0/16\n    name: { fr: B, en: B }\n')).toEqual([
      'portal.yaml:4: networks.1.range: named twice: keep one',
    ]);
    expect(wrong('networks:\n  - range: 10.1.0.0/16\n    name: { fr: A }\n')[0]).toMatch(/^portal\.yaml:3: networks\.0\.name\.en: /);
  });
});

describe('which name', () => {
  test('the narrowest network around an address gives it, in the reader’s language; an unknown one has none', () => {
    const networks = [named('0.0.0.0/0', 'world'), named('10.0.0.0/8', 'institute'), named('10.1.0.0/16', 'Paris'), named('2001:db8::/32', 'six')];
    const { nameOf } = namedNetworks({ networks, networksFile: undefined });
    const nameAt = (address: string) => nameOf(truncatedNetwork(address, 1), 'en');
    expect(nameAt('10.1.2.3')).toBe('Paris (en)');
    expect(nameAt('10.2.2.3')).toBe('institute (en)');
    expect(nameAt('198.51.100.7')).toBe('world (en)');
    expect(nameAt('2001:db8:ffff::1')).toBe('six (en)');
    expect(nameAt('2001:db9::1')).toBeNull();
    expect(nameOf('10.1.2.0/24', 'fr')).toBe('Paris (fr)');
    expect(nameOf(null, 'fr')).toBeNull();
    // A proxy of ours says odd things.
    expect(nameAt('999.1.1.1')).toBeNull();
  });
});

/** A file of places as MaxMind writes them (MaxMind DB format, version 2.0): 24-bit records, one network per entry. */
function placesFile(entries: readonly { readonly bits: string; readonly place: unknown }[]): Buffer {
  const sized = (type: number, size: number) => (size < 29 ? Buffer.from([(type << 5) | size]) : Buffer.from([(type << 5) | 29, size - 29]));
  const encode = (value: unknown): Buffer => {
    if (typeof value === 'string') return Buffer.concat([sized(2, Buffer.byteLength(value)), Buffer.from(value)]);
    if (typeof value === 'number') return Buffer.from([(6 << 5) | 4, ...[24, 16, 8, 0].map((shift) => (value >>> shift) & 255)]);
    const pairs = Object.entries(value as object);
    return Buffer.concat([sized(7, pairs.length), ...pairs.flatMap(([key, inner]) => [encode(key), encode(inner)])]);
  };
  const nodes: [number | null, number | null][] = [[null, null]];
  const data: Buffer[] = [];
  const leaves: { node: number; side: 0 | 1; offset: number }[] = [];
  for (const { bits, place } of entries) {
    let node = 0;
    for (const bit of bits.slice(0, -1)) {
      const side = Number(bit) as 0 | 1;
      const row = nodes[node] ?? [null, null];
      row[side] ??= nodes.push([null, null]) - 1;
      node = row[side];
    }
    leaves.push({ node, side: Number(bits.at(-1)) as 0 | 1, offset: data.reduce((sum, part) => sum + part.length, 0) });
    data.push(encode(place));
  }
  const tree = Buffer.alloc(nodes.length * 6);
  for (const [i, row] of nodes.entries()) {
    for (const side of [0, 1] as const) {
      const leaf = leaves.find((l) => l.node === i && l.side === side);
      tree.writeUIntBE(leaf ? nodes.length + 16 + leaf.offset : (row[side] ?? nodes.length), i * 6 + side * 3, 3);
    }
  }
  const metadata = encode({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 0,
    database_type: 'GeoLite2-City',
    description: { en: 'test' },
    ip_version: 4,
    languages: { '0': 'en' },
    node_count: nodes.length,
    record_size: 24,
  });
  return Buffer.concat([tree, Buffer.alloc(16), ...data, Buffer.from('ABCDEF4D61784D696E642E636F6D', 'hex'), metadata]);
}

const bitsOf = (network: string) => {
  const [address = '', length = ''] = network.split('/');
  const bits = address.split('.').map((octet) => Number(octet).toString(2).padStart(8, '0'));
  return bits.join('').slice(0, Number(length));
};

test('a notice says from where, in its own language, when the network has a name', async () => {
  const portal = await testPortal({ settings: { networks: [named('192.0.2.0/24', 'Réseau de Paris')] } });
  const { id: accountId } = await testAccount(portal);
  const consents = (network: string, application: string) =>
    giveConsent(
      portal,
      testMemberFlow(portal, { accountId, prompt: 'consent', network, application: { id: application, name: application, host: '' } }),
      [],
    );
  await consents('192.0.2.0/24', 'cloud');
  await consents('198.51.100.0/24', 'share');
  const [there, elsewhere] = await letters(portal);
  expect(there?.text).toContain('Depuis\u00a0: Réseau de Paris (fr)');
  expect(elsewhere?.text).not.toMatch(/Depuis|198\.51/);
  await portal.close();
});

describe('a file of places', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'places-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const written = (content: Buffer | string) => {
    const file = join(folder, 'places.mmdb');
    writeFileSync(file, content);
    return file;
  };

  test('names what the settings don’t, in the reader’s language or else in English', () => {
    const networksFile = written(
      placesFile([
        {
          bits: bitsOf('198.51.100.0/24'),
          place: { city: { names: { fr: 'Londres', en: 'London' } }, country: { names: { fr: 'Royaume-Uni', en: 'United Kingdom' } } },
        },
        { bits: bitsOf('203.0.113.0/24'), place: { country: { names: { en: 'Iceland' } } } },
        { bits: bitsOf('192.0.2.0/24'), place: { continent: { code: 'EU' } } },
      ]),
    );
    const { nameOf } = namedNetworks({ networks: [named('203.0.112.0/20', 'ours')], networksFile });
    expect(nameOf('198.51.100.0/24', 'fr')).toBe('Londres, Royaume-Uni');
    expect(nameOf('198.51.100.0/24', 'en')).toBe('London, United Kingdom');
    expect(nameOf('203.0.113.0/24', 'fr')).toBe('ours (fr)');
    expect(namedNetworks({ networks: [], networksFile }).nameOf('203.0.113.0/24', 'fr')).toBe('Iceland');
    expect(nameOf('192.0.2.0/24', 'fr')).toBeNull();
    expect(nameOf('8.8.8.0/24', 'fr')).toBeNull();
    // An IPv6 address in a file of IPv4, and no address at all.
    expect(nameOf('2001:db8:1::/48', 'fr')).toBeNull();
    expect(nameOf('nonsense', 'fr')).toBeNull();
  });

  test('one that is missing or no such file stops the start, with the mend', () => {
    const lines = (networksFile: string) => {
      try {
        namedNetworks({ networks: [], networksFile });
      } catch (error) {
        if (error instanceof UnusableSettings) return error.lines.join();
        throw error;
      }
      return null;
    };
    expect(lines(join(folder, 'nowhere.mmdb'))).toMatch(/nowhere\.mmdb does not exist: correct its path/);
    expect(lines(folder)).toMatch(/can be read: correct its path/);
    for (const content of ['', 'not a database', 'x'.repeat(100_000)]) expect(lines(written(content))).toMatch(/is not a MaxMind file/);
  });
});
