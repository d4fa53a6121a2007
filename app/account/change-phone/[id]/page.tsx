// A new phone in three steps: add it, prove it, remove the old one. Which step it is, is computed: whoever stops comes back to it.
import { redirect } from 'next/navigation';
import { pendingTotp } from '#lib/enrolment/facts';
import { changePhoneFacts, inPlace } from '#lib/factors/facts';
import { pairingOnScreen } from '#lib/factors/phone/facts';
import { words } from '#lib/language/language';
import { FreshPage } from '#ui/fresh-page';
import { Back, Stepper } from '#ui/margin';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { appsToShow } from '../../../enrol/[uid]/install-app/apps';
import { InstallAppForm } from '../../../enrol/[uid]/install-app/form';
import { ScanCodeForm } from '../../../enrol/[uid]/scan-code/form';
import { KeyToScan } from '../../../enrol/[uid]/scan-code/key';
import { PhoneToPair } from '../../../enrol/[uid]/scan-code/phone';
import { changePhonePath, paths } from '../../../paths';
import { portal } from '../../../portal';
import { requireRecentProof } from '../../../session';
import { chooseForNewPhone, confirmNewPhone, pairNewPhoneAnew, proveOnNewPhone, refuseNewPhone, removeOldPhone } from '../../factors/actions';
import { RemoveForm } from '../../factors/remove-form';

export default async function ChangePhoneStepPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const member = await requireRecentProof(changePhonePath(id));
  const running = await portal();
  const step = await changePhoneFacts(running, member, id);
  const old = (await inPlace(running, member.accountId)).factors.find((f) => f.id === id);
  if (step === 'done' || !old) redirect(paths.factors);
  const spoken = words(member.visitor.language);
  const { installApp, scanCode } = spoken.enrol;
  const { changePhone } = spoken.account;
  const { steps } = changePhone;
  const hidden = { name: 'old', value: id };
  const margin = (
    <>
      <Back href={paths.factors} />
      <Stepper
        steps={[steps['choose-app'], steps['scan-code'], steps['remove-old']]}
        current={{ 'choose-app': 1, 'scan-code': 2, 'remove-old': 3 }[step]}
      />
    </>
  );
  if (step === 'choose-app')
    return (
      <Shell margin={margin}>
        <InstallAppForm
          action={chooseForNewPhone}
          title={await titleOf(installApp.title)}
          heading={changePhone.title}
          lead={changePhone.lead(old.name)}
          apps={appsToShow(running.settings, installApp)}
          words={installApp.form}
          phone={spoken.phone.choice}
          passkeys={false}
          hidden={hidden}
        />
      </Shell>
    );
  const pending = await pendingTotp(running, member);
  if (step === 'scan-code' && pending)
    return (
      <Shell margin={margin}>
        <FreshPage />
        <ScanCodeForm
          action={proveOnNewPhone}
          title={await titleOf(scanCode.title)}
          words={scanCode.form}
          hidden={hidden}
          heading={
            <>
              <h1>{scanCode.heading}</h1>
              <p className="lead">{scanCode.lead}</p>
              <KeyToScan pending={pending} words={scanCode} />
            </>
          }
        />
      </Shell>
    );
  if (step === 'scan-code') {
    const { accountId, sessionId, visitor } = member;
    return (
      <Shell margin={margin}>
        <FreshPage />
        <PhoneToPair
          portal={running}
          visitor={visitor}
          pairing={await pairingOnScreen(running, { accountId, place: sessionId })}
          actions={{ again: pairNewPhoneAnew, confirm: confirmNewPhone, refuse: refuseNewPhone }}
          watch={paths.scanPhoneState}
          here={changePhonePath(id)}
          otherWay={paths.factors}
          fields={{ old: id }}
        />
      </Shell>
    );
  }
  return (
    <Shell margin={margin}>
      <RemoveForm
        action={removeOldPhone}
        title={await titleOf(changePhone.removeTitle(old.name))}
        heading={
          <>
            <h1>{changePhone.removeTitle(old.name)}</h1>
            <p className="lead">{changePhone.removeLead}</p>
          </>
        }
        factor={old.id}
        keepHref={paths.factors}
        words={changePhone.form}
      />
    </Shell>
  );
}
