// The mailbox is proven: the first half of this way. The four answers come after it.
import { problemSentence, words } from '#lib/language/language';
import { mailState } from '#lib/mail/facts';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { lostPhoneProofPlace } from '../../../../../interaction';
import { lostPhonePath } from '../../../../../paths';
import { EmailCodeForm } from '../../../email-code/form';
import { LostPhoneMargin } from '../../margin';
import { giveEmailCode, sendAnotherCode } from './actions';

export default async function EmailCodePage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { portal, flow, facts } = await lostPhoneProofPlace(uid, 'email-code');
  const { settings } = portal;
  const { language } = flow.visitor;
  const { emailCode, lostPhone } = words(language);
  const sent = facts.emailCode;
  const code = facts.codeFrom - portal.now() > settings.policy.emailCode.between ? 'send-limit' : 'send-too-soon';
  const waiting = facts.accountId !== null && (await mailState(portal, facts.accountId)) === 'waiting';
  return (
    <Shell margin={<LostPhoneMargin step="prove-identity" back={lostPhonePath(uid, 'prove-identity')} flow={flow} facts={facts} />}>
      <EmailCodeForm
        giveCode={giveEmailCode.bind(null, uid)}
        sendAnother={sendAnotherCode.bind(null, uid)}
        title={await titleOf(emailCode.title)}
        heading={emailCode.heading}
        sentTo={emailCode.sentTo}
        address={facts.address ?? ''}
        notSent={sent ? null : problemSentence({ code, retryAt: facts.codeFrom }, language)}
        mailDown={waiting ? emailCode.mailDown : null}
        validity={sent ? emailCode.validUntil(sent.expiresAt, settings.policy.emailCode.lifetime / 60_000) : ''}
        sender={settings.mail.from}
        words={emailCode.form}
        noAccess={lostPhone.emailCode.noAccess(settings.helpdesk.phone, settings.helpdesk.hours[language])}
      />
    </Shell>
  );
}
