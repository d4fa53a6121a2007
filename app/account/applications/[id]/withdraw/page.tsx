// The check page before an application loses its agreement.
import { redirect } from 'next/navigation';
import { listConsents } from '#lib/consent/facts';
import { words } from '#lib/language/language';
import { Actions, Button, ButtonLink } from '#ui/button';
import { Back } from '#ui/margin';
import { Shell } from '#ui/shell';
import { Title } from '#ui/title';
import { paths } from '../../../../paths';
import { portal } from '../../../../portal';
import { requireMember } from '../../../../session';
import { withdrawAgreement } from '../../../actions';

export default async function WithdrawPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const member = await requireMember(paths.applications);
  const consent = (await listConsents(await portal(), member.accountId)).find((c) => c.applicationId === id);
  if (!consent) redirect(paths.applications);
  const { withdraw } = words(member.visitor.language).account;
  return (
    <Shell margin={<Back href={paths.applications} />}>
      <Title page={withdraw.title(consent.name)} />
      <h1>{withdraw.title(consent.name)}</h1>
      <p className="lead">{withdraw.lead(consent.name)}</p>
      <form action={withdrawAgreement.bind(null, id)}>
        <Actions>
          <ButtonLink kind="secondary" href={paths.applications}>
            {withdraw.form.keep}
          </ButtonLink>
          <Button danger>{withdraw.form.withdraw}</Button>
        </Actions>
      </form>
    </Shell>
  );
}
