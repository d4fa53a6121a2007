// Where messages to phones may be sent. The address comes from a browser, so that only push services that we know are written to.
import { z } from 'zod';

/** The push services of Chrome, Chromium as distributions build it, Safari, Firefox and Edge. `*.` stands for one label or more. */
const pushHosts = [
  'fcm.googleapis.com',
  'jmt17.google.com',
  '*.push.apple.com',
  'updates.push.services.mozilla.com',
  '*.notify.windows.com',
] as const;

/** A name with two labels or more, no address; the settings may add such hosts. */
export const pushHost = z
  .string()
  .regex(/^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'a host’s name in small letters, e.g. push.example.org or *.push.example.org')
  .refine((host) => !host.startsWith('*.') || host.split('.').length >= 3, 'too wide: two labels at least after *.');

const longest = 2048;

/**
 * Whether a browser's endpoint may be written to: https, a push service's name, no port, no user, no fragment, and spelt as URLs are spelt,
 * so that no two parsers read it differently. @param moreHosts of the settings
 */
export function isPushEndpoint(endpoint: string, moreHosts: readonly string[] = []): boolean {
  if (endpoint.length > longest || !URL.canParse(endpoint)) return false;
  const { href, protocol, username, password, hostname, port, hash } = new URL(endpoint);
  if (href !== endpoint || protocol !== 'https:' || username || password || port || hash) return false;
  return [...pushHosts, ...moreHosts].some((host) =>
    host.startsWith('*.') ? hostname.endsWith(host.slice(1)) && hostname.length >= host.length : hostname === host,
  );
}

/** What a browser subscribed with; its endpoint is judged by `isPushEndpoint`. An uncompressed P-256 point and 16 bytes, base64url. */
export const subscriptionInput = z.strictObject({
  endpoint: z.string().max(longest),
  p256dh: z.string().regex(/^B[\w-]{86}$/),
  auth: z.string().regex(/^[\w-]{22}$/),
});
