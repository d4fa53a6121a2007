// Where a request came from, as far as our own reverse proxies say, and no more precisely than the audit log may keep.

/**
 * @param forwardedFor the X-Forwarded-For header
 * @param proxies how many proxies of ours append to it; entries before theirs are the visitor's own words and are not read (SEC-71)
 * @returns /24 of an IPv4 address, /48 of an IPv6 one, or null
 */
export function truncatedNetwork(forwardedFor: string | null, proxies: number): string | null {
  if (proxies === 0 || !forwardedFor) return null;
  const address =
    forwardedFor
      .split(',')
      .at(-proxies)
      ?.trim()
      .replace(/^::ffff:/i, '') ?? '';
  const v4 = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(address);
  if (v4) return `${v4[1]}.0/24`;
  if (!/^[0-9a-f:]+$/i.test(address) || !address.includes(':')) return null;
  const [head = '', tail] = address.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const groups = tail === undefined ? left : [...left, ...Array(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return groups.length === 8
    ? `${groups
        .slice(0, 3)
        .map((g) => g.toLowerCase() || '0')
        .join(':')}::/48`
    : null;
}
