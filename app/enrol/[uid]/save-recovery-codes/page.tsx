// Step 4: ten recovery codes, shown until the person says that they are kept.
import { pendingRecoveryCodes } from '#lib/enrolment/facts';
import { words } from '#lib/language/language';
import { Actions, ButtonLink } from '#ui/button';
import { CopyButton } from '#ui/copy-button';
import { FreshPage } from '#ui/fresh-page';
import { DownloadIcon } from '#ui/icon';
import { Notice } from '#ui/notice';
import { PrintButton } from '#ui/print-button';
import { RecoveryCodeList } from '#ui/recovery-code-list';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { enrolmentPlace } from '../../../interaction';
import { recoveryCodesFilePath } from '../../../paths';
import { WizardMargin } from '../margin';
import { keepCodes } from './actions';
import { SaveRecoveryCodesForm } from './form';

export default async function SaveRecoveryCodesPage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, portal, facts } = await enrolmentPlace(uid, 'save-recovery-codes');
  const { settings } = portal;
  const pending = await pendingRecoveryCodes(portal, flow);
  const { saveRecoveryCodes } = words(flow.visitor.language).enrol;
  const { kit } = words(flow.visitor.language);
  const shown = pending && (
    <>
      <p className="only-print">
        {saveRecoveryCodes.printed(pending.address, pending.createdAt, new URL(settings.origin).host, settings.helpdesk.phone)}
      </p>
      <RecoveryCodeList codes={pending.codes} />
      <Actions>
        <PrintButton label={kit.print} />
        <CopyButton text={pending.codes.join('\n')} label={saveRecoveryCodes.copy} copied={saveRecoveryCodes.copied} />
        <ButtonLink kind="secondary" small icon={<DownloadIcon small />} href={recoveryCodesFilePath(uid)} download={saveRecoveryCodes.downloadName}>
          {kit.download}
        </ButtonLink>
      </Actions>
    </>
  );
  return (
    <Shell margin={<WizardMargin step="save-recovery-codes" flow={flow} settings={settings} facts={facts} />}>
      <FreshPage />
      <SaveRecoveryCodesForm
        action={keepCodes.bind(null, uid)}
        title={await titleOf(saveRecoveryCodes.title)}
        words={saveRecoveryCodes.form}
        warning={
          <Notice tone="warning">
            <p>{saveRecoveryCodes.notAgain}</p>
          </Notice>
        }
        heading={
          <>
            <h1>{saveRecoveryCodes.title}</h1>
            <p className="lead">{saveRecoveryCodes.lead(settings.policy.recoveryCodes.count)}</p>
            {shown}
          </>
        }
      />
    </Shell>
  );
}
