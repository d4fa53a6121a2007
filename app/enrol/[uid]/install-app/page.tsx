// Step 1: which authenticator app, and where to get it.
import { words } from '#lib/language/language';
import { QrCode } from '#ui/qr-code';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { enrolmentPlace } from '../../../interaction';
import { enrolPath } from '../../../paths';
import { WizardMargin } from '../margin';
import { chooseApp } from './actions';
import { InstallAppForm } from './form';

export default async function InstallAppPage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, portal } = await enrolmentPlace(uid, 'install-app');
  const { installApp } = words(flow.visitor.language).enrol;
  const { form } = installApp;
  return (
    <Shell margin={<WizardMargin step="install-app" back={enrolPath(uid, 'welcome')} flow={flow} settings={portal.settings} />}>
      <InstallAppForm
        action={chooseApp.bind(null, uid)}
        title={await titleOf(installApp.title)}
        heading={installApp.title}
        lead={installApp.lead}
        apps={portal.settings.authenticatorApps.map((app) => ({
          name: app.name,
          hint: installApp.appHint,
          stores: [
            { system: form.android, url: app.android },
            { system: form.ios, url: app.ios },
          ].map(({ system, url }) => ({ system, url, code: <QrCode small value={url} title={installApp.storeCode(app.name, system)} /> })),
        }))}
        words={form}
        noSmartphone={{ question: installApp.noSmartphone, answer: installApp.noSmartphoneAnswer(portal.settings.helpdesk.phone) }}
      />
    </Shell>
  );
}
