// Everything that happened to the account, in words, by day, the newest first.
import { activityKinds } from '#lib/audit/events';
import { activityOf, type Happening } from '#lib/audit/facts';
import { disavowalOf } from '#lib/disavowal/rules';
import { words } from '#lib/language/language';
import { Actions } from '#ui/button';
import { Happened, LinkRows, Rows } from '#ui/rows';
import { AccountShell } from '#ui/shell';
import { Title } from '#ui/title';
import { Empty } from '#ui/waiting';
import { activityPath, disavowPath, paths } from '../../paths';
import { portal } from '../../portal';
import { requireMember } from '../../session';
import { AccountMargin } from '../margin';

const eventsPerPage = 50;
const isEventId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Query = { kind?: string | string[]; before?: string | string[] };

export default async function ActivityPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const member = await requireMember(paths.activity);
  const kind = activityKinds.find((k) => k === query.kind) ?? null;
  const before = typeof query.before === 'string' && isEventId.test(query.before) ? query.before : null;
  const running = await portal();
  const { happenings, more } = await activityOf(running, member.accountId, { limit: eventsPerPage, kind, before });
  const { account: spoken, notMe } = words(member.visitor.language);
  const { activity: said } = spoken;
  const now = running.now();
  const networkLine = (network: string) => running.networks.nameOf(network, member.visitor.language) ?? said.network(network);
  const days = new Map<string, Happening[]>();
  for (const happening of happenings) {
    const day = said.day(happening.at, now);
    days.set(day, [...(days.get(day) ?? []), happening]);
  }
  return (
    <AccountShell label={spoken.label} margin={<AccountMargin member={member} current="activity" />}>
      <Title page={spoken.places.activity} />
      <h1>{spoken.places.activity}</h1>
      <p className="lead">{said.lead}</p>
      <p>
        {said.unknown} <a href={paths.help}>{said.help}</a>
      </p>
      <nav aria-label={said.filter}>
        <Actions>
          <span>{said.filter}</span>
          {[null, ...activityKinds].map((k) => {
            const name = k === null ? said.all : said.kinds[k];
            return k === kind ? (
              <b key={k} aria-current="true">
                {name}
              </b>
            ) : (
              <a key={k} href={activityPath(k, null)}>
                {name}
              </a>
            );
          })}
        </Actions>
      </nav>
      {happenings.length === 0 && <Empty>{said.none}</Empty>}
      {[...days].map(([day, ofDay], i) => (
        <section key={day} aria-labelledby={`day-${i}`}>
          <h2 id={`day-${i}`}>{day}</h2>
          <Rows>
            {ofDay.map((h) => (
              <Happened
                key={h.id}
                time={said.time(h.at)}
                at={h.at}
                name={said.events[h.type]({ application: h.application, factor: h.factor })}
                lines={[
                  ...(h.browser ? [said.from(h.browser)] : []),
                  ...(h.network ? [networkLine(h.network)] : []),
                  ...(h.byOthers ? [said.byOthers] : []),
                  ...(h.newBrowser ? [notMe.newBrowser] : []),
                  ...(h.caseNumber ? [notMe.inCase(h.caseNumber)] : []),
                ]}
                action={
                  disavowalOf(h.type) && (
                    <a href={disavowPath(h.id)}>
                      {notMe.inActivity}
                      <span className="vh">
                        {notMe.about(said.events[h.type]({ application: h.application, factor: h.factor }), said.time(h.at))}
                      </span>
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
            ...(more ? [{ href: activityPath(kind, more), name: said.older }] : []),
            ...(before ? [{ href: activityPath(kind, null), name: said.newest }] : []),
          ]}
        />
      )}
    </AccountShell>
  );
}
