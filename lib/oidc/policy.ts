// Which stop a browser makes between an application and its answer: login → enrol → consent. Recomputed at every request.
import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { findApplication, portalApplicationId } from '../applications/facts.ts';
import { rememberedConsent } from '../consent/facts.ts';
import { enrolmentFacts, enrolmentPolicy } from '../enrolment/facts.ts';
import { nextEnrolmentStep } from '../enrolment/steps.ts';
import type { Portal } from '../portal.ts';
import { openReEnrolmentOf } from '../re-enrolment/facts.ts';
import { type Acr, acrValues, reEnrolmentAcr } from '../sign-in/assurance.ts';
import { scopeOfClaim } from './claims.ts';

const { Prompt, Check, base } = interactionPolicy;
const [sfa, mfa] = acrValues;

const isAcr = (value: unknown): value is Acr => acrValues.includes(value as Acr);

export interface AcrRequest {
  /** Levels we know, in the application's order of preference. */
  readonly wanted: readonly Acr[];
  /** Anything else must be an error (OpenID Connect Core, section 5.5.1.1). */
  readonly essential: boolean;
}

/**
 * What an application asks of the sign-in. Read from the parameters themselves: oidc-provider lets `acr_values` replace an essential
 * claim, which would be a silent downgrade (SEC-89). Throws InvalidRequest.
 * @param params the request's `acr_values` and `claims`
 */
function acrRequest(params: { readonly acr_values?: unknown; readonly claims?: unknown }): AcrRequest {
  const claim = typeof params.claims === 'string' ? (JSON.parse(params.claims) as { id_token?: { acr?: unknown } }).id_token?.acr : undefined;
  const { essential, value, values } = (claim ?? {}) as { essential?: unknown; value?: unknown; values?: unknown };
  if (values !== undefined && !Array.isArray(values)) throw new errors.InvalidRequest('invalid claims.id_token.acr.values type');
  const asked = [...(value === undefined ? [] : [value]), ...((values as unknown[] | undefined) ?? [])];
  const insists = essential === true && asked.length > 0;
  const preferred = insists || typeof params.acr_values !== 'string' ? asked : params.acr_values.split(' ');
  return { wanted: preferred.filter(isAcr), essential: insists };
}

/** Whether two factors are wanted: the application's registration says so, or the request does. */
const wantsMfa = (requiresMfa: boolean, request: AcrRequest) => requiresMfa || request.wanted[0] === mfa;

async function mfaWanted(portal: Portal, { oidc }: KoaContextWithOIDC): Promise<boolean> {
  const request = acrRequest(oidc.params ?? {});
  if (request.essential && request.wanted.length === 0) throw new errors.UnmetAuthenticationRequirements('requested ACR is not supported');
  const application = await findApplication(portal, oidc.client?.clientId ?? '');
  return wantsMfa(application?.requiresMfa ?? true, request);
}

/** The level that the answer states. Two factors are also one: whoever insists on the lower level is told the lower level. */
function stateAcr({ oidc }: KoaContextWithOIDC) {
  const request = acrRequest(oidc.params ?? {});
  if (request.essential && oidc.acr === mfa && !request.wanted.includes(mfa)) Object.defineProperty(oidc, 'acr', { value: sfa });
}

