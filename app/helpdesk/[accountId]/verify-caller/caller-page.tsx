// What every page of a verification has around it, and for whom it is not.
import { notFound, redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { type ActOnScreen, actOnScreen } from '#lib/helpdesk/acts/facts';
import { seeAccount } from '#lib/helpdesk/see-account';
import type { Agent } from '#lib/visitor';
import { HelpdeskShell } from '#ui/shell';
import { backToCardPath } from '../../../paths';
import { portal } from '../../../portal';
import { HelpdeskMargin } from '../../margin';

/** That somebody was looked at is on record. Whoever may not verify this account's callers is led back to the card, which says why. */
export async function callerOf(agent: Agent, accountId: string): Promise<ActOnScreen> {
  const running = await portal();
  const seen = await actOnScreen(running, agent, 'verify-caller', accountId);
  if (!seen) notFound();
  await seeAccount(running, agent, accountId, null);
  return seen.refusal === null ? seen : redirect(backToCardPath(accountId));
}

/** @param back where the margin leads */
export function CallerPage({ agent, back, children }: { agent: Agent; back: string; children: ReactNode }) {
  return <HelpdeskShell margin={<HelpdeskMargin agent={agent} current="search" back={back} />}>{children}</HelpdeskShell>;
}
