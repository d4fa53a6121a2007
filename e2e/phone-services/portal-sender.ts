// The portal's own push sender, as a process of its own: settings from the environment, told by its parent what to send.
import { openPortal } from '#lib/portal';
import { type PushFacts, phoneMessage } from '#lib/push/rules';
import type { PushSubscription } from '#lib/push/sender';

export interface Sending {
  readonly subscription: PushSubscription;
  readonly facts: Omit<PushFacts, 'uselessAt'>;
  /** Milliseconds. */
  readonly life: number;
}

const portal = await openPortal();
process.on('message', async ({ subscription, facts, life }: Sending) => {
  const outcome = await portal.push.send(subscription, phoneMessage(portal.secrets, { ...facts, uselessAt: portal.now() + life }));
  process.send?.(outcome);
});
// Tells that it is ready, too.
process.send?.(await portal.push.publicKey());
process.on('disconnect', () => void portal.close().then(() => process.exit()));
