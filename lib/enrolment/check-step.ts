// The beginning of every act of the wizard: is this step open, for this person, now?
import { type AccountRow, findAccountRow } from '#db/accounts';
import type { Script, Tx } from '#db/unit';
import { recordEvent } from '../audit/record-event.ts';
import type { Portal } from '../portal.ts';
import { refused } from '../result.ts';
import type { MemberFlow } from '../visitor.ts';
import { enrolmentPolicy, readEnrolmentFacts, readMayFollowFactor } from './facts.ts';
import { type EnrolmentStep, isEnrolmentStepOpen } from './steps.ts';

/**
 * In the unit that changes something, keyed by the account's id: what was true when the page was shown may no longer be.
 * @returns the account, or null after recording the refusal; then change nothing, and answer `notOpen` (SEC-33)
 */
export function* checkStep(portal: Portal, tx: Tx, flow: MemberFlow, step: EnrolmentStep, now: number): Script<AccountRow | null> {
  const { accountId } = flow;
  const account = yield* findAccountRow(tx, accountId);
  const facts = yield* readEnrolmentFacts(tx, flow, now);
  const open = flow.prompt === 'enrol' && account?.status === 'active' && isEnrolmentStepOpen(step, facts, enrolmentPolicy(portal.settings));
  if (open && (yield* readMayFollowFactor(tx, flow, step, now, portal.settings.policy))) return account;
  yield* recordEvent(tx, now, flow, { type: 'step-refused', accountId, data: { step } });
  return null;
}

/** The page was left behind: another tab was faster, its time ran out, or it was never this step's turn. */
export const notOpen = () => refused({ code: 'expired-page' });
