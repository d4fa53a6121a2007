// Another way: the list of what this person really has.
import { words } from '#lib/language/language';
import { WaysBlock } from '#ui/button';
import { Back, GoingTo } from '#ui/margin';
import { LinkRows } from '#ui/rows';
import { Shell } from '#ui/shell';
import { Title } from '#ui/title';
import { signInPlace } from '../../../interaction';
import { secondFactorPath, signInPath } from '../../../paths';

export default async function SecondFactorPage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, portal, facts } = await signInPlace(uid, 'second-factor');
  const { secondFactor } = words(flow.visitor.language);
  const ways = [
    ...(facts.factors.includes('passkey') ? [{ href: secondFactorPath(uid, 'passkey'), name: secondFactor.passkeyWay }] : []),
    ...(facts.factors.includes('totp') ? [{ href: secondFactorPath(uid, 'code-app'), name: secondFactor.codeAppWay }] : []),
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
      <h1>{secondFactor.waysHeading}</h1>
      <p className="lead">{secondFactor.waysLead}</p>
      <LinkRows links={ways} />
      <WaysBlock>
        <p>{secondFactor.noneOfThese(portal.settings.helpdesk.phone)}</p>
      </WaysBlock>
    </Shell>
  );
}
