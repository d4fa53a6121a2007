// The link of a notice, once its token is out of the address: a cookie that only these pages see, for a quarter of an hour (SEC-53).
import 'server-only';
import { cookies } from 'next/headers';
import { minutes } from '#lib/duration';
import type { Settings } from '#lib/settings';
import { paths } from '../paths';
import { portal } from '../portal';

const lasts = minutes(15);
const isSecure = (settings: Settings) => settings.origin.startsWith('https:');
const nameOf = (settings: Settings) => `${isSecure(settings) ? '__Secure-' : ''}not-me`;

/** Lax: whoever follows a link from a mail program's page arrives from another site. @param token null takes the cookie away */
export const linkCookie = (settings: Settings, token: string | null): string =>
  `${nameOf(settings)}=${token ?? ''}; Path=${paths.notMe}; Max-Age=${token === null ? 0 : lasts / 1000}; HttpOnly; SameSite=Lax${isSecure(settings) ? '; Secure' : ''}`;

/** As the browser sent it: anything at all. Null when there is none. */
export async function followedLink(): Promise<string | null> {
  const { settings } = await portal();
  return (await cookies()).get(nameOf(settings))?.value ?? null;
}
