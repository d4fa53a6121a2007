// The mailbox is proven: the code that was sent to it.
import { codesPaused } from '#lib/codes/facts';
import { problemSentence, words } from '#lib/language/language';
import { mailState } from '#lib/mail/facts';
import type { Portal } from '#lib/portal';
import { Back, GoingTo } from '#ui/margin';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { signInPlace } from '../../../interaction';
import { askForHelpPath, signInPath } from '../../../paths';
import { giveEmailCode, sendAnotherCode } from './actions';
import { EmailCodeForm } from './form';

/** Why this flow has no code yet: one was sent a moment ago, in another tab perhaps, or too many were, to this person or to everybody. */
async function nextCode(retryAt: number, portal: Portal) {
  const paused = await codesPaused(portal, 'sign-in');
  if (paused !== null) return { code: 'codes-paused', retryAt: Math.max(paused, retryAt) };
  return { code: retryAt - portal.now() > portal.settings.policy.emailCode.between ? 'send-limit' : 'send-too-soon', retryAt };
}

export default async function EmailCodePage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, portal, facts } = await signInPlace(uid, 'email-code');
  const { settings } = portal;
  const { emailCode, helpdeskCases } = words(flow.visitor.language);
  const sent = facts.emailCode;
  const waiting = facts.accountId !== null && (await mailState(portal, facts.accountId)) === 'waiting';
  return (
    <Shell
      margin={
        <>
          <Back href={signInPath(uid, 'password')} />
          <GoingTo application={flow.application} />
        </>
      }
    >
      <EmailCodeForm
        giveCode={giveEmailCode.bind(null, uid)}
        sendAnother={sendAnotherCode.bind(null, uid)}
        title={await titleOf(emailCode.title)}
        heading={emailCode.heading}
        sentTo={emailCode.sentTo}
        address={facts.address ?? ''}
        notSent={sent ? null : problemSentence(await nextCode(facts.codeFrom, portal), flow.visitor.language)}
        mailDown={waiting ? emailCode.mailDown : null}
        validity={sent ? emailCode.validUntil(sent.expiresAt, settings.policy.emailCode.lifetime / 60_000) : ''}
        sender={settings.mail.from}
        words={emailCode.form}
        noAccess={
          <>
            {emailCode.noAccess(settings.helpdesk.phone)} <a href={askForHelpPath('sign-in', uid)}>{helpdeskCases.help.link}</a>
          </>
        }
      />
    </Shell>
  );
}
