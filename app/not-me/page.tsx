// « Ce n’était pas moi », from the link of a notice: what happened, and the one button. Opening it changes nothing.
import { reportedByLink } from '#lib/disavowal/facts';
import { words } from '#lib/language/language';
import { Actions, Button, ButtonLink, Ways } from '#ui/button';
import { Shell } from '#ui/shell';
import { Title } from '#ui/title';
import { paths } from '../paths';
import { portal } from '../portal';
import { language } from '../visitor';
import { disavow } from './actions';
import { followedLink } from './link-cookie';
import { AlreadyReported, ReportedEvent } from './reported';

export default async function NotMePage() {
  const link = await followedLink();
  const running = await portal();
  const event = link === null ? null : await reportedByLink(running, link);
  const spoken = await language();
  const { notMe: said, frame } = words(spoken);
  if (!event)
    return (
      <Shell>
        <Title page={said.gone.title} />
        <h1>{said.gone.title}</h1>
        <p className="lead">{said.gone.lead}</p>
        <p>{said.gone.what(running.settings.helpdesk.phone)}</p>
        <Actions>
          <ButtonLink href={paths.activity}>{said.gone.toActivity}</ButtonLink>
        </Actions>
        <Ways>
          <a href={paths.help}>{frame.help}</a>
        </Ways>
      </Shell>
    );
  if (event.caseNumber)
    return (
      <Shell>
        <Title page={said.already.title} />
        <AlreadyReported caseNumber={event.caseNumber} language={spoken} />
        <Ways>
          <a href={paths.help}>{frame.help}</a>
        </Ways>
      </Shell>
    );
  return (
    <Shell>
      <Title page={said.title} />
      <h1>{said.heading}</h1>
      <p className="lead">{said.lead}</p>
      <ReportedEvent event={event} here={false} language={spoken} />
      <form action={disavow}>
        <Actions>
          <Button danger>{said.form.submit}</Button>
        </Actions>
      </form>
      <p className="hint">{said.closePage}</p>
    </Shell>
  );
}
