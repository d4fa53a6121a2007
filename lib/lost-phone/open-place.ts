// What every act on the way of a lost phone begins with: a unit of the person's own, in which the place is open or the act is refused.
import type { Script, Tx } from '#db/unit';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { type Result, refused } from '../result.ts';
import type { Flow } from '../visitor.ts';
import { type KnownLostPhone, readLostPhoneFacts } from './facts.ts';

/** Facts of a flow in which a right password was given. */
export interface OpenLostPhone extends KnownLostPhone {
  readonly accountId: string;
  readonly address: string;
}

/** The refusal of an act whose place is not open: an event, and not one other row (SEC-33). */
export function* refusePlace(tx: Tx, now: number, flow: Flow, act: string, accountId: string | null) {
  yield* recordEvent(tx, now, flow, { type: 'step-refused', accountId, data: { act, prompt: flow.prompt } });
  return refused({ code: 'expired-page' as const });
}

/** Whose way it is, read before the unit that is keyed by it. */
export const ownerOfWay = async (portal: Portal, flow: Flow): Promise<string | null> =>
  flow.prompt === 'login' ? (await portal.store.read((tx) => readLostPhoneFacts(tx, portal.settings, flow, portal.now()))).accountId : null;

/** Inside such a unit. @param keyed the account that it is keyed by. @param now epoch milliseconds */
export function* readOpenPlace(
  portal: Portal,
  tx: Tx,
  flow: Flow,
  keyed: string | null,
  now: number,
  isOpen: (facts: KnownLostPhone) => boolean,
): Script<OpenLostPhone | null> {
  const facts = yield* readLostPhoneFacts(tx, portal.settings, flow, now);
  const { accountId, address } = facts;
  if (flow.prompt !== 'login' || accountId === null || accountId !== keyed || address === null || !isOpen(facts)) return null;
  return { ...facts, accountId, address };
}

/**
 * Runs the script in a unit keyed by the account whose password was right in this flow, if the place is open.
 * @param act the act's name, for the event
 */
export async function inOpenPlace<Value, Code extends string>(
  portal: Portal,
  flow: Flow,
  act: string,
  isOpen: (facts: KnownLostPhone) => boolean,
  script: (tx: Tx, facts: OpenLostPhone, now: number) => Script<Result<Value, Code>>,
): Promise<Result<Value, Code | 'expired-page'>> {
  const keyed = await ownerOfWay(portal, flow);
  return portal.store.unit(keyed ?? `flow:${flow.uid}`, function* (tx): Script<Result<Value, Code | 'expired-page'>> {
    const now = portal.now();
    const facts = yield* readOpenPlace(portal, tx, flow, keyed, now, isOpen);
    if (!facts) return yield* refusePlace(tx, now, flow, act, keyed);
    return yield* script(tx, facts, now);
  });
}
