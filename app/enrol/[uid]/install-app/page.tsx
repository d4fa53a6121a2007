// Step 1: how to confirm sign-ins. For an authenticator app: which, and where to get it.
import { otherApp, passkeyChoice, phoneChoice, readMeans, recommend } from '#lib/enrolment/rules';
import { words } from '#lib/language/language';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { enrolmentPlace } from '../../../interaction';
import { enrolPath, whichWayPath } from '../../../paths';
import { WizardMargin } from '../margin';
import { PhoneFound } from '../phone-found/link';
import { chooseApp } from './actions';
import { appsToShow } from './apps';
import { InstallAppForm } from './form';

export default async function InstallAppPage({
  params,
  searchParams,
}: {
  params: Promise<{ uid: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { uid } = await params;
  const means = readMeans(await searchParams);
  const { flow, portal, facts } = await enrolmentPlace(uid, 'install-app');
  const { enrol, lostPhone, phone: phones } = words(flow.visitor.language);
  const { installApp } = enrol;
  const back = facts.replacing ? {} : { back: enrolPath(uid, 'welcome') };
  const { phone } = portal.settings.helpdesk;
  const advice = means && recommend(means);
  const wayOf = (choice: string) =>
    ({ [passkeyChoice]: installApp.form.passkey, [otherApp]: installApp.form.otherApp, [phoneChoice]: phones.choice.title })[choice] ?? choice;
  return (
    <Shell margin={<WizardMargin step="install-app" {...back} flow={flow} settings={portal.settings} facts={facts} />}>
      <InstallAppForm
        action={chooseApp.bind(null, uid)}
        title={await titleOf(installApp.title)}
        heading={installApp.title}
        lead={facts.replacing ? lostPhone.wizard.lead : installApp.lead}
        apps={appsToShow(portal.settings, installApp)}
        words={installApp.form}
        phone={phones.choice}
        noSmartphone={{ question: installApp.noSmartphone, answer: installApp.noSmartphoneAnswer(phone) }}
        unsure={{ href: whichWayPath(uid), label: installApp.unsure }}
        advice={
          advice
            ? {
                choice: advice.choice,
                title: installApp.recommendation,
                why: installApp.because[advice.reason](advice.choice === null ? phone : wayOf(advice.choice)),
              }
            : undefined
        }
      />
      <PhoneFound portal={portal} flow={flow} />
    </Shell>
  );
}
