// Remembers the language in which a person wants to be written to.
import { setAccountLanguage } from '#db/accounts';
import type { Language } from '../language/language.ts';
import type { Portal } from '../portal.ts';

export const setLanguage = (portal: Pick<Portal, 'store'>, accountId: string, language: Language): Promise<void> =>
  portal.store.unit(accountId, (tx) => setAccountLanguage(tx, accountId, language));
