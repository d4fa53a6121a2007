// « Je change de téléphone »: which telephone is the old one, or which app is on it. With one there is nothing to ask.
import { redirect } from 'next/navigation';
import { inPlace } from '#lib/factors/facts';
import { words } from '#lib/language/language';
import { Back } from '#ui/margin';
import { LinkRows } from '#ui/rows';
import { Shell } from '#ui/shell';
import { Title } from '#ui/title';
import { changePhonePath, paths } from '../../paths';
import { portal } from '../../portal';
import { requireMember } from '../../session';

export default async function ChangePhonePage() {
  const member = await requireMember(paths.changePhone);
  const { factors } = await inPlace(await portal(), member.accountId);
  const apps = factors.filter(({ kind, frozenAt }) => kind !== 'passkey' && frozenAt === null);
  const [first] = apps;
  if (!first) redirect(paths.addFactor);
  if (apps.length === 1) redirect(changePhonePath(first.id));
  const { changePhone } = words(member.visitor.language).account;
  return (
    <Shell margin={<Back href={paths.factors} />}>
      <Title page={changePhone.which} />
      <h1>{changePhone.which}</h1>
      <p className="lead">{changePhone.whichLead}</p>
      <LinkRows links={apps.map(({ id, name }) => ({ href: changePhonePath(id), name }))} />
    </Shell>
  );
}
