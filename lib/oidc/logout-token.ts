// Logout tokens as the portal receives them from its own provider (OpenID Connect Back-Channel Logout, section 2.6).
import { createLocalJWKSet, errors, type JWK, jwtVerify } from 'jose';
import { portalApplicationId } from '../applications/facts.ts';
import { minutes } from '../duration.ts';
import type { Portal } from '../portal.ts';
import type { LogoutNotice } from '../sessions/portal-session.ts';
import { loadSigningKeys } from './keys.ts';

const event = 'http://schemas.openid.net/event/backchannel-logout';

const publicOf = ({ kty, kid, alg, use, n, e }: JWK): JWK => ({ kty, kid, alg, use, n, e }) as JWK;

/** @returns whose session ends; null for a token that is not what it should be in every respect */
export async function readLogoutToken(portal: Portal, token: string): Promise<LogoutNotice | null> {
  const { keys } = await loadSigningKeys(portal);
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: keys.map(publicOf) }), {
      issuer: portal.settings.issuer,
      audience: portalApplicationId,
      algorithms: ['RS256'],
      typ: 'logout+jwt',
      requiredClaims: ['iat', 'exp', 'jti', 'events'],
      maxTokenAge: minutes(5) / 1000,
      currentDate: new Date(portal.now()),
    });
    const { sid, sub, jti, exp, nonce, events } = payload;
    const about = typeof events === 'object' && events !== null && typeof (events as Record<string, unknown>)[event] === 'object';
    if (!about || nonce !== undefined || !jti || (typeof sid !== 'string' && typeof sub !== 'string')) return null;
    return { jti, expiresAt: (exp ?? 0) * 1000 + minutes(5), sid: typeof sid === 'string' ? sid : null, accountId: sub ?? null };
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}
