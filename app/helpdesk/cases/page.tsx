// The queue: reports and calls for help, the one that has waited longest first.
import { caseLines } from '#lib/cases/facts';
import { caseFilters } from '#lib/cases/rules';
import { words } from '#lib/language/language';
import { Actions } from '#ui/button';
import { PageLinks } from '#ui/rows';
import { HelpdeskShell } from '#ui/shell';
import { ReadOut, Table } from '#ui/table';
import { Tag } from '#ui/tag';
import { Title } from '#ui/title';
import { Empty } from '#ui/waiting';
import { casePath, casesPath, paths } from '../../paths';
import { portal } from '../../portal';
import { requireAgent } from '../../session';
import { HelpdeskMargin } from '../margin';

const casesPerPage = 25;

type Query = { which?: string | string[]; after?: string | string[] };

export default async function CasesPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const agent = await requireAgent('see-cases', paths.cases);
  const filter = caseFilters.find((which) => which === query.which) ?? 'open';
  const after = typeof query.after === 'string' ? query.after : null;
  const { lines, more } = await caseLines(await portal(), agent.agentId, { filter, after, limit: casesPerPage });
  const { helpdesk, helpdeskCases } = words(agent.visitor.language);
  const { queue: said, kinds, topics, outcomes, moment } = helpdeskCases;
  const { columns } = said;
  const closed = filter === 'closed';
  const holderOf = ({ holder, newWords }: (typeof lines)[number]) => (
    // One thing: on small screens each stands beside its column's name.
    <span>
      {holder ? holder.id === agent.agentId ? said.you : (holder.name ?? said.gone) : <Tag tone="warning">{said.free}</Tag>}
      {newWords && (
        <>
          {' '}
          <Tag tone="accent">{said.newWords}</Tag>
        </>
      )}
    </span>
  );
  return (
    <HelpdeskShell margin={<HelpdeskMargin agent={agent} current="cases" />}>
      <Title page={helpdesk.places.cases} part="helpdesk" />
      <h1>{helpdesk.places.cases}</h1>
      <p className="lead">{said.lead}</p>
      <nav aria-label={said.filter}>
        <Actions>
          <span>{said.filter}</span>
          {caseFilters.map((which) =>
            which === filter ? (
              <b key={which} aria-current="true">
                {said.filters[which]}
              </b>
            ) : (
              <a key={which} href={casesPath(which, null)}>
                {said.filters[which]}
              </a>
            ),
          )}
        </Actions>
      </nav>
      {lines.length === 0 ? (
        <Empty>{said.none[filter]}</Empty>
      ) : (
        <Table
          caption={said.captions[filter]}
          columns={[columns.number, columns.kind, closed ? columns.closed : columns.since, columns.person, closed ? columns.outcome : columns.holder]}
          rows={lines.map((line) => ({
            key: line.number,
            cells: [
              <a key="number" href={casePath(line.number)}>
                <ReadOut>{line.number}</ReadOut>
                <span className="vh">, {line.name}</span>
              </a>,
              line.topic ? said.about(kinds[line.kind], topics[line.topic]) : kinds[line.kind],
              moment(closed && line.closedAt !== null ? line.closedAt : line.openedAt),
              `${line.name}, ${line.maskedAddress}`,
              closed ? line.outcome && outcomes[line.outcome] : holderOf(line),
            ],
          }))}
        />
      )}
      <PageLinks more={more} from={after} pathOf={(next) => casesPath(filter, next)} names={{ more: said.more, first: said.first }} />
    </HelpdeskShell>
  );
}
