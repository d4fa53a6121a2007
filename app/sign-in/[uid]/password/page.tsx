// Sign in: address and password.

import { requestOnScreen } from '#lib/factors/phone/facts';
import { words } from '#lib/language/language';
import { GoingTo } from '#ui/margin';
import { Notice } from '#ui/notice';
import { Sentence } from '#ui/sentence';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { signInPlace } from '../../../interaction';
import { paths, startResetPath } from '../../../paths';
import { askAnyPasskey, giveAnyPasskey, givePassword } from './actions';
import { PasswordForm } from './form';

export default async function PasswordPage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, portal, details } = await signInPlace(uid, 'password');
  const { signIn, passkeys, phone } = words(flow.visitor.language);
  const reported = (await requestOnScreen(portal, flow))?.why === 'reported';
  return (
    <Shell margin={<GoingTo application={flow.application} />}>
      {reported && (
        <Notice tone="danger" announce="status">
          <Sentence text={phone.reported} />
        </Notice>
      )}
      <PasswordForm
        action={givePassword.bind(null, uid)}
        title={await titleOf(signIn.title)}
        heading={signIn.heading}
        addressHint={signIn.addressHint(portal.settings.addresses.internal)}
        address={details.loginHint ?? ''}
        words={signIn.form}
        help={{ forgotten: startResetPath(uid), lostPhone: `${paths.help}#lost-phone` }}
        passkey={{
          action: giveAnyPasskey.bind(null, uid),
          ask: askAnyPasskey.bind(null, uid),
          words: { cancelled: passkeys.cancelled, unsupported: passkeys.unsupported },
        }}
      />
    </Shell>
  );
}
