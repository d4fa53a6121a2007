// Another telephone: its QR code, and the question whether it is the right one.
import { redirect } from 'next/navigation';
import { pairingOnScreen, phonesInPlace } from '#lib/factors/phone/facts';
import { FreshPage } from '#ui/fresh-page';
import { Back } from '#ui/margin';
import { Shell } from '#ui/shell';
import { PhoneToPair } from '../../../../enrol/[uid]/scan-code/phone';
import { paths } from '../../../../paths';
import { portal } from '../../../../portal';
import { requireRecentProof } from '../../../../session';
import { confirmPhone, pairAnew, refusePhone } from '../../actions';

export default async function ScanPhonePage() {
  const { accountId, sessionId, visitor } = await requireRecentProof(paths.scanPhone);
  const running = await portal();
  const pairing = await pairingOnScreen(running, { accountId, place: sessionId });
  // In another tab, or a moment ago.
  if (pairing?.state === 'confirmed') redirect(paths.factors);
  return (
    <Shell margin={<Back href={paths.addFactor} />}>
      <FreshPage />
      <PhoneToPair
        portal={running}
        visitor={visitor}
        pairing={pairing}
        earlier={pairing?.state === 'finished' ? await phonesInPlace(running, accountId) : []}
        actions={{ again: pairAnew, confirm: confirmPhone, refuse: refusePhone }}
        watch={paths.scanPhoneState}
        here={paths.scanPhone}
        otherWay={paths.addFactor}
      />
    </Shell>
  );
}
