// What people may ask the helpdesk for from the portal's own pages, how often, and from where. Pure.
import { days } from '../duration.ts';

/** What is wrong, in the order of the page. */
export const helpTopics = ['cannot-scan', 'no-mail', 'forgotten-answers', 'lost-phone', 'something-else'] as const;
export type HelpTopic = (typeof helpTopics)[number];

export const isHelpTopic = (word: unknown): word is HelpTopic => helpTopics.some((topic) => topic === word);

/**
 * From where, which tells the agent what was proven there and then: `account`: a whole sign-in; `enrolment`: what the wizard asks for;
 * `sign-in`: the password alone; `reset-password`: the mailbox alone.
 */
const helpPlaces = ['account', 'enrolment', 'sign-in', 'reset-password'] as const;
export type HelpPlace = (typeof helpPlaces)[number];

export const isHelpPlace = (word: unknown): word is HelpPlace => helpPlaces.some((place) => place === word);

/** Of the free text, in code points. */
export const helpTextLimit = 500;

/** How many calls for help of one account within a day are taken, one at a time; and how often something is added to the one that is open. */
export const helpLimit = { calls: 3, additions: 5, within: days(1) } as const;

/**
 * @param asked when the account called, or added something, before, the oldest first
 * @returns from when it may do so again; null: now. Epoch milliseconds.
 */
export function nextHelp(asked: readonly number[], now: number, most: number = helpLimit.calls): number | null {
  const within = asked.filter((at) => at > now - helpLimit.within);
  const oldest = within[within.length - most];
  return oldest === undefined ? null : oldest + helpLimit.within;
}