/** @returns the policy for a provider of this portal */
export function policyOf(portal: Portal) {
  const policy = base();
  const login = policy.get('login');
  if (!login) throw new Error('oidc-provider has no login prompt.');

  // Replaced by `mfa` below: the stock checks know neither registrations nor enrolment.
  login.checks.remove('essential_acrs');
  login.checks.remove('essential_acr');

  login.checks.add(
    new Check('account_unusable', 'End-User authentication is required', 'login_required', ({ oidc }) =>
      Boolean(oidc.session?.accountId && !oidc.account),
    ),
  );
  login.checks.add(
    // The session's own time to live is as long; this holds even where a record outlives it.
    new Check('session_overall', 'End-User authentication is too old', 'login_required', ({ oidc }) => {
      const { accountId, loginTs } = oidc.session ?? {};
      return Boolean(accountId) && (loginTs ?? 0) * 1000 + portal.settings.policy.session.overall <= portal.now();
    }),
  );
  login.checks.add(
    // It is worth nothing once the leave to replace the factors is used up, taken back, or past its time.
    new Check('re_enrolment_over', 'End-User authentication is required', 'login_required', async ({ oidc }) => {
      const { accountId, acr } = oidc.session ?? {};
      return accountId !== undefined && acr === reEnrolmentAcr && (await openReEnrolmentOf(portal, accountId)) === null;
    }),
  );
  login.checks.add(
    new Check('mfa', 'End-User authentication with two factors is required', 'login_required', async (ctx) => {
      const { session, account } = ctx.oidc;
      const wanted = await mfaWanted(portal, ctx);
      // A session that may only replace a lost phone: the wizard is all that it is ever asked for.
      if (!wanted || !session?.accountId || !account || session.acr === mfa || session.acr === reEnrolmentAcr) {
        stateAcr(ctx);
        return Check.NO_NEED_TO_PROMPT;
      }
      // Without a factor there is nothing to ask for: the wizard comes first.
      return (await enrolmentFacts(portal, { accountId: session.accountId })).provenFactors > 0;
    }),
  );

  policy.add(
    new Prompt(
      { name: 'enrol', requestable: false },
      // Whatever the application wants, the portal itself included: no code, token or consent comes out of such a session (decision 0018).
      new Check('re_enrolment', 'End-User has to replace a lost factor', 'interaction_required', ({ oidc }) => oidc.session?.acr === reEnrolmentAcr),
      new Check('not_enrolled', 'End-User has to finish enrolment', 'interaction_required', async (ctx) => {
        const accountId = ctx.oidc.session?.accountId;
        if (!accountId || !(await mfaWanted(portal, ctx))) return Check.NO_NEED_TO_PROMPT;
        return nextEnrolmentStep(await enrolmentFacts(portal, { accountId }), enrolmentPolicy(portal.settings)) !== 'done';
      }),
    ),
    1,
  );
  return policy;
}

/**
 * The grant that a request works with: what the person agreed to and what is still remembered, nothing more. The portal itself asks
 * nobody: it is where consents are looked after.
 */
export const loadGrant = (portal: Portal) => async (ctx: KoaContextWithOIDC) => {
  const { oidc } = ctx;
  const { client, session, account, provider } = oidc;
  if (!client || !session || !account) return undefined;
  const { clientId } = client;
  const { accountId } = account;

  const application = await findApplication(portal, clientId);
  const registered = new Set<string>(['openid', ...(application?.scopes ?? [])]);
  const claims = [...oidc.requestParamClaims];
  const wanted = scopesWanted([...oidc.requestParamOIDCScopes], claims, registered);
  const agreed = clientId === portalApplicationId ? wanted : await agreedScopes(portal, accountId, clientId);
  if (!wanted.every((scope) => agreed.includes(scope))) return undefined;

  const known = session.grantIdFor(clientId);
  const existing = known ? await provider.Grant.find(known) : undefined;
  const grant = existing?.accountId === accountId ? existing : new provider.Grant({ clientId, accountId });
  const before = JSON.stringify([grant.openid, grant.rejected]);
  grant.addOIDCScope(wanted);
  const given = (claim: string) => wanted.includes(scopeOfClaim(claim) ?? '');
  grant.addOIDCClaims(claims.filter(given));
  // Asked for beyond what the application is registered for: it goes without, and nobody is asked.
  const withheld = claims.filter((claim) => !given(claim));
  if (withheld.length) grant.rejectOIDCClaims(withheld);
  if (grant !== existing || JSON.stringify([grant.openid, grant.rejected]) !== before) await grant.save();
  return grant;
};

/** The scopes of a request, those of its single claims included, as far as the application is registered for them. */
export const scopesWanted = (scopes: readonly string[], claims: readonly string[], registered: ReadonlySet<string>): string[] =>
  [...new Set([...scopes, ...claims.map(scopeOfClaim)])].filter((scope): scope is string => scope !== null && registered.has(scope));

async function agreedScopes(portal: Portal, accountId: string, applicationId: string): Promise<readonly string[]> {
  const consent = await rememberedConsent(portal, accountId, applicationId);
  return consent && consent.expiresAt > portal.now() ? consent.scopes : [];
}
