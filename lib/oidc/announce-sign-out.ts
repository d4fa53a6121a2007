// Tells applications, by back-channel logout, that a person's sessions have ended.
import { portalApplicationId } from '../applications/facts.ts';
import type { Portal } from '../portal.ts';
import { providerOf } from './provider.ts';

export interface SignedOut {
  readonly applicationId: string;
  readonly accountId: string;
  readonly sid: string | null;
}

/** oidc-provider has this method and does not declare it. */
type Announcing = { backchannelLogoutUri?: string; backchannelLogout(sub: string, sid: string | undefined): Promise<void> };

/** All at once, two and a half seconds each at most; the portal itself needs no telling. */
export async function announceSignOut(portal: Portal, signedOut: readonly SignedOut[]): Promise<{ readonly told: number; readonly untold: number }> {
  const { provider } = await providerOf(portal);
  const outcomes = await Promise.all(
    signedOut
      .filter(({ applicationId }) => applicationId !== portalApplicationId)
      .map(async ({ applicationId, accountId, sid }) => {
        const client = (await provider.Client.find(applicationId)) as unknown as Announcing | undefined;
        if (!client?.backchannelLogoutUri) return null;
        try {
          await client.backchannelLogout(accountId, sid ?? undefined);
          return true;
        } catch (error) {
          portal.log.warn({ applicationId, reason: (error as Error).message }, 'An application was not told of a sign-out.');
          return false;
        }
      }),
  );
  return { told: outcomes.filter((told) => told === true).length, untold: outcomes.filter((told) => told === false).length };
}
