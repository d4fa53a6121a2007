// The key of another authenticator app, and its first code. Never shown again after that (SEC-37).
import { redirect } from 'next/navigation';
import { pendingTotp } from '#lib/enrolment/facts';
import { words } from '#lib/language/language';
import { FreshPage } from '#ui/fresh-page';
import { Back } from '#ui/margin';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { ScanCodeForm } from '../../../../enrol/[uid]/scan-code/form';
import { KeyToScan } from '../../../../enrol/[uid]/scan-code/key';
import { paths } from '../../../../paths';
import { portal } from '../../../../portal';
import { requireRecentProof } from '../../../../session';
import { prove } from '../../actions';

export default async function ScanNewAppPage() {
  const member = await requireRecentProof(paths.scanNewApp);
  const pending = await pendingTotp(await portal(), member);
  if (!pending) redirect(paths.addFactor);
  const { scanCode } = words(member.visitor.language).enrol;
  return (
    <Shell margin={<Back href={paths.addFactor} />}>
      <FreshPage />
      <ScanCodeForm
        action={prove}
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
    </Shell>
  );
}
