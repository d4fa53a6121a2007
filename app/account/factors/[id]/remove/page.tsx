// The check page before a factor goes; for the last one, why it can't.
import { redirect } from 'next/navigation';
import { inPlace } from '#lib/factors/facts';
import { words } from '#lib/language/language';
import { Actions, ButtonLink } from '#ui/button';
import { Back } from '#ui/margin';
import { Shell } from '#ui/shell';
import { Title, titleOf } from '#ui/title';
import { paths, removeFactorPath } from '../../../../paths';
import { portal } from '../../../../portal';
import { requireProofBeforeForm } from '../../../../session';
import { remove } from '../../actions';
import { RemoveForm } from '../../remove-form';

export default async function RemoveFactorPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const member = await requireProofBeforeForm(removeFactorPath(id));
  const { factors } = await inPlace(await portal(), member.accountId);
  const factor = factors.find((f) => f.id === id);
  if (!factor) redirect(paths.factors);
  const { removing: said, add } = words(member.visitor.language).account.factors;
  const others = factors.filter((f) => f.id !== id && f.frozenAt === null);
  if (others.length === 0)
    return (
      <Shell margin={<Back href={paths.factors} />}>
        <Title page={said.lastTitle} />
        <h1>{said.lastTitle}</h1>
        <p className="lead">{said.lastLead(factor.name)}</p>
        <Actions>
          <ButtonLink href={paths.addFactor}>{add}</ButtonLink>
        </Actions>
      </Shell>
    );
  return (
    <Shell margin={<Back href={paths.factors} />}>
      <RemoveForm
        action={remove}
        title={await titleOf(said.title(factor.name))}
        heading={
          <>
            <h1>{said.title(factor.name)}</h1>
            <p className="lead">{said.lead(others.map((f) => f.name))}</p>
          </>
        }
        factor={factor.id}
        keepHref={paths.factors}
        words={said.form}
      />
    </Shell>
  );
}
