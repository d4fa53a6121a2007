// A question to the person's telephones: a number here, to be typed there.
import { redirect } from 'next/navigation';
import { askablePhones, requestOnScreen } from '#lib/factors/phone/facts';
import { words } from '#lib/language/language';
import { Back, GoingTo } from '#ui/margin';
import { PhoneRequest } from '#ui/phone-request';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { signInPlace } from '../../../../interaction';
import { lostPhonePath, otherWaysPath, phoneStatePath, secondFactorPath, signInPath } from '../../../../paths';
import { phoneRequestPage } from '../../../../phone-request';
import { ask, goOn } from './actions';

export default async function PhonePage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, portal, facts } = await signInPlace(uid, 'second-factor');
  if (!facts.accountId || !facts.working.includes('phone')) redirect(otherWaysPath(uid));
  const { names, suspended } = await askablePhones(portal, facts.accountId);
  const page = phoneRequestPage(portal, flow.visitor, names, await requestOnScreen(portal, flow));
  const said = words(flow.visitor.language).phone.request;
  return (
    <Shell
      margin={
        <>
          <Back href={signInPath(uid, 'password')} />
          <GoingTo application={flow.application} />
        </>
      }
    >
      <PhoneRequest
        key={page.request.state}
        {...page}
        ask={ask.bind(null, uid)}
        goOn={goOn.bind(null, uid)}
        watch={phoneStatePath(uid)}
        here={secondFactorPath(uid, 'phone')}
        title={await titleOf(said.title)}
        suspended={suspended}
        ways={[
          { href: otherWaysPath(uid), name: said.otherWay },
          { href: lostPhonePath(uid, 'what-happened'), name: said.lostPhone },
        ]}
      />
    </Shell>
  );
}
