// Step 1: which authenticator app, and where to get it.
import { words } from '#lib/language/language';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { enrolmentPlace } from '../../../interaction';
import { enrolPath } from '../../../paths';
import { WizardMargin } from '../margin';
import { chooseApp } from './actions';
import { appsToShow } from './apps';
import { InstallAppForm } from './form';

export default async function InstallAppPage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, portal } = await enrolmentPlace(uid, 'install-app');
  const { installApp } = words(flow.visitor.language).enrol;
  return (
    <Shell margin={<WizardMargin step="install-app" back={enrolPath(uid, 'welcome')} flow={flow} settings={portal.settings} />}>
      <InstallAppForm
        action={chooseApp.bind(null, uid)}
        title={await titleOf(installApp.title)}
        heading={installApp.title}
        lead={installApp.lead}
        apps={appsToShow(portal.settings, installApp)}
        words={installApp.form}
        noSmartphone={{ question: installApp.noSmartphone, answer: installApp.noSmartphoneAnswer(portal.settings.helpdesk.phone) }}
      />
    </Shell>
  );
}
