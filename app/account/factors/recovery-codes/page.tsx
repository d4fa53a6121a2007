// Ten new recovery codes: made by a button, shown until the person says that they are kept. Until then the old ones go on working.
import { pendingRecoveryCodes } from '#lib/enrolment/facts';
import { inPlace } from '#lib/factors/facts';
import { words } from '#lib/language/language';
import { Actions, ButtonLink } from '#ui/button';
import { CopyButton } from '#ui/copy-button';
import { FreshPage } from '#ui/fresh-page';
import { DownloadIcon } from '#ui/icon';
import { Back } from '#ui/margin';
import { Notice } from '#ui/notice';
import { PrintButton } from '#ui/print-button';
import { RecoveryCodeList } from '#ui/recovery-code-list';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { SaveRecoveryCodesForm } from '../../../enrol/[uid]/save-recovery-codes/form';
import { paths } from '../../../paths';
import { portal } from '../../../portal';
import { requireRecentProof } from '../../../session';
import { keepCodes, makeCodes } from '../actions';
import { MakeCodesForm } from './form';

export default async function RecoveryCodesPage() {
  const member = await requireRecentProof(paths.recoveryCodes);
  const running = await portal();
  const { settings } = running;
  const [pending, held] = await Promise.all([pendingRecoveryCodes(running, member), inPlace(running, member.accountId)]);
  const { enrol, kit, account } = words(member.visitor.language);
  const { saveRecoveryCodes: said } = enrol;
  const { newCodes } = account.factors;
  const { count } = settings.policy.recoveryCodes;
  if (!pending)
    return (
      <Shell margin={<Back href={paths.factors} />}>
        <MakeCodesForm
          action={makeCodes}
          title={await titleOf(newCodes.title)}
          heading={
            <>
              <h1>{newCodes.title}</h1>
              <p className="lead">{held.recoveryCodes ? newCodes.left(held.recoveryCodes.left) : newCodes.none}</p>
            </>
          }
          submit={newCodes.make}
        />
      </Shell>
    );
  return (
    <Shell margin={<Back href={paths.factors} />}>
      <FreshPage />
      <SaveRecoveryCodesForm
        action={keepCodes}
        title={await titleOf(said.title)}
        words={said.form}
        warning={
          <Notice tone="warning">
            <p>{newCodes.oldOnes}</p>
          </Notice>
        }
        heading={
          <>
            <h1>{said.title}</h1>
            <p className="lead">{said.lead(count)}</p>
            <p className="only-print">{said.printed(pending.address, pending.createdAt, new URL(settings.origin).host, settings.helpdesk.phone)}</p>
            <RecoveryCodeList codes={pending.codes} />
            <Actions>
              <PrintButton label={kit.print} />
              <CopyButton text={pending.codes.join('\n')} label={said.copy} copied={said.copied} />
              <ButtonLink kind="secondary" small icon={<DownloadIcon small />} href={paths.recoveryCodesFile} download={said.downloadName}>
                {kit.download}
              </ButtonLink>
            </Actions>
          </>
        }
      />
    </Shell>
  );
}
