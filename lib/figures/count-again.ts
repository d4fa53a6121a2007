// A colleague has the figures counted again: once a minute at most, whoever asks.
import { seconds } from '../duration.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Agent } from '../visitor.ts';
import { claimCount, finishCount } from './count-figures.ts';
import { lastFigures } from './facts.ts';
import { figuresPolicy } from './rules.ts';

/** How long the page waits for it. */
const patience = seconds(3);

/** @returns whether it has ended already; where accounts are many it goes on beside requests, and the page says so */
export async function countAgain(portal: Portal, _agent: Agent, _input: object): Promise<Result<{ readonly finished: boolean }, 'figures-fresh'>> {
  const at = await claimCount(portal, figuresPolicy.again);
  if (at === null) return (await lastFigures(portal)).counting ? done({ finished: false }) : refused({ code: 'figures-fresh' });
  const counting = finishCount(portal, at).then(
    () => true,
    (error: unknown) => {
      portal.log.error({ err: error }, 'The figures could not be counted again.');
      return false;
    },
  );
  let waiting: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    waiting = setTimeout(() => resolve(false), patience);
  });
  const finished = await Promise.race([counting, late]);
  clearTimeout(waiting);
  return done({ finished });
}
