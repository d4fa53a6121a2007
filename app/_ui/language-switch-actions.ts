'use server';
// Remembers which language a person wants to read, and to be written to; the page then shows itself again, at the same step.
import { cookies } from 'next/headers';
import { formOf, refuseForeignRequest } from '#app/form-action';
import { portal } from '#app/portal';
import { currentMember } from '#app/session';
import { languageCookie } from '#app/visitor';
import { setLanguage as setAccountLanguage } from '#lib/accounts/set-language';
import { isLanguage } from '#lib/language/language';

const yearInSeconds = 365 * 86_400;

export async function setLanguage(data: FormData): Promise<void> {
  await refuseForeignRequest();
  const wanted = formOf(data).get('language');
  if (!isLanguage(wanted)) return;
  const running = await portal();
  const secure = running.settings.origin.startsWith('https:');
  (await cookies()).set(languageCookie, wanted, { httpOnly: true, secure, sameSite: 'lax', path: '/', maxAge: yearInSeconds });
  const member = await currentMember();
  if (member) await setAccountLanguage(running, member.accountId, wanted);
}
