// What a request says of the browser behind it: its language, its network as our own proxies report it, whether we know it.
import 'server-only';
import { cookies, headers } from 'next/headers';
import { type Language, languageOf } from '#lib/language/language';
import { digest, randomToken } from '#lib/secrets';
import { truncatedNetwork } from '#lib/sessions/network';
import type { Settings } from '#lib/settings';
import type { Visitor } from '#lib/visitor';
import { portal } from './portal';

export const languageCookie = 'language';

export async function language(): Promise<Language> {
  return languageOf((await cookies()).get(languageCookie)?.value, (await headers()).get('accept-language'));
}

export async function visitor(): Promise<Visitor> {
  const { settings } = await portal();
  const sent = await headers();
  const known = (await cookies()).get(browserCookie(settings))?.value;
  return {
    browser: known ? digest(known) : null,
    network: truncatedNetwork(sent.get('x-forwarded-for'), settings.proxies),
    userAgent: sent.get('user-agent')?.slice(0, 200) ?? null,
    language: await language(),
  };
}

const secure = (settings: Settings) => settings.origin.startsWith('https:');
const browserCookie = (settings: Settings) => (secure(settings) ? '__Host-browser' : 'browser');
const yearInSeconds = 365 * 86_400;

/**
 * Marks this browser as one in which somebody has signed in, in a server action only.
 * @returns SHA-256 of its mark, the same as before where it had one
 */
export async function rememberBrowser(): Promise<string> {
  const { settings } = await portal();
  const jar = await cookies();
  const name = browserCookie(settings);
  const mark = jar.get(name)?.value ?? randomToken(256);
  jar.set(name, mark, { httpOnly: true, secure: secure(settings), sameSite: 'lax', path: '/', maxAge: yearInSeconds });
  return digest(mark);
}
