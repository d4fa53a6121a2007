// Factors that colleagues ask to remove, waiting for a second agent.
import { openRemovals } from '#lib/helpdesk/acts/facts';
import { words } from '#lib/language/language';
import { Notice } from '#ui/notice';
import { HelpdeskShell } from '#ui/shell';
import { Table } from '#ui/table';
import { Tag } from '#ui/tag';
import { Title } from '#ui/title';
import { Empty } from '#ui/waiting';
import { paths, removalPath } from '../../paths';
import { portal } from '../../portal';
import { requireAgent } from '../../session';
import { HelpdeskMargin } from '../margin';

export default async function RemovalsPage({ searchParams }: { searchParams: Promise<{ done?: string | string[] }> }) {
  const { done } = await searchParams;
  const agent = await requireAgent('decide-removal', paths.removals);
  const removals = await openRemovals(await portal(), agent);
  const said = words(agent.visitor.language).helpdeskActs.removals;
  const told = typeof done === 'string' && Object.hasOwn(said.done, done) ? said.done[done as keyof typeof said.done] : null;
  const { person, factor, askedBy, until, look } = said.columns;
  return (
    <HelpdeskShell margin={<HelpdeskMargin agent={agent} current="removals" />}>
      <Title page={said.title} part="helpdesk" />
      {told && <Notice tone="success" title={told} announce="status" />}
      <h1>{said.title}</h1>
      <p className="lead">{said.lead}</p>
      {removals.length === 0 ? (
        <Empty>{said.none}</Empty>
      ) : (
        <Table
          caption={said.caption}
          columns={[person, factor, askedBy, until, look]}
          rows={removals.map((removal) => ({
            key: removal.id,
            cells: [
              <>
                {removal.name} <span className="hint">{removal.address}</span>
              </>,
              removal.factor?.name ?? said.gone,
              removal.own ? <Tag key="own">{said.own}</Tag> : removal.askedBy,
              said.moment(removal.expiresAt),
              <a key="look" href={removalPath(removal.id)}>
                {said.look} <span className="vh">{said.lookVh(removal.name)}</span>
              </a>,
            ],
          }))}
        />
      )}
    </HelpdeskShell>
  );
}
