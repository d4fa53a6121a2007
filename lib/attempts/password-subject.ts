// Under which name wrong passwords are counted: by address, whether or not it exists, and apart for browsers that its owner has used,
// so that nobody else's tries make the owner wait there (SEC-06). Pure.

interface Needs {
  readonly secrets: { keyedHash(purpose: string, value: string): string };
}

/** @param address folded, or as typed when it can't be. @param browser SHA-256 of a known browser's mark; null in any other */
export const passwordSubject = (portal: Needs, address: string, browser: string | null) =>
  `password:${portal.secrets.keyedHash('address', address)}:${browser === null ? 'unknown' : `known:${browser}`}`;
