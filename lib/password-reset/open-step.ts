// What every act of a reset begins with: a unit of the person's own, in which the step is open or the act is refused.
import { findPasswordReset } from '#db/password-resets';
import type { Script, Tx } from '#db/unit';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import type { Reset } from '../visitor.ts';
import { type KnownReset, type ResetPerson, readReset } from './facts.ts';
import { knownAccount, type ResetWay } from './rules.ts';
import { nextResetStep, type ResetStep } from './steps.ts';

export interface OpenReset extends KnownReset {
  readonly accountId: string;
  readonly address: string;
}

/** What an act needs of the step that it belongs to. */
export interface ActOfReset {
  /** The act's name, for the event. */
  readonly act: string;
  readonly step: ResetStep;
  /** The way that it proves; refused to whoever does not have it. */
  readonly way?: ResetWay;
}

/** The refusal of an act whose step is not open: an event, and not one other row (SEC-33). */
function* refuse(tx: Tx, now: number, reset: Reset, act: string, accountId: string | null) {
  yield* recordEvent(tx, now, reset, {
    type: 'step-refused',
    accountId: accountId && knownAccount(accountId),
    data: { act, purpose: 'reset-password' },
  });
  return refused({ code: 'expired-page' as const });
}

/** In a unit whose key is `keyOf(reset)`. */
export function* openReset(portal: Portal, tx: Tx, reset: Reset, key: string, { act, step, way }: ActOfReset, now: number) {
  const facts = yield* readReset(portal, tx, reset, now);
  const { accountId, address } = facts;
  const open = nextResetStep(facts) === step && (way === undefined || facts.person?.ways.includes(way));
  if (!open || accountId === null || address === null || accountId !== key) return yield* refuse(tx, now, reset, act, accountId);
  return done<OpenReset>({ ...facts, accountId, address });
}

/** The account whose unit an act of this reset runs in. */
export const keyOf = async ({ store }: Pick<Portal, 'store'>, reset: Reset): Promise<string> =>
  (await store.read((tx) => findPasswordReset(tx, reset.uid)))?.accountId ?? `reset:${reset.uid}`;

/** Runs the script in a unit keyed by the reset's account, if the act's step is what is missing now. */
export async function inOpenReset<Value, Code extends string>(
  portal: Portal,
  reset: Reset,
  what: ActOfReset,
  script: (tx: Tx, facts: OpenReset, now: number) => Script<Result<Value, Code>>,
): Promise<Result<Value, Code | 'expired-page'>> {
  const now = portal.now();
  const key = await keyOf(portal, reset);
  return portal.store.unit(key, function* (tx): Script<Result<Value, Code | 'expired-page'>> {
    const opened = yield* openReset(portal, tx, reset, key, what, now);
    return opened.ok ? yield* script(tx, opened.value, now) : opened;
  });
}

/** The person of a reset whose mailbox is proven. Throws before that: a defect. */
export function personOf({ person }: KnownReset): ResetPerson {
  if (!person) throw new Error('A step behind the mailbox, without its person');
  return person;
}
