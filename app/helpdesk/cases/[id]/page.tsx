// One case: what happened, what was done at once, who has it, what was noted, and what an agent may do with it now.
import { notFound } from 'next/navigation';
import { type CaseFacts, findCaseFacts } from '#lib/cases/facts';
import { caseOutcomes, isCaseNumber } from '#lib/cases/rules';
import { judgeAction, mayDo, maySee } from '#lib/helpdesk/rules';
import { seeAccount } from '#lib/helpdesk/see-account';
import { words } from '#lib/language/language';
import { roleToShow } from '#lib/roles/facts';
import type { Agent } from '#lib/visitor';
import { LongText } from '#ui/long-field';
import { Notice } from '#ui/notice';
import { Fact, Summary } from '#ui/rows';
import { HelpdeskShell } from '#ui/shell';
import { ReadOut } from '#ui/table';
import { Tag } from '#ui/tag';
import { Title, titleOf } from '#ui/title';
import { accountCardPath, casePath, paths } from '../../../paths';
import { portal } from '../../../portal';
import { requireAgent } from '../../../session';
import { HelpdeskMargin } from '../../margin';
import { close, giveBack, note, reopen, take } from './actions';
import { type CaseAct, CaseForms } from './forms';

const actions = { take, note, close, giveBack, reopen };

export default async function CasePage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ done?: string | string[] }>;
}) {
  const { id } = await params;
  const { done } = await searchParams;
  const agent = await requireAgent('see-cases', isCaseNumber(id) ? casePath(id) : paths.cases);
  const running = await portal();
  const found = isCaseNumber(id) ? await findCaseFacts(running, id) : null;
  if (!found) notFound();
  const { accountId, number, holder, closedAt } = found;
  await seeAccount(running, agent, accountId, 'case');
  const subject = { id: accountId, role: await roleToShow(running, accountId) };
  const refusal = judgeAction('handle-case', { agent: { id: agent.agentId, role: agent.role }, subject, callerVerified: false });
  const { helpdeskCases } = words(agent.visitor.language);
  const { one: said, queue, outcomes } = helpdeskCases;
  const nameOf = (colleague: CaseFacts['holder']) => (colleague?.id === agent.agentId ? queue.you : (colleague?.name ?? queue.gone));
  const mine = holder?.id === agent.agentId;
  const isLead = mayDo(agent.role, 'reopen-case');
  const may: readonly CaseAct[] =
    refusal !== null
      ? []
      : closedAt !== null
        ? isLead
          ? ['reopen']
          : []
        : holder === null
          ? ['take']
          : mine
            ? ['note', 'close', 'giveBack']
            : isLead
              ? ['giveBack']
              : [];
  const state = closedAt !== null ? 'closed' : holder ? 'taken' : 'free';
  const heading = (
    <>
      <Told done={done} found={found} agent={agent} />
      {found.newWords && (
        <Notice tone="warning" title={said.newWords.title}>
          <p>{said.newWords.todo}</p>
        </Notice>
      )}
      <h1>
        {said.title('')}
        <ReadOut>{number}</ReadOut>{' '}
        <Tag {...(state === 'free' && { tone: 'warning' as const })} {...(state === 'closed' && { tone: 'success' as const })}>
          {said.state[state]}
        </Tag>
      </h1>
      <Summary>
        <Fact name={said.kind}>{helpdeskCases.kinds[found.kind]}</Fact>
        <Fact name={said.person} action={<a href={accountCardPath(accountId, 'case')}>{said.card}</a>}>
          {found.name}, {found.maskedAddress}
        </Fact>
        <Fact name={said.opened}>{said.openedAt(found.openedAt)}</Fact>
        {holder && closedAt === null && <Fact name={said.holder}>{said.holderAt(nameOf(holder), found.takenAt ?? found.openedAt)}</Fact>}
        {closedAt !== null && found.outcome && (
          <Fact name={said.closed}>{said.closedBy(nameOf(found.closedBy), closedAt, outcomes[found.outcome])}</Fact>
        )}
      </Summary>
      {found.kind === 'help' ? <Asked found={found} agent={agent} /> : <WhatHappened found={found} agent={agent} />}
      <section aria-labelledby="notes">
        <h2 id="notes">{said.notes}</h2>
        {found.notes.length === 0 ? (
          <p className="hint">{said.noNotes}</p>
        ) : (
          <Summary>
            {found.notes.map(({ id: noteId, at, by, text, from, topic }) => (
              <Fact key={noteId} name={by ? said.noted(nameOf(by), at) : said.added(found.name, at, topic && helpdeskCases.topics[topic])}>
                <LongText>{text}</LongText>
                {from && <span className="hint">{said.places[from]}</span>}
              </Fact>
            ))}
          </Summary>
        )}
      </section>
      {(may.length > 0 || refusal || (holder && !mine && closedAt === null)) && <h2>{said.acts}</h2>}
      {(refusal === 'on-yourself' || refusal === 'on-a-colleague') && <p>{said.notYours[refusal]}</p>}
      {!refusal && holder && !mine && closedAt === null && <p>{said.othersHave(nameOf(holder))}</p>}
    </>
  );
  const title = await titleOf(said.title(number), 'helpdesk');
  return (
    <HelpdeskShell margin={<HelpdeskMargin agent={agent} current="cases" back={paths.cases} />}>
      {may.length === 0 ? (
        <>
          <Title page={said.title(number)} part="helpdesk" />
          {heading}
        </>
      ) : (
        <CaseForms
          number={number}
          actions={actions}
          may={may}
          title={title}
          heading={heading}
          outcomes={caseOutcomes.map((value) => ({ value, title: outcomes[value], hint: said.close.hints[value] }))}
          words={{ take: said.take, giveBack: said.giveBack, reopen: said.reopen, note: said.note, close: said.close }}
        />
      )}
    </HelpdeskShell>
  );
}

