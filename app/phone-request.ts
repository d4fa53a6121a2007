// What a page that waits for a telephone's answer is given: how its request stands, and the words for it.
import 'server-only';
import type { RequestOnScreen } from '#lib/factors/phone/facts';
import { words } from '#lib/language/language';
import type { Portal } from '#lib/portal';
import type { Visitor } from '#lib/visitor';
import type { PhoneRequestWords, ShownRequest } from '#ui/phone-request';

/** What a browser that waits is told: another word, and its page is another. */
export const requestState = (request: RequestOnScreen | null): string => (request ? `${request.id}:${request.status}` : 'none');

/** Words with figures in them are made here: browsers get sentences, and put other figures in. @param names of the telephones that are asked */
export function phoneRequestPage(
  { settings, now }: Pick<Portal, 'settings' | 'now'>,
  { language }: Visitor,
  names: readonly string[],
  request: RequestOnScreen | null,
): { readonly request: ShownRequest; readonly words: PhoneRequestWords } {
  const { lead, leadBefore, left, until, ...said } = words(language).phone.request;
  const life = settings.policy.phone.request;
  return {
    request: {
      state: requestState(request),
      status: request?.status ?? null,
      why: request?.why ?? null,
      number: request?.number ?? null,
      left: request ? Math.max(0, request.expiresAt - now()) : 0,
      life,
    },
    words: {
      ...said,
      lead: lead(names),
      leadBefore: leadBefore(names),
      left: { one: left(1), several: left(2) },
      until: until(request?.expiresAt ?? 0),
    },
  };
}
