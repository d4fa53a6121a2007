// The six digits of the authenticator app.
import { words } from '#lib/language/language';
import { CodeForm } from '#ui/code-form';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { resetPath } from '../../../paths';
import { resetWayPlace } from '../../../reset';
import { ResetMargin } from '../../margin';
import { OtherWays } from '../other-ways';
import { giveCode } from './actions';

export default async function CodeAppPage() {
  const { portal, reset, person } = await resetWayPlace('code-app');
  const { secondFactor, phone } = words(reset.visitor.language);
  const { codeApp, form } = secondFactor;
  const line = `${portal.settings.institute.name} : ${person.account.address}`;
  const [app, ...more] = person.apps;
  const [onPhone] = person.phones;
  const oneApp = app !== undefined && more.length === 0;
  return (
    <Shell margin={<ResetMargin step="prove-identity" back={resetPath('prove-identity')} />}>
      <CodeForm
        action={giveCode}
        title={await titleOf(codeApp.title)}
        heading={codeApp.heading}
        lead={app === undefined && onPhone ? phone.codeLead(onPhone) : oneApp ? codeApp.lead(app, line) : codeApp.leadAnyApp(line)}
        digits
        words={{ ...codeApp.form, submit: form.submit }}
        ways={<OtherWays person={person} portal={portal} />}
      />
    </Shell>
  );
}
