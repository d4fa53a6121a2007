// Proven, and not yet handed to the provider: somebody has gone back, or the way there was interrupted.
import { words } from '#lib/language/language';
import { GoingTo } from '#ui/margin';
import { Shell } from '#ui/shell';
import { SubmitButton } from '#ui/submit-button';
import { Title } from '#ui/title';
import { lostPhonePlace } from '../../../../interaction';
import { goOn } from './actions';

export default async function LostPhoneDonePage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow } = await lostPhonePlace(uid, 'done');
  const { done } = words(flow.visitor.language).lostPhone;
  return (
    <Shell margin={<GoingTo application={flow.application} />}>
      <Title page={done.title} />
      <h1>{done.title}</h1>
      <p className="lead">{done.lead}</p>
      <form action={goOn.bind(null, uid)}>
        <SubmitButton>{done.submit}</SubmitButton>
      </form>
    </Shell>
  );
}
