// Which networks can be named, and which name one has. Pure.
import ipaddr from 'ipaddr.js';

export interface NamedRange {
  /** e.g. 10.1.0.0/16 or 2001:db8::/32 */
  readonly range: string;
  readonly name: { readonly fr: string; readonly en: string };
}

/** How much of an address is kept (lib/sessions/network.ts): what is narrower can't be told apart. */
const kept = { ipv4: 24, ipv6: 48 } as const;

const networkOf = (range: string) => {
  const [address] = ipaddr.parseCIDR(range);
  const first = address.kind() === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(range) : ipaddr.IPv6.networkAddressFromCIDR(range);
  return first.toString();
};

/** @returns what is wrong with a range and how to mend it; null when nothing is */
export function judgeRange(range: string): string | null {
  // IPv4 has many spellings; only the one that everybody reads alike is taken.
  if (!/^[0-9a-f:.]+\/\d{1,3}$/i.test(range) || !(ipaddr.IPv4.isValidCIDRFourPartDecimal(range) || ipaddr.IPv6.isValidCIDR(range)))
    return 'write a network as 10.1.0.0/16 or 2001:db8::/32';
  const [address, length] = ipaddr.parseCIDR(range);
  const first = networkOf(range);
  if (ipaddr.parse(first).toString() !== address.toString()) return `its first address is ${first}: write ${first}/${length}`;
  const most = kept[address.kind()];
  if (length > most) return `only /${most} is kept of an address: name ${networkOf(`${first}/${most}`)}/${most}, or leave this network out`;
  return null;
}

/** @param ranges that `judgeRange` finds nothing wrong with. @returns what finds the narrowest of them around a network */
export function rangesByNetwork(ranges: readonly NamedRange[]): (network: string) => NamedRange | null {
  const parsed = ranges.map((named) => ({ named, cidr: ipaddr.parseCIDR(named.range) })).sort((a, b) => b.cidr[1] - a.cidr[1]);
  return (network) => {
    if (!ipaddr.isValidCIDR(network)) return null;
    const [address] = ipaddr.parseCIDR(network);
    return parsed.find(({ cidr }) => cidr[0].kind() === address.kind() && address.match(cidr))?.named ?? null;
  };
}
