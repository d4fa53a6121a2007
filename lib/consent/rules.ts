// What a person is asked to share, as they understand it. Pure.

/** Claims as a person understands them: a name stands for its parts too. */
const shownClaims = {
  profile: ['name'],
  email: ['email'],
  eduperson: ['eduperson_principal_name', 'eduperson_affiliation'],
} as const;
export type ShownClaim = (typeof shownClaims)[keyof typeof shownClaims][number];

/** What the consent page names, in a constant order, whatever the order of the request. `openid` alone hands over nothing readable. */
export const claimsToShow = (scopes: readonly string[]): ShownClaim[] =>
  Object.entries(shownClaims).flatMap(([scope, claims]) => (scopes.includes(scope) ? claims : []));

export interface RememberedConsent {
  readonly scopes: readonly string[];
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}
