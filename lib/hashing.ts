// Slow hashes of what people remember: Argon2id, peppered, off the event loop, never more at once than there are cores.
import { availableParallelism } from 'node:os';
import { hash as argon2, verify as argon2Verify } from '@node-rs/argon2';

/** Parameters of OWASP's Password Storage Cheat Sheet; a stored hash with weaker ones is made again at sign-in. */
export interface HashingCost {
  readonly memoryKiB: number;
  readonly passes: number;
}

const busy = Symbol.for('portal:busy');

/** The queue is full: answer 503 and ask to try again. Known by a mark: Next evaluates modules once per bundle, and one portal serves all of them. */
export class Busy extends Error {
  readonly [busy] = true;
  static override [Symbol.hasInstance](error: unknown): error is Busy {
    return error instanceof Error && busy in error;
  }
}

export interface Hashing {
  hash(plain: string): Promise<string>;
  /** @param stored a PHC string, or null for "no such thing", which takes the same time and is never right */
  verify(stored: string | null, plain: string): Promise<{ readonly right: boolean; readonly stale: boolean }>;
  /** Hashes being made, those that wait for their turn, and how many were refused since the process began. */
  load(): { readonly running: number; readonly waiting: number; readonly refused: number };
}

/** @param queue how many may wait beyond those running; more throw Busy */
export function createHashing(cost: HashingCost, pepper: Uint8Array, queue = 200): Hashing {
  // Argon2id is the library's default algorithm; its enum can't be imported under isolatedModules.
  const options = { memoryCost: cost.memoryKiB, timeCost: cost.passes, parallelism: 1, secret: pepper };
  const atOnce = availableParallelism();
  const waiting: (() => void)[] = [];
  let running = 0;
  let refused = 0;
  const turn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) {
      if (waiting.length >= queue) {
        refused++;
        throw new Busy('Too many hashes are waiting.');
      }
      await new Promise<void>((go) => waiting.push(go));
    } else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
  // What a person without a stored hash is compared with: same parameters, so the same time.
  let decoy: Promise<string> | undefined;
  return {
    hash: (plain) => turn(() => argon2(plain, options)),
    load: () => ({ running, waiting: waiting.length, refused }),
    async verify(stored, plain) {
      decoy ??= turn(() => argon2('nobody has this', options)).catch((error: unknown) => {
        // Kept, a failure would answer for every unknown address from then on, and for no known one.
        decoy = undefined;
        throw error;
      });
      const against = stored ?? (await decoy);
      const right = await turn(() => argon2Verify(against, plain, options));
      return { right: right && stored !== null, stale: stored !== null && isStale(stored, cost) };
    },
  };
}

function isStale(stored: string, cost: HashingCost): boolean {
  const [, memory, passes] = /\$m=(\d+),t=(\d+),/.exec(stored) ?? [];
  return Number(memory) < cost.memoryKiB || Number(passes) < cost.passes;
}
