// Wakes a person's telephones up. Never waited for: a telephone also finds what it is asked when it is opened (phone.md §7).
import { forgetPhoneSubscription, type HeldPhone } from '#db/phones';
import type { Language } from '../../language/language.ts';
import type { Portal } from '../../portal.ts';
import { phoneMessage } from '../../push/rules.ts';
import type { Subscription } from './facts.ts';
import { phoneWords } from './rules.ts';

export interface Call {
  readonly kind: 'req' | 'test';
  /** Whose words a request has on the lock screen: a call is no sign-in. */
  readonly asks?: 'call';
  readonly id: string;
  readonly accountId: string;
  /** Epoch milliseconds: after it nobody need be woken up. */
  readonly uselessAt: number;
  readonly language: Language;
}

/** @returns when every push service has answered, for tests and for who has time; how many took it. Never rejects. */
export async function notifyPhones(portal: Portal, phones: readonly HeldPhone[], { language, asks, ...call }: Call): Promise<number> {
  const { title, body } = phoneWords[language][asks ?? call.kind];
  const message = phoneMessage(portal.secrets, { ...call, title, body, navigate: `${portal.settings.origin}/authenticator` });
  const sendings = phones.map(async ({ phone, factor }) => {
    const { subscription, subscribedAt, factorId } = phone;
    if (subscription === null || subscribedAt === null) return 0;
    const { outcome } = await portal.push.send(openSubscription(portal, factorId, subscription), message);
    // One that is gone would be tried at every sign-in, and the list would say that notifications arrive.
    if (outcome === 'gone') await portal.store.unit(factor.accountId, (tx) => forgetPhoneSubscription(tx, factorId, subscribedAt));
    return outcome === 'sent' ? 1 : 0;
  });
  const taken = await Promise.all(sendings).catch((error: unknown) => {
    portal.log.error({ err: error }, 'A telephone could not be woken up.');
    return [];
  });
  return taken.reduce<number>((all, one) => all + one, 0);
}

const place = (factorId: string) => `phones:${factorId}`;
export const sealSubscription = ({ secrets }: Pick<Portal, 'secrets'>, factorId: string, subscription: Subscription): Buffer =>
  secrets.seal(place(factorId), JSON.stringify(subscription));
export const openSubscription = ({ secrets }: Pick<Portal, 'secrets'>, factorId: string, sealed: Uint8Array) =>
  JSON.parse(secrets.open(place(factorId), sealed).toString()) as Subscription;
