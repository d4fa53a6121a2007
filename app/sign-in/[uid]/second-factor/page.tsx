// Another way: the list of what this person really has.
import { words } from '#lib/language/language';
import { WaysBlock } from '#ui/button';
import { Back, GoingTo } from '#ui/margin';
import { Notice } from '#ui/notice';
import { LinkRows } from '#ui/rows';
import { Shell } from '#ui/shell';
import { Title } from '#ui/title';
import { signInPlace } from '../../../interaction';
import { askForHelpPath, lostPhonePath, secondFactorPath, signInPath } from '../../../paths';

export default async function SecondFactorPage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, portal, facts } = await signInPlace(uid, 'second-factor');
  const { secondFactor, phone, helpdeskCases } = words(flow.visitor.language);
  const codes = facts.working.includes('totp') ? secondFactor.codeAppWay : facts.working.includes('phone') ? phone.codeWay : null;
  // Every factor is out of use: by its owner's word, or a telephone that locked itself.
  const stopped = facts.lockedPhone ? phone.locked : secondFactor.frozen;
  const ways = [
    ...(facts.working.includes('passkey') ? [{ href: secondFactorPath(uid, 'passkey'), name: secondFactor.passkeyWay }] : []),
    ...(facts.working.includes('phone') ? [{ href: secondFactorPath(uid, 'phone'), name: phone.way }] : []),
    ...(codes ? [{ href: secondFactorPath(uid, 'code-app'), name: codes }] : []),
    ...(facts.recoveryCodesLeft > 0 ? [{ href: secondFactorPath(uid, 'recovery-code'), name: secondFactor.recoveryCodeWay }] : []),
  ];
  return (
    <Shell
      margin={
        <>
          <Back href={signInPath(uid, 'password')} />
          <GoingTo application={flow.application} />
        </>
      }
    >
      <Title page={secondFactor.waysTitle} />
      <h1>{ways.length > 0 ? secondFactor.waysHeading : stopped.heading}</h1>
      {facts.working.length === 0 ? (
        <Notice tone="warning" title={stopped.title}>
          <p>{ways.length > 0 ? stopped.recoveryCode : stopped.nothing}</p>
        </Notice>
      ) : (
        <p className="lead">{secondFactor.waysLead}</p>
      )}
      {ways.length > 0 && <LinkRows links={ways} />}
      <WaysBlock>
        <p>
          <a href={lostPhonePath(uid, 'what-happened')}>{secondFactor.form.lostPhone}</a>
        </p>
        <p>{secondFactor.noneOfThese(portal.settings.helpdesk.phone)}</p>
        <p>
          <a href={askForHelpPath('sign-in', uid)}>{helpdeskCases.help.link}</a>
        </p>
      </WaysBlock>
    </Shell>
  );
}
