// Where a browser may be sent after signing in to the portal: a page of the portal, whatever the request said. Pure. (SEC-70)

/** Folders of pages that a member may come back to. */
const places = ['/account', '/helpdesk', '/authenticator'] as const;
/** Under them, but not pages: coming back there would sign in or out again. */
const ways = ['/account/sign-in', '/account/sign-out'] as const;

const home = places[0];
const longest = 500;

/**
 * @param wanted as sent; anything at all
 * @param origin the portal's own, from the settings
 * @returns a path of the portal with its query; the account's home for everything else. Source: ASVS 3.7.2, T20.
 */
export function returnTo(wanted: unknown, origin: string): string {
  if (typeof wanted !== 'string' || wanted.length > longest) return home;
  // One slash, then none; no backslash, control, space or encoded slash, which browsers and servers read in different ways.
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(wanted) || /\\|%2f|%5c|%0[0-9a-f]|%1[0-9a-f]/i.test(wanted)) return home;
  if (!URL.canParse(wanted, origin)) return home;
  const url = new URL(wanted, origin);
  const within = (folder: string) => url.pathname === folder || url.pathname.startsWith(`${folder}/`);
  if (url.origin !== origin || url.pathname.includes('//') || !places.some(within) || ways.some(within)) return home;
  return `${url.pathname}${url.search}`;
}

/** @param path of the portal, as `returnTo` gives it. @returns whether it is a page of the helpdesk's console, which no recovery code opens (SEC-78) */
export const leadsToConsole = (path: string): boolean => /^\/helpdesk(?=[/?]|$)/.test(path);
