// What agents did, in words, by day, the newest first: their own, and for leads everybody's.
import { type AgentAct, actsOf, agents } from '#lib/agents/facts';
import { mayDo } from '#lib/helpdesk/rules';
import { words } from '#lib/language/language';
import { Button } from '#ui/button';
import { Happened, LinkRows, Rows } from '#ui/rows';
import { SelectField } from '#ui/select-field';
import { HelpdeskShell } from '#ui/shell';
import { Title } from '#ui/title';
import { Empty } from '#ui/waiting';
import { accountCardPath, actsPath, paths } from '../../paths';
import { portal } from '../../portal';
import { requireAgent } from '../../session';
import { HelpdeskMargin } from '../margin';

const isEventId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Query = { by?: string | string[]; before?: string | string[] };

export default async function ActsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const before = typeof query.before === 'string' && isEventId.test(query.before) ? query.before : null;
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
  const days = new Map<string, AgentAct[]>();
  for (const act of acts) {
    const day = account.activity.day(act.at, now);
    days.set(day, [...(days.get(day) ?? []), act]);
  }
  const here = (next: string | null) => actsPath(all ? by : null, next);
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
      {[...days].map(([day, ofDay], i) => (
        <section key={day} aria-labelledby={`day-${i}`}>
          <h2 id={`day-${i}`}>{day}</h2>
          <Rows>
            {ofDay.map((act) => (
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
            ))}
          </Rows>
        </section>
      ))}
      {(more || before) && (
        <LinkRows
          links={[
            ...(more ? [{ href: here(more), name: account.activity.older }] : []),
            ...(before ? [{ href: here(null), name: account.activity.newest }] : []),
          ]}
        />
      )}
    </HelpdeskShell>
  );
}
