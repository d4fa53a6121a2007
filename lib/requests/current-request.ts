// Which request this work is for, wherever in it one is: so that every line of the log can say it. And whether this process is stopping.
import { AsyncLocalStorage } from 'node:async_hooks';

interface Serving {
  readonly request: AsyncLocalStorage<string>;
  /** Told to stop: what is under way is answered, and nothing else should be sent here. */
  draining: boolean;
}

/** On globalThis: Next evaluates modules once per bundle, and a process has one answer. */
const key = Symbol.for('account-portal-serving');
type Holder = typeof globalThis & { [key]?: Serving };

export const serving = (): Serving => {
  const holder = globalThis as Holder;
  holder[key] ??= { request: new AsyncLocalStorage(), draining: false };
  return holder[key];
};

/** The id of the request under way; undefined beside requests. */
export const currentRequest = (): string | undefined => serving().request.getStore();
