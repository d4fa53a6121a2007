'use client';
// The ticket of a QR code: in the fragment of the app's address, which neither logs nor other sites get to see.

const fragment = /^#pair=([\w-]{32})$/;

/** @param text of a QR code. @returns null when it is not one of this portal's */
export function ticketIn(text: string): string | null {
  const home = `${location.origin}/authenticator`;
  return text.startsWith(home) ? (fragment.exec(text.slice(home.length))?.[1] ?? null) : null;
}

/** What the address holds is taken out of it at once: it must not stay in the history. */
export function takeTicket(): string | null {
  const ticket = fragment.exec(location.hash)?.[1] ?? null;
  clearAddress();
  return ticket;
}

/** Again when the router has begun: it writes the address that it found when it was loaded. */
export function clearAddress(): void {
  if (location.hash) history.replaceState(history.state, '', location.pathname + location.search);
}