/** What the last act did: of two agents who took it at once, one is told who has it. */
function Told({ done, found, agent }: { done: string | string[] | undefined; found: CaseFacts; agent: Agent }) {
  const { told } = words(agent.visitor.language).helpdeskCases.one;
  if (typeof done !== 'string' || !Object.hasOwn(told, done)) return null;
  if (done === 'by-other') {
    const name = found.closedAt === null && found.holder && found.holder.id !== agent.agentId ? found.holder.name : null;
    return <Notice tone="warning" title={name === null ? told.gone : told['by-other'](name)} announce="status" />;
  }
  const sentence = told[done as Exclude<keyof typeof told, 'by-other'>];
  return <Notice tone="success" title={sentence} announce="status" />;
}

async function WhatHappened({ found: { event, done }, agent }: { found: CaseFacts; agent: Agent }) {
  const { helpdeskCases, account } = words(agent.visitor.language);
  const { one: said } = helpdeskCases;
  const { networks } = await portal();
  const place = event?.network ? networks.nameOf(event.network, agent.visitor.language) : null;
  const network = event?.network && maySee(agent.role, 'networks') ? event.network : null;
  return (
    <section aria-labelledby="happened">
      <h2 id="happened">{said.happened}</h2>
      {event ? (
        <Summary>
          <Fact name={said.event}>{account.activity.events[event.type]({ application: event.application, factor: event.factor })}</Fact>
          <Fact name={said.when}>{said.openedAt(event.at)}</Fact>
          {event.browser && <Fact name={said.where}>{said.browser(event.browser)}</Fact>}
          {(place || network) && <Fact name={said.from}>{[place, network].filter(Boolean).join(', ')}</Fact>}
        </Summary>
      ) : (
        <p>{said.eventGone}</p>
      )}
      <h3>{said.atOnce}</h3>
      <ul>
        {done && said.done(done).map((sentence) => <li key={sentence}>{sentence}</li>)}
        <li>{event?.type === 'phone-reported' ? said.reported : said.sessions}</li>
      </ul>
    </section>
  );
}

function Asked({ found: { topic, from, text }, agent }: { found: CaseFacts; agent: Agent }) {
  const { one: said, topics } = words(agent.visitor.language).helpdeskCases;
  return (
    <section aria-labelledby="asked">
      <h2 id="asked">{said.asked}</h2>
      <Summary>
        {topic && <Fact name={said.topic}>{topics[topic]}</Fact>}
        <Fact name={said.text}>{text ? <LongText>{text}</LongText> : said.noText}</Fact>
        {from && <Fact name={said.proven}>{said.places[from]}</Fact>}
      </Summary>
      {text && <p className="hint">{said.caution}</p>}
    </section>
  );
}
