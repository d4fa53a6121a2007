// What an application may learn of a person, scope by scope.
import { type Account, findAccount } from '../accounts/facts.ts';
import type { Portal } from '../portal.ts';

/** Claims of each scope (OpenID Connect Core, section 5.4; REFEDS eduPerson). `openid` gives what the sign-in itself was worth. */
export const claimsOfScopes = {
  openid: ['sub', 'acr', 'amr', 'auth_time'],
  profile: ['name', 'given_name', 'family_name'],
  email: ['email', 'email_verified'],
  eduperson: ['eduperson_principal_name', 'eduperson_affiliation'],
  offline_access: [],
} as const satisfies Record<string, readonly string[]>;

export type Scope = keyof typeof claimsOfScopes;

/** The scope that a claim belongs to; null for one that nobody gets. */
export const scopeOfClaim = (claim: string): Scope | null =>
  (Object.keys(claimsOfScopes) as Scope[]).find((scope) => (claimsOfScopes[scope] as readonly string[]).includes(claim)) ?? null;

/** `sub` is the account's id: stable, meaningless, never given to another person. */
export const claimsOf = (account: Account) => ({
  sub: account.id,
  name: `${account.givenName} ${account.familyName}`,
  given_name: account.givenName,
  family_name: account.familyName,
  email: account.address,
  // Addresses come from the institute's directory; nobody chooses their own.
  email_verified: true,
  eduperson_principal_name: account.eduPersonPrincipalName,
  eduperson_affiliation: [...account.affiliations],
});

/** The account behind a token or a session, as oidc-provider asks for it; undefined once it is disabled, which ends both. */
export async function findProviderAccount(portal: Pick<Portal, 'store'>, sub: string) {
  const account = await findAccount(portal, sub);
  if (account?.status !== 'active') return undefined;
  return { accountId: account.id, claims: async () => claimsOf(account) };
}
