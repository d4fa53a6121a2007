// What is now in place, and on to the application.
import { findAccount } from '#lib/accounts/facts';
import { inPlace } from '#lib/factors/facts';
import { words } from '#lib/language/language';
import { GoingTo } from '#ui/margin';
import { Shell } from '#ui/shell';
import { SubmitButton } from '#ui/submit-button';
import { Title } from '#ui/title';
import { enrolmentPlace } from '../../../interaction';
import { goOn } from './actions';

export default async function DonePage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, portal } = await enrolmentPlace(uid, 'done');
  const { done } = words(flow.visitor.language).enrol;
  const account = await findAccount(portal, flow.accountId);
  const [factor] = (await inPlace(portal, flow.accountId)).factors;
  return (
    <Shell margin={<GoingTo application={flow.application} />}>
      <Title page={done.title} />
      <h1>{done.title}</h1>
      <p className="lead">{!factor ? done.leadAnyApp : factor.kind === 'passkey' ? done.leadPasskey(factor.name) : done.lead(factor.name)}</p>
      <p>{account && done.mailed(account.address)}</p>
      <form action={goOn.bind(null, uid)}>
        <SubmitButton>{done.goOn(flow.application.name)}</SubmitButton>
      </form>
    </Shell>
  );
}
