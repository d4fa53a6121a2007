// The browsers in which this person is signed in, and the way to end each session, or all others.
import { words } from '#lib/language/language';
import { listSignedInBrowsers } from '#lib/sessions/open-sessions';
import { Actions, Button } from '#ui/button';
import { Notice } from '#ui/notice';
import { Item, Rows } from '#ui/rows';
import { AccountShell } from '#ui/shell';
import { Tag } from '#ui/tag';
import { Title } from '#ui/title';
import { paths } from '../../paths';
import { portal } from '../../portal';
import { requireMember } from '../../session';
import { AccountMargin } from '../margin';
import { endOne, endOthers } from './actions';

export default async function SessionsPage({ searchParams }: { searchParams: Promise<{ done?: string | string[] }> }) {
  const { done } = await searchParams;
  const member = await requireMember(paths.sessions);
  const running = await portal();
  const browsers = await listSignedInBrowsers(running, member);
  const spoken = words(member.visitor.language).account;
  const { places, sessions: said } = spoken;
  const networkLine = (network: string) => running.networks.nameOf(network, member.visitor.language) ?? said.network(network);
  const told = typeof done === 'string' && Object.hasOwn(said.done, done) ? said.done[done as keyof typeof said.done] : null;
  return (
    <AccountShell label={spoken.label} margin={<AccountMargin member={member} current="sessions" />}>
      <Title page={places.sessions} />
      {told && <Notice tone="success" title={told} announce="status" />}
      <h1>{places.sessions}</h1>
      <p className="lead">{said.lead}</p>
      <Rows>
        {browsers.map(({ id, browser, network, startedAt, seenAt, current }) => {
          const name = browser ? said.browser(browser.browser, browser.system) : said.unknownBrowser;
          return (
            <Item
              key={id}
              name={name}
              tag={current ? <Tag tone="accent">{said.thisOne}</Tag> : undefined}
              lines={[said.seen(seenAt), said.started(startedAt), ...(network ? [networkLine(network)] : [])]}
              action={
                current ? undefined : (
                  <form action={endOne.bind(null, id)}>
                    <button type="submit" className="link">
                      {said.end}
                      <span className="vh">
                        {' '}
                        {name}, {said.seen(seenAt)}
                      </span>
                    </button>
                  </form>
                )
              }
            />
          );
        })}
      </Rows>
      {browsers.some(({ current }) => !current) ? (
        <form action={endOthers}>
          <Actions>
            <Button kind="secondary">{said.endOthers}</Button>
          </Actions>
        </form>
      ) : (
        <p className="hint">{said.noOther}</p>
      )}
    </AccountShell>
  );
}
