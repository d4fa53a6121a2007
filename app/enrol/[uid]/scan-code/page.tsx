// Step 2: the QR code that ties the app to the account, and the first code, which proves it; never shown again after that (SEC-37).
// For who chose a telephone, its own QR code; for who chose a passkey, making it.
import { redirect } from 'next/navigation';
import { pendingKind, pendingTotp } from '#lib/enrolment/facts';
import type { EnrolmentFacts } from '#lib/enrolment/steps';
import { pairingOnScreen } from '#lib/factors/phone/facts';
import { words } from '#lib/language/language';
import type { Portal } from '#lib/portal';
import type { MemberFlow } from '#lib/visitor';
import { Ways } from '#ui/button';
import { FreshPage } from '#ui/fresh-page';
import { PasskeyForm } from '#ui/passkey-form';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { enrolmentPlace } from '../../../interaction';
import { enrolPath, pairingStatePath } from '../../../paths';
import { WizardMargin } from '../margin';
import { PhoneFound } from '../phone-found/link';
import { askPasskey, confirmPhone, givePasskey, pairAnew, proveApp, refusePhone } from './actions';
import { ScanCodeForm } from './form';
import { KeyToScan } from './key';
import { PhoneToPair } from './phone';

export default async function ScanCodePage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, portal, facts } = await enrolmentPlace(uid, 'scan-code');
  const kind = await pendingKind(portal, flow);
  if (kind === 'phone') return <PhoneStep portal={portal} flow={flow} facts={facts} />;
  if (kind === 'passkey') return <PasskeyStep portal={portal} flow={flow} facts={facts} />;
  const pending = await pendingTotp(portal, flow);
  if (!pending) redirect(enrolPath(uid, 'install-app'));
  const { scanCode } = words(flow.visitor.language).enrol;
  return (
    <Shell margin={<WizardMargin step="scan-code" back={enrolPath(uid, 'install-app')} flow={flow} settings={portal.settings} facts={facts} />}>
      <FreshPage />
      <ScanCodeForm
        action={proveApp.bind(null, uid)}
        title={await titleOf(scanCode.title)}
        words={scanCode.form}
        heading={
          <>
            <h1>{scanCode.heading}</h1>
            <p className="lead">{scanCode.lead}</p>
            <KeyToScan pending={pending} words={scanCode} />
          </>
        }
      />
      <PhoneFound portal={portal} flow={flow} />
    </Shell>
  );
}

async function PhoneStep({ portal, flow, facts }: { portal: Portal; flow: MemberFlow; facts: EnrolmentFacts }) {
  const { uid, accountId, visitor } = flow;
  const back = enrolPath(uid, 'install-app');
  return (
    <Shell margin={<WizardMargin step="scan-code" back={back} flow={flow} settings={portal.settings} facts={facts} />}>
      <FreshPage />
      <PhoneToPair
        portal={portal}
        visitor={visitor}
        pairing={await pairingOnScreen(portal, { accountId, place: uid })}
        actions={{ again: pairAnew.bind(null, uid), confirm: confirmPhone.bind(null, uid), refuse: refusePhone.bind(null, uid) }}
        watch={pairingStatePath(uid)}
        here={enrolPath(uid, 'scan-code')}
        otherWay={back}
      />
      <PhoneFound portal={portal} flow={flow} />
    </Shell>
  );
}

async function PasskeyStep({ portal, flow, facts }: { portal: Portal; flow: MemberFlow; facts: EnrolmentFacts }) {
  const { enrol, passkeys } = words(flow.visitor.language);
  const { passkey } = enrol;
  const back = enrolPath(flow.uid, 'install-app');
  return (
    <Shell margin={<WizardMargin passkey step="scan-code" back={back} flow={flow} settings={portal.settings} facts={facts} />}>
      <FreshPage />
      <PasskeyForm
        making
        action={givePasskey.bind(null, flow.uid)}
        ask={askPasskey.bind(null, flow.uid)}
        title={await titleOf(passkey.title)}
        heading={
          <>
            <h1>{passkey.title}</h1>
            <p className="lead">{passkey.lead}</p>
          </>
        }
        submit={passkey.form.submit}
        words={passkeys}
      >
        <Ways>
          <a href={back}>{passkey.otherWay}</a>
        </Ways>
      </PasskeyForm>
      <PhoneFound portal={portal} flow={flow} />
    </Shell>
  );
}
