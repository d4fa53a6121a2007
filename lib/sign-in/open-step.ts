// What every act of sign-in begins with: a unit of the person's own, in which the step is open or the act is refused.
import type { Script, Tx } from '#db/unit';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { type Result, refused } from '../result.ts';
import type { Flow } from '../visitor.ts';
import { accountOfFlow, type KnownSignIn, readSignInFacts } from './facts.ts';
import { nextSignInStep, type SignInStep } from './steps.ts';

/** Facts of a flow in which a right password was given. */
export interface OpenSignIn extends KnownSignIn {
  readonly accountId: string;
  readonly address: string;
}

/** The refusal of an act whose step is not open: an event, and not one other row (SEC-33). */
export function* refuseStep(tx: Tx, now: number, flow: Flow, act: string, accountId: string | null) {
  yield* recordEvent(tx, now, flow, { type: 'step-refused', accountId, data: { act, prompt: flow.prompt } });
  return refused({ code: 'expired-page' as const });
}

/**
 * Runs the script in a unit keyed by the account whose password was right in this flow, if `step` is what is missing now.
 * @param act the act's name, for the event
 */
export async function inOpenStep<Value, Code extends string>(
  portal: Portal,
  flow: Flow,
  step: SignInStep,
  act: string,
  script: (tx: Tx, facts: OpenSignIn, now: number) => Script<Result<Value, Code>>,
): Promise<Result<Value, Code | 'expired-page'>> {
  const now = portal.now();
  const { policy } = portal.settings;
  const keyed = await portal.store.read((tx) => accountOfFlow(tx, policy, flow.uid, now));
  return portal.store.unit(keyed ?? `flow:${flow.uid}`, function* (tx): Script<Result<Value, Code | 'expired-page'>> {
    const facts = yield* readSignInFacts(tx, policy, flow, now);
    const { accountId, address } = facts;
    const open = flow.prompt === 'login' && accountId !== null && accountId === keyed && nextSignInStep(facts) === step;
    if (!open || address === null) return yield* refuseStep(tx, now, flow, act, accountId);
    return yield* script(tx, { ...facts, accountId, address }, now);
  });
}
