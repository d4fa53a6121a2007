// The waiting period: from when, what then, and what needs no wait.
import { words } from '#lib/language/language';
import { ButtonLink, WaysBlock } from '#ui/button';
import { Back, GoingTo } from '#ui/margin';
import { Shell } from '#ui/shell';
import { Title } from '#ui/title';
import { lostPhonePlace } from '../../../../interaction';
import { lostPhonePath, otherWaysPath } from '../../../../paths';

export default async function WaitPage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, facts } = await lostPhonePlace(uid, 'wait');
  const { wait } = words(flow.visitor.language).lostPhone;
  return (
    <Shell
      margin={
        <>
          <Back href={otherWaysPath(uid)} />
          <GoingTo application={flow.application} />
        </>
      }
    >
      <Title page={wait.title} />
      <h1>{wait.heading(facts.waitUntil ?? 0)}</h1>
      <p className="lead">{wait.lead}</p>
      <p>{wait.onwards(facts.expiresAt ?? 0)}</p>
      <p>{facts.address && wait.mailed(facts.address)}</p>
      {facts.happened === 'lost' && (
        <>
          <h2>{wait.found.title}</h2>
          <p>{wait.found.say}</p>
          <ButtonLink kind="secondary" href={otherWaysPath(uid)}>
            {wait.found.link}
          </ButtonLink>
        </>
      )}
      <WaysBlock>
        <p>
          {wait.sooner} <a href={lostPhonePath(uid, 'prove-identity')}>{wait.soonerLink}</a>
        </p>
      </WaysBlock>
    </Shell>
  );
}
