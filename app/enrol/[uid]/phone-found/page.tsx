// « Je l’ai retrouvé »: what that changes, before it does.
import { notFound } from 'next/navigation';
import { words } from '#lib/language/language';
import { Back, GoingTo } from '#ui/margin';
import { Shell } from '#ui/shell';
import { SubmitButton } from '#ui/submit-button';
import { Title } from '#ui/title';
import { enrolmentPlace } from '../../../interaction';
import { enrolPath } from '../../../paths';
import { cancelReplacement } from './actions';
import { mayBeFound } from './link';

export default async function PhoneFoundPage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, portal } = await enrolmentPlace(uid, 'install-app');
  if (!(await mayBeFound(portal, flow))) notFound();
  const { found } = words(flow.visitor.language).lostPhone.wizard;
  return (
    <Shell
      margin={
        <>
          <Back href={enrolPath(uid, 'install-app')} />
          <GoingTo application={flow.application} />
        </>
      }
    >
      <Title page={found.title} />
      <h1>{found.heading}</h1>
      <p className="lead">{found.lead}</p>
      <form action={cancelReplacement.bind(null, uid)}>
        <SubmitButton>{found.submit}</SubmitButton>
      </form>
    </Shell>
  );
}
