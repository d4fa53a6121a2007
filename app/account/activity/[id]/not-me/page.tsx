// The check page before an event of one's own activity is disowned.
import { redirect } from 'next/navigation';
import { reportedByMember } from '#lib/disavowal/facts';
import { words } from '#lib/language/language';
import { Actions, ButtonLink } from '#ui/button';
import { Back } from '#ui/margin';
import { Shell } from '#ui/shell';
import { Title, titleOf } from '#ui/title';
import { AlreadyReported, ReportedEvent } from '../../../../not-me/reported';
import { disavowPath, paths } from '../../../../paths';
import { portal } from '../../../../portal';
import { requireMember } from '../../../../session';
import { disavow } from './actions';
import { NotMeForm } from './form';

export default async function NotMePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const member = await requireMember(disavowPath(id));
  const event = await reportedByMember(await portal(), member, id);
  if (!event) redirect(paths.activity);
  const { language } = member.visitor;
  const { notMe: said } = words(language);
  if (event.caseNumber)
    return (
      <Shell margin={<Back href={paths.activity} />}>
        <Title page={said.already.title} />
        <AlreadyReported caseNumber={event.caseNumber} language={language} />
        <Actions>
          <ButtonLink href={paths.activity}>{said.done.toActivity}</ButtonLink>
        </Actions>
      </Shell>
    );
  return (
    <Shell margin={<Back href={paths.activity} />}>
      <NotMeForm
        action={disavow}
        title={await titleOf(said.title)}
        heading={
          <>
            <h1>{said.heading}</h1>
            <p className="lead">{said.lead}</p>
            <ReportedEvent event={event} here language={language} />
          </>
        }
        event={event.id}
        keepHref={paths.activity}
        words={said.form}
      />
    </Shell>
  );
}
