// Any directory, with each question counted and timed.
import type { Metrics } from '../metrics.ts';
import type { Directory } from './directory.ts';

interface Needs {
  readonly metrics: Pick<Metrics, 'asked'>;
  /** Epoch milliseconds. */
  now(): number;
}

export function measured(directory: Directory, { metrics, now }: Needs): Directory {
  const timed = async <T>(operation: string, ask: () => Promise<T>): Promise<T> => {
    const began = now();
    const tell = (outcome: 'answered' | 'failed') => metrics.asked(operation, outcome, Math.max(0, now() - began) / 1000);
    try {
      const answer = await ask();
      tell('answered');
      return answer;
    } catch (error) {
      tell('failed');
      throw error;
    }
  };
  const { stillThere, roleOf } = directory;
  return {
    ...directory,
    verifyPassword: (...asked) => timed('verify-password', () => directory.verifyPassword(...asked)),
    setPassword: (...asked) => timed('set-password', () => directory.setPassword(...asked)),
    stillThere: stillThere && ((account) => timed('still-there', () => stillThere(account))),
    roleOf: roleOf && ((account) => timed('role-of', () => roleOf(account))),
  };
}
