// What every page of an act has around its form: whom it is about, what the person will notice, and, where it may not be done, why and what helps.
import type { ReactNode } from 'react';
import { type ActOnScreen, actOnScreen } from '#lib/helpdesk/acts/facts';
import type { HelpdeskAction } from '#lib/helpdesk/rules';
import { seeAccount } from '#lib/helpdesk/see-account';
import { words } from '#lib/language/language';
import type { Portal } from '#lib/portal';
import type { Agent } from '#lib/visitor';
import { Actions, ButtonLink } from '#ui/button';
import { Notice } from '#ui/notice';
import { Sentence } from '#ui/sentence';
import { HelpdeskShell } from '#ui/shell';
import { Title } from '#ui/title';
import { backToCardPath, verifyCallerPath } from '../../paths';
import { HelpdeskMargin } from '../margin';

/** Whom the page speaks of; that the agent looked is written down as on the card (SEC-79). Null: there is no such account. */
export async function lookAt(running: Portal, agent: Agent, action: HelpdeskAction, account: string): Promise<ActOnScreen | null> {
  const seen = await actOnScreen(running, agent, action, account);
  if (seen) await seeAccount(running, agent, account, null);
  return seen;
}

export async function ActPage({ agent, account, children }: { agent: Agent; account: string; children: ReactNode }) {
  return <HelpdeskShell margin={<HelpdeskMargin agent={agent} current="search" back={backToCardPath(account)} />}>{children}</HelpdeskShell>;
}

/** Whom it is about. */
export function Subject({ seen }: { seen: ActOnScreen }) {
  return (
    <p className="lead">
      <b>{seen.name}</b>, {seen.address}
    </p>
  );
}

/** @param noticed what the person will notice */
export function ActHeading({
  agent,
  seen,
  heading,
  lead,
  noticed,
  children,
}: {
  agent: Agent;
  /** Null: nothing of anybody is shown. */
  seen: ActOnScreen | null;
  heading: string;
  lead: string;
  noticed: string;
  children?: ReactNode;
}) {
  const said = words(agent.visitor.language).helpdeskActs;
  return (
    <>
      <h1>{heading}</h1>
      {seen && <Subject seen={seen} />}
      <p>{lead}</p>
      {children}
      <Notice title={said.notices}>
        <p>{noticed}</p>
      </Notice>
      {seen && <p className="hint">{seen.verified ? said.verifiedUntil[seen.verified.method](seen.verified.until) : said.notVerified}</p>}
    </>
  );
}

/** Instead of a form: why this act can't be done here and now. @param why a sentence, as of a problem */
export function NoAct({ agent, account, seen, heading, why }: { agent: Agent; account: string; seen: ActOnScreen; heading: string; why: string }) {
  const said = words(agent.visitor.language).helpdeskActs;
  return (
    <ActPage agent={agent} account={account}>
      <Title page={heading} part="helpdesk" />
      <h1>{heading}</h1>
      <Subject seen={seen} />
      <Notice tone="warning">
        <Sentence text={why} />
      </Notice>
      <Actions>
        {seen.refusal === 'caller-not-verified' && <ButtonLink href={verifyCallerPath(account)}>{said.verify}</ButtonLink>}
        <ButtonLink kind="secondary" href={backToCardPath(account)}>
          {said.toCard}
        </ButtonLink>
      </Actions>
    </ActPage>
  );
}
