// Another name for a factor.
import { redirect } from 'next/navigation';
import { inPlace } from '#lib/factors/facts';
import { words } from '#lib/language/language';
import { Back } from '#ui/margin';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { paths } from '../../../../paths';
import { portal } from '../../../../portal';
import { requireMember } from '../../../../session';
import { rename } from '../../actions';
import { RenameForm } from './form';

export default async function RenameFactorPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const member = await requireMember(paths.factors);
  const factor = (await inPlace(await portal(), member.accountId)).factors.find((f) => f.id === id);
  if (!factor) redirect(paths.factors);
  const { renaming: said } = words(member.visitor.language).account.factors;
  return (
    <Shell margin={<Back href={paths.factors} />}>
      <RenameForm
        action={rename}
        title={await titleOf(said.title(factor.name))}
        heading={said.title(factor.name)}
        factor={factor}
        words={said.form}
      />
    </Shell>
  );
}
