// The choice: what this person really has, each enough, none harder than the others. Choosing changes nothing, so the form only asks for a page.
import { redirect } from 'next/navigation';
import { words } from '#lib/language/language';
import type { ResetWay } from '#lib/password-reset/rules';
import { Button, WaysBlock } from '#ui/button';
import { Choice, Choices } from '#ui/choice';
import { Icon, type IconName } from '#ui/icon';
import { Notice } from '#ui/notice';
import { PhoneLink, Shell } from '#ui/shell';
import { Title } from '#ui/title';
import { proveIdentityPath, resetPath, startResetPath } from '../../paths';
import { resetPersonPlace } from '../../reset';
import { ResetMargin } from '../margin';

const icons: Readonly<Record<ResetWay, IconName>> = { passkey: 'key', 'code-app': 'sixFigures', answers: 'question', 'recovery-code': 'sheet' };

export default async function ProveIdentityPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const asked = await searchParams;
  const { portal, reset, facts, person } = await resetPersonPlace('prove-identity');
  const chosen = person.ways.find((way) => way === asked.way);
  if (chosen) redirect(proveIdentityPath(chosen));
  const { language } = reset.visitor;
  const { secondFactor, resetPassword } = words(language);
  const said = resetPassword.proveIdentity;
  const { phone, email, hours } = portal.settings.helpdesk;
  const closed = person.answersClosed;
  const why = closed === null ? null : said.answersClosed(closed === 'disabled' ? null : closed);
  const margin = <ResetMargin step="prove-identity" back={startResetPath(facts.signIn)} />;
  if (person.ways.length === 0) {
    return (
      <Shell margin={margin}>
        <Title page={said.title} />
        <h1>{said.helpdesk.heading}</h1>
        <p className="lead">{closed === null ? said.helpdesk.lead : why}</p>
        <p>{said.helpdesk.call(phone, hours[language])}</p>
        <p>{said.helpdesk.bring}</p>
        <WaysBlock>
          <p>
            <PhoneLink number={phone} />, <a href={`mailto:${email}`}>{email}</a>
          </p>
        </WaysBlock>
      </Shell>
    );
  }
  const names: Readonly<Record<ResetWay, { readonly title: string; readonly hint: string }>> = {
    passkey: { title: secondFactor.passkeyWay, hint: said.passkeyHint },
    'code-app': { title: secondFactor.codeAppWay, hint: secondFactor.codeAppWayHint },
    answers: { title: said.answersWay, hint: said.answersWayHint },
    'recovery-code': { title: secondFactor.recoveryCodeWay, hint: secondFactor.recoveryCodeWayHint },
  };
  return (
    <Shell margin={margin}>
      <Title page={said.title} />
      <h1>{said.heading}</h1>
      <p className="lead">{said.lead}</p>
      {why && (
        <Notice>
          <p>{why}</p>
        </Notice>
      )}
      <form action={resetPath('prove-identity')} method="get">
        <Choices name="way" legend={said.legend}>
          {person.ways.map((way, n) => (
            <Choice key={way} name="way" value={way} {...names[way]} icon={<Icon name={icons[way]} />} first={n === 0} chosen={n === 0} />
          ))}
        </Choices>
        <Button>{said.submit}</Button>
      </form>
      <WaysBlock>
        <p>{said.noneOfThese(phone, hours[language])}</p>
      </WaysBlock>
    </Shell>
  );
}
