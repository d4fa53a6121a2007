// Everything that happened to an account, as its card tells it: by day, the newest first, looks of agents included.
import { notFound } from 'next/navigation';
import { findAccount } from '#lib/accounts/facts';
import { displayName, maskAddress } from '#lib/accounts/rules';
import { isEventId } from '#lib/audit/events';
import { activityOf } from '#lib/audit/facts';
import { cardEvent } from '#lib/helpdesk/facts';
import { seeAccount } from '#lib/helpdesk/see-account';
import { words } from '#lib/language/language';
import { ByDay } from '#ui/by-day';
import { PageLinks } from '#ui/rows';
import { HelpdeskShell } from '#ui/shell';
import { Title } from '#ui/title';
import { Empty } from '#ui/waiting';
import { backToCardPath, cardEventsPath } from '../../../paths';
import { portal } from '../../../portal';
import { requireAgent } from '../../../session';
import { HelpdeskMargin } from '../../margin';
import { EventRow } from '../event-row';

const eventsPerPage = 50;

export default async function CardEventsPage({
  params,
  searchParams,
}: {
  params: Promise<{ accountId: string }>;
  searchParams: Promise<{ before?: string | string[] }>;
}) {
  const { accountId } = await params;
  const { before: asked } = await searchParams;
  const before = isEventId(asked) ? asked : null;
  const agent = await requireAgent('see-account', cardEventsPath(accountId, before));
  const running = await portal();
  const account = await findAccount(running, accountId);
  if (!account) notFound();
  await seeAccount(running, agent, accountId, null);
  const { happenings, more } = await activityOf(running, accountId, { limit: eventsPerPage, kind: null, before });
  const now = running.now();
  const { account: spoken, helpdeskCard: said } = words(agent.visitor.language);
  const { activity } = spoken;
  const title = said.eventsTitle(displayName(account));
  return (
    <HelpdeskShell margin={<HelpdeskMargin agent={agent} current="search" back={backToCardPath(accountId)} />}>
      <Title page={title} part="helpdesk" />
      <h1>{title}</h1>
      <p className="lead">{maskAddress(account.address)}</p>
      {happenings.length === 0 && <Empty>{said.noEvents}</Empty>}
      <ByDay
        happened={happenings.map((happening) => cardEvent(running, agent, happening))}
        dayOf={(at) => activity.day(at, now)}
        row={(event) => <EventRow key={event.id} event={event} agent={agent} now={null} />}
      />
      <PageLinks
        more={more}
        from={before}
        pathOf={(next) => cardEventsPath(accountId, next)}
        names={{ more: activity.older, first: activity.newest }}
      />
    </HelpdeskShell>
  );
}
