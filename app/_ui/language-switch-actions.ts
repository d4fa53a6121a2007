'use server';
// Remembers which language a person wants to read; the page then shows itself again, at the same step.
import { cookies } from 'next/headers';
import { formOf, refuseForeignRequest } from '#app/form-action';
import { portal } from '#app/portal';
import { languageCookie } from '#app/visitor';
import { isLanguage } from '#lib/language/language';

const yearInSeconds = 365 * 86_400;

export async function setLanguage(data: FormData): Promise<void> {
  await refuseForeignRequest();
  const wanted = formOf(data).get('language');
  if (!isLanguage(wanted)) return;
  const secure = (await portal()).settings.origin.startsWith('https:');
  (await cookies()).set(languageCookie, wanted, { httpOnly: true, secure, sameSite: 'lax', path: '/', maxAge: yearInSeconds });
}
