// One factor to be removed, as the second agent sees it; who asked for it may take it back.
import { openRemoval } from '#lib/helpdesk/acts/facts';
import { seeAccount } from '#lib/helpdesk/see-account';
import { words } from '#lib/language/language';
import { Actions, ButtonLink } from '#ui/button';
import { Notice } from '#ui/notice';
import { Fact, Summary } from '#ui/rows';
import { HelpdeskShell } from '#ui/shell';
import { Title, titleOf } from '#ui/title';
import { accountCardPath, paths, removalPath } from '../../../paths';
import { portal } from '../../../portal';
import { requireAgentBeforeForm } from '../../../session';
import { HelpdeskMargin } from '../../margin';
import { decide } from '../actions';
import { DecideForm } from './form';

export default async function RemovalPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { agent, stale } = await requireAgentBeforeForm('decide-removal', removalPath(id));
  const running = await portal();
  const removal = stale ? null : await openRemoval(running, agent, id);
  if (removal) await seeAccount(running, agent, removal.accountId, 'removal');
  const { helpdeskActs, helpdeskCases } = words(agent.visitor.language);
  const { removals: list, 'ask-removal': asking } = helpdeskActs;
  const said = list.decide;
  const margin = <HelpdeskMargin agent={agent} current="removals" back={paths.removals} />;
  if (!stale && !removal)
    return (
      <HelpdeskShell margin={margin}>
        <Title page={said.goneTitle} part="helpdesk" />
        <h1>{said.goneTitle}</h1>
        <p className="lead">{said.goneLead}</p>
        <Actions>
          <ButtonLink kind="secondary" href={paths.removals}>
            {list.title}
          </ButtonLink>
        </Actions>
      </HelpdeskShell>
    );
  const { facts } = said;
  const factor = removal?.factor ?? null;
  return (
    <HelpdeskShell margin={margin}>
      <DecideForm
        action={decide}
        title={await titleOf(said.title, 'helpdesk')}
        heading={
          <>
            <h1>{factor ? said.heading(factor.name) : said.title}</h1>
            <p className="lead">{removal?.own ? said.ownLead : said.lead}</p>
            {removal && (
              <Summary>
                <Fact name={facts.person} action={<a href={accountCardPath(removal.accountId, 'removal')}>{helpdeskCases.one.card}</a>}>
                  {removal.name}, {removal.address}
                </Fact>
                <Fact name={facts.factor}>
                  {factor ? (
                    <>
                      {factor.name}, {said.kinds[factor.kind]}{' '}
                      <span className="hint">
                        {asking.added(factor.createdAt)} · {asking.used(factor.lastUsedAt)}
                      </span>
                    </>
                  ) : (
                    list.gone
                  )}
                </Fact>
                <Fact name={facts.askedBy}>{removal.askedBy}</Fact>
                <Fact name={facts.reason}>{removal.reason}</Fact>
                <Fact name={facts.method}>{said.methods[removal.method]}</Fact>
                <Fact name={facts.until}>{list.moment(removal.expiresAt)}</Fact>
              </Summary>
            )}
            <Notice>
              <p>{said.noticed}</p>
            </Notice>
          </>
        }
        request={id}
        own={removal?.own ?? false}
        words={{ approve: said.approve, refuse: said.refuse, withdraw: said.withdraw }}
      />
    </HelpdeskShell>
  );
}
