// The six digits of the authenticator app, or of a telephone (one scan, two ways).
import { redirect } from 'next/navigation';
import { words } from '#lib/language/language';
import { Ways } from '#ui/button';
import { CodeForm } from '#ui/code-form';
import { Back, GoingTo } from '#ui/margin';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { signInPlace } from '../../../../interaction';
import { lostPhonePath, otherWaysPath, signInPath } from '../../../../paths';
import { giveCode } from './actions';

export default async function CodeAppPage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, portal, facts } = await signInPlace(uid, 'second-factor');
  const onPhone = !facts.working.includes('totp');
  if (onPhone && !facts.working.includes('phone')) redirect(otherWaysPath(uid));
  const { secondFactor, phone } = words(flow.visitor.language);
  const { codeApp } = secondFactor;
  const line = `${portal.settings.institute.name} : ${facts.address}`;
  const app = facts.factorNames.find((f) => f.kind === (onPhone ? 'phone' : 'totp'))?.name;
  return (
    <Shell
      margin={
        <>
          <Back href={signInPath(uid, 'password')} />
          <GoingTo application={flow.application} />
        </>
      }
    >
      <CodeForm
        action={giveCode.bind(null, uid)}
        title={await titleOf(codeApp.title)}
        heading={codeApp.heading}
        lead={onPhone && app ? phone.codeLead(app) : app ? codeApp.lead(app, line) : codeApp.leadAnyApp(line)}
        digits
        words={{ ...codeApp.form, submit: secondFactor.form.submit }}
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
