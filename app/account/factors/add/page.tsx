// Another telephone or authenticator app: which, and where to get it. The wizard's own page.
import { words } from '#lib/language/language';
import { Back } from '#ui/margin';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { appsToShow } from '../../../enrol/[uid]/install-app/apps';
import { InstallAppForm } from '../../../enrol/[uid]/install-app/form';
import { paths } from '../../../paths';
import { portal } from '../../../portal';
import { requireRecentProof } from '../../../session';
import { choose } from '../actions';

export default async function AddFactorPage() {
  const member = await requireRecentProof(paths.addFactor);
  const { settings } = await portal();
  const { enrol, phone } = words(member.visitor.language);
  const { installApp } = enrol;
  return (
    <Shell margin={<Back href={paths.factors} />}>
      <InstallAppForm
        action={choose}
        title={await titleOf(installApp.title)}
        heading={installApp.title}
        lead={installApp.lead}
        apps={appsToShow(settings, installApp)}
        words={installApp.form}
        phone={phone.choice}
        passkeys={false}
      />
    </Shell>
  );
}
