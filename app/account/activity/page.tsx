// Everything that happened to the account, in words, by day, the newest first.
import { activityKinds } from '#lib/audit/events';
import { activityOf, type Happening } from '#lib/audit/facts';
import { words } from '#lib/language/language';
import { Item, LinkRows, Rows } from '#ui/rows';
import { AccountShell } from '#ui/shell';
import { Title } from '#ui/title';
import { Empty } from '#ui/waiting';
import { activityPath, paths } from '../../paths';
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
  const { happenings, more } = await activityOf(await portal(), member.accountId, { limit: eventsPerPage, kind, before });
  const spoken = words(member.visitor.language).account;
  const { activity: said } = spoken;
  const days = new Map<string, Happening[]>();
  for (const happening of happenings) {
    const day = said.day(happening.at);
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
        <p>
          {said.filter}
          {[null, ...activityKinds].map((k) => (
            <span key={k}>
              {' '}
              <a href={activityPath(k, null)} aria-current={k === kind ? 'true' : undefined}>
                {k === null ? said.all : said.kinds[k]}
              </a>
            </span>
          ))}
        </p>
      </nav>
      {happenings.length === 0 && <Empty>{said.none}</Empty>}
      {[...days].map(([day, ofDay], i) => (
        <section key={day} aria-labelledby={`day-${i}`}>
          <h2 id={`day-${i}`}>{day}</h2>
          <Rows>
            {ofDay.map((h) => (
              <Item
                key={h.id}
                name={said.events[h.type]({ application: h.application, factor: h.factor })}
                lines={[said.when(h.at, h.browser), ...(h.byOthers ? [said.byOthers] : [])]}
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
