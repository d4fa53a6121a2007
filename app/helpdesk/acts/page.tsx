// What agents did, in words, by day, the newest first: their own, and for leads everybody's.
import { actsOf, agents } from '#lib/agents/facts';
import { isEventId } from '#lib/audit/events';
import { mayDo } from '#lib/helpdesk/rules';
import { words } from '#lib/language/language';
import { Button } from '#ui/button';
import { ByDay } from '#ui/by-day';
import { Happened, PageLinks } from '#ui/rows';
import { SelectField } from '#ui/select-field';
import { HelpdeskShell } from '#ui/shell';
import { Title } from '#ui/title';
import { Empty } from '#ui/waiting';
import { accountCardPath, actsPath, paths } from '../../paths';
import { portal } from '../../portal';
import { requireAgent } from '../../session';
import { HelpdeskMargin } from '../margin';

type Query = { by?: string | string[]; before?: string | string[] };

export default async function ActsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const before = isEventId(query.before) ? query.before : null;
  const agent = await requireAgent('see-own-acts', actsPath(null, before));
  const running = await portal();
  const all = mayDo(agent.role, 'see-all-acts');
  const everybody = all ? await agents(running) : [];
  const by = all ? (everybody.find(({ id }) => id === query.by)?.id ?? null) : agent.agentId;
  const { acts, more } = await actsOf(running, by, before);
  const { account, helpdesk } = words(agent.visitor.language);
  const { acts: said } = helpdesk;
  const now = running.now();
  const title = all ? said.titleOfAll : helpdesk.places.acts;
  return (
    <HelpdeskShell margin={<HelpdeskMargin agent={agent} current="acts" />}>
      <Title page={title} part="helpdesk" />
      <h1>{title}</h1>
      <p className="lead">{all ? said.leadOfAll : said.lead}</p>
      {all && (
        <form action={paths.helpdeskActs} method="get">
          <SelectField name="by" label={said.by} defaultValue={by ?? ''} required={false}>
            <option value="">{said.everybody}</option>
            {everybody.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <Button kind="secondary" small>
            {said.filter}
          </Button>
        </form>
      )}
      {acts.length === 0 && <Empty>{said.none}</Empty>}
      <ByDay
        happened={acts}
        dayOf={(at) => account.activity.day(at, now)}
        row={(act) => (
          <Happened
            key={act.id}
            time={account.activity.time(act.at)}
            at={act.at}
            name={said.events[act.type](act.details)}
            lines={[
              ...(act.account ? [said.about(act.account.name)] : []),
              ...(act.details.reason ? [said.reason(act.details.reason)] : []),
              ...(all && by === null ? [said.agent(act.agent)] : []),
            ]}
            action={
              act.account && (
                <a href={accountCardPath(act.account.id, 'acts')}>
                  {said.card}
                  <span className="vh"> {said.of(act.account.name)}</span>
                </a>
              )
            }
          />
        )}
      />
      <PageLinks
        more={more}
        from={before}
        pathOf={(next) => actsPath(all ? by : null, next)}
        names={{ more: account.activity.older, first: account.activity.newest }}
      />
    </HelpdeskShell>
  );
}
