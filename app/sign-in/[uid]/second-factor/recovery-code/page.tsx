// One of the codes kept on paper.
import { redirect } from 'next/navigation';
import { words } from '#lib/language/language';
import { Ways } from '#ui/button';
import { CodeForm } from '#ui/code-form';
import { Back, GoingTo } from '#ui/margin';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { signInPlace } from '../../../../interaction';
import { lostPhonePath, otherWaysPath } from '../../../../paths';
import { giveRecoveryCode } from './actions';

export default async function RecoveryCodePage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, facts } = await signInPlace(uid, 'second-factor');
  if (facts.recoveryCodesLeft === 0) redirect(otherWaysPath(uid));
  const { secondFactor } = words(flow.visitor.language);
  const { recoveryCode } = secondFactor;
  return (
    <Shell
      margin={
        <>
          <Back href={otherWaysPath(uid)} />
          <GoingTo application={flow.application} />
        </>
      }
    >
      <CodeForm
        action={giveRecoveryCode.bind(null, uid)}
        title={await titleOf(recoveryCode.title)}
        heading={recoveryCode.heading}
        lead={recoveryCode.lead}
        words={{ ...recoveryCode.form, submit: secondFactor.form.submit }}
        ways={
          <Ways>
            <a href={otherWaysPath(uid)}>{secondFactor.form.otherWay}</a>
            <a href={lostPhonePath(uid, 'what-happened')}>{secondFactor.form.lostPhone}</a>
          </Ways>
        }
      />
    </Shell>
  );
}
