// Everything that happened to the account, in words, by day, the newest first.
import { activityKinds, isEventId } from '#lib/audit/events';
import { activityOf } from '#lib/audit/facts';
import { disavowalOf } from '#lib/disavowal/rules';
import { words } from '#lib/language/language';
import { Actions } from '#ui/button';
import { ByDay } from '#ui/by-day';
import { Happened, PageLinks } from '#ui/rows';
import { AccountShell } from '#ui/shell';
import { Title } from '#ui/title';
import { Empty } from '#ui/waiting';
import { activityPath, disavowPath, paths } from '../../paths';
import { portal } from '../../portal';
import { requireMember } from '../../session';
import { AccountMargin } from '../margin';

const eventsPerPage = 50;

type Query = { kind?: string | string[]; before?: string | string[] };

export default async function ActivityPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const member = await requireMember(paths.activity);
  const kind = activityKinds.find((k) => k === query.kind) ?? null;
  const before = isEventId(query.before) ? query.before : null;
  const running = await portal();
  const { happenings, more } = await activityOf(running, member.accountId, { limit: eventsPerPage, kind, before });
  const { account: spoken, notMe } = words(member.visitor.language);
  const { activity: said } = spoken;
  const now = running.now();
  const networkLine = (network: string) => running.networks.nameOf(network, member.visitor.language) ?? said.network(network);
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
      <ByDay
        happened={happenings}
        dayOf={(at) => said.day(at, now)}
        row={(h) => (
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
                  <span className="vh">{notMe.about(said.events[h.type]({ application: h.application, factor: h.factor }), said.time(h.at))}</span>
                </a>
              )
            }
          />
        )}
      />
      <PageLinks more={more} from={before} pathOf={(next) => activityPath(kind, next)} names={{ more: said.older, first: said.newest }} />
    </AccountShell>
  );
}
