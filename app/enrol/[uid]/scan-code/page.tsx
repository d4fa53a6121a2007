// Step 2: the QR code that ties the app to the account, and the first code, which proves it. Never shown again after that (SEC-37).
import { redirect } from 'next/navigation';
import { pendingTotp } from '#lib/enrolment/facts';
import { words } from '#lib/language/language';
import { ButtonLink } from '#ui/button';
import { CopyButton } from '#ui/copy-button';
import { FreshPage } from '#ui/fresh-page';
import { Key, QrBlock, QrCode, UnderKey } from '#ui/qr-code';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { enrolmentPlace } from '../../../interaction';
import { enrolPath } from '../../../paths';
import { WizardMargin } from '../margin';
import { proveApp } from './actions';
import { ScanCodeForm } from './form';

export default async function ScanCodePage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, portal } = await enrolmentPlace(uid, 'scan-code');
  const pending = await pendingTotp(portal, flow);
  if (!pending) redirect(enrolPath(uid, 'install-app'));
  const { scanCode } = words(flow.visitor.language).enrol;
  return (
    <Shell margin={<WizardMargin step="scan-code" back={enrolPath(uid, 'install-app')} flow={flow} settings={portal.settings} />}>
      <FreshPage />
      <ScanCodeForm
        action={proveApp.bind(null, uid)}
        title={await titleOf(scanCode.title)}
        words={scanCode.form}
        heading={
          <>
            <h1>{scanCode.heading}</h1>
            <p className="lead">{scanCode.lead}</p>
            <QrBlock
              onThisPhone={
                <>
                  <p className="hint">{scanCode.onThisPhone}</p>
                  <ButtonLink kind="secondary" small href={pending.uri}>
                    {scanCode.openApp}
                  </ButtonLink>
                </>
              }
              code={<QrCode value={pending.uri} title={scanCode.qrTitle} />}
              byHand={
                <>
                  <p className="hint">
                    {scanCode.cantScan}
                    <br />
                    {scanCode.typeKey}
                  </p>
                  <Key>{pending.key}</Key>
                  <UnderKey>
                    <CopyButton text={pending.key.replace(/\s/g, '')} label={scanCode.copyKey} copied={scanCode.keyCopied} />
                  </UnderKey>
                </>
              }
            />
          </>
        }
      />
    </Shell>
  );
}
