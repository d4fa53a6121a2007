// The mailbox is proven: the code that was sent to it, if the address is anybody's. The page looks the same if it is not.
import { words } from '#lib/language/language';
import { isMailServerSilent } from '#lib/mail/facts';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { startResetPath } from '../../paths';
import { resetPlace } from '../../reset';
import { EmailCodeForm } from '../../sign-in/[uid]/email-code/form';
import { ResetMargin } from '../margin';
import { giveEmailCode, sendAnotherCode } from './actions';

export default async function EmailCodePage() {
  const { portal, reset, facts } = await resetPlace('email-code');
  const { settings } = portal;
  const { emailCode, resetPassword } = words(reset.visitor.language);
  const sent = facts.emailCode;
  return (
    <Shell margin={<ResetMargin step="email-code" back={startResetPath(facts.signIn)} />}>
      <EmailCodeForm
        giveCode={giveEmailCode}
        sendAnother={sendAnotherCode}
        title={await titleOf(emailCode.title)}
        heading={emailCode.heading}
        sentTo={resetPassword.emailCode.sentTo}
        address={facts.address ?? ''}
        notSent={null}
        mailDown={(await isMailServerSilent(portal)) ? emailCode.mailDown : null}
        validity={sent ? emailCode.validUntil(sent.expiresAt, settings.policy.emailCode.lifetime / 60_000) : ''}
        sender={settings.mail.from}
        words={emailCode.form}
        noAccess={resetPassword.emailCode.noAccess(settings.helpdesk.phone, settings.helpdesk.hours[reset.visitor.language])}
      />
    </Shell>
  );
}
