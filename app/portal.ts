// The one running Portal, kept on globalThis: Next evaluates modules once per bundle, and a store must be opened once per process.
import 'server-only';
import { openPortal, type Portal } from '#lib/portal';

const key = Symbol.for('account-portal');
type Holder = typeof globalThis & { [key]?: Promise<Portal> };

export const portal = (): Promise<Portal> => {
  const holder = globalThis as Holder;
  holder[key] ??= openPortal();
  return holder[key];
};
