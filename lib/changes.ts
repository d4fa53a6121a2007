// Tells whoever watches an account in this process that something of it may have changed. Other processes find out by looking: the
// database is the truth, and this only saves them the wait.
import type { Store, WrittenEvent } from '#db/unit';

export interface Changes {
  /**
   * @param subject the key of the units to hear of: an account's id
   * @param look called after each; it must look at the rows, and not throw
   * @returns what ends it
   */
  listen(subject: string, look: () => void): () => void;
  tell(subject: string): void;
}

export function createChanges(): Changes {
  const listeners = new Map<string, Set<() => void>>();
  return {
    listen(subject, look) {
      const looks = listeners.get(subject) ?? new Set();
      listeners.set(subject, looks.add(look));
      return () => {
        looks.delete(look);
        if (looks.size === 0 && listeners.get(subject) === looks) listeners.delete(subject);
      };
    },
    tell(subject) {
      for (const look of [...(listeners.get(subject) ?? [])]) look();
    },
  };
}

/**
 * The same store; each unit that has ended tells its key, so that no act has to think of who watches, nor of who counts.
 * @param happened called with each line of the audit log, once it is kept; it must not throw
 */
export function telling(store: Store, changes: Changes, happened: (event: WrittenEvent) => void = () => {}): Store {
  return {
    ...store,
    async unit(key, script) {
      let written: WrittenEvent[] = [];
      const value = await store.unit(key, (tx) => {
        // A unit that is run again writes again.
        written = [];
        return script({ ...tx, written });
      });
      changes.tell(key);
      for (const event of written) happened(event);
      return value;
    },
  };
}
