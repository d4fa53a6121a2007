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
  const { flow, portal, facts } = await enrolmentPlace(uid, 'done');
  const { enrol, lostPhone, phone } = words(flow.visitor.language);
  const { done } = enrol;
  const replaced = facts.replacing ? lostPhone.wizard.done : null;
  const title = replaced?.title ?? done.title;
  const account = await findAccount(portal, flow.accountId);
  const [factor] = (await inPlace(portal, flow.accountId)).factors;
  const leads = { passkey: done.leadPasskey, phone: phone.done, totp: done.lead } as const;
  const lead = factor ? leads[factor.kind](factor.name) : done.leadAnyApp;
  return (
    <Shell margin={<GoingTo application={flow.application} />}>
      <Title page={title} />
      <h1>{title}</h1>
      <p className="lead">{replaced && factor ? replaced.lead(factor.name) : lead}</p>
      {replaced && <p>{replaced.sessions}</p>}
      <p>{account && done.mailed(account.address)}</p>
      <form action={goOn.bind(null, uid)}>
        <SubmitButton>{done.goOn(flow.application.name)}</SubmitButton>
      </form>
    </Shell>
  );
}
