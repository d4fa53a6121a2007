// Names of networks: the institute's own from the settings, then places from a file in MaxMind's format. Nobody outside is ever asked.
import { readFileSync } from 'node:fs';
import { Reader } from 'mmdb-lib';
import { type Settings, UnusableSettings } from '../settings.ts';
import type { Networks } from './networks.ts';
import { rangesByNetwork } from './rules.ts';

/** Of a city or country file, what is read. */
interface Place {
  readonly city?: { readonly names?: Readonly<Record<string, string>> };
  readonly country?: { readonly names?: Readonly<Record<string, string>> };
}

/** Throws UnusableSettings when the file of places can't be read. The file is read once: a newer one is taken at the next start. */
export function namedNetworks({ networks, networksFile }: Pick<Settings, 'networks' | 'networksFile'>): Networks {
  const rangeOf = rangesByNetwork(networks);
  const places = networksFile === undefined ? null : openPlaces(networksFile);
  return {
    nameOf(network, language) {
      if (network === null) return null;
      const named = rangeOf(network);
      if (named) return named.name[language];
      const place = places?.(network.replace(/\/\d+$/, '')) ?? null;
      const words = [place?.city, place?.country].flatMap((part) => part?.names?.[language] ?? part?.names?.en ?? []);
      return words.length ? words.join(', ') : null;
    },
  };
}

function openPlaces(file: string): (address: string) => Place | null {
  try {
    const reader = new Reader<never>(readFileSync(/* turbopackIgnore: true */ file));
    return (address) => {
      try {
        return reader.get(address);
      } catch {
        // No address at all, or of a kind that the file does not hold: a missing word is no reason to fail a page.
        return null;
      }
    };
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UnusableSettings([
      `networksFile: ${file} ${missing ? 'does not exist' : 'is not a MaxMind file (.mmdb) that can be read'}: correct its path, or leave the setting out.`,
    ]);
  }
}
