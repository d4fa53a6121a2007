// Asks for a factor again before a credential is changed or the helpdesk's console is entered, then goes back to where the person was
// (SEC-36, SEC-78).
import { askablePhones, requestOnScreen } from '#lib/factors/phone/facts';
import { words } from '#lib/language/language';
import { provable } from '#lib/proof/facts';
import { leadsToConsole, returnTo } from '#lib/sessions/return-to';
import { Actions, ButtonLink, Ways } from '#ui/button';
import { CodeForm } from '#ui/code-form';
import { Back } from '#ui/margin';
import { PasskeyForm } from '#ui/passkey-form';
import { PhoneRequest } from '#ui/phone-request';
import { Shell } from '#ui/shell';
import { Title, titleOf } from '#ui/title';
import { confirmPath, paths, type SecondFactorWay } from '../../paths';
import { phoneRequestPage } from '../../phone-request';
import { portal } from '../../portal';
import { requireMember } from '../../session';
import { ask, askPasskey, confirm, givePasskey, goOn } from './actions';

export default async function ConfirmPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const asked = await searchParams;
  const member = await requireMember(paths.account);
  const running = await portal();
  const back = returnTo(asked.returnTo, running.settings.origin);
  const console = leadsToConsole(back);
  const { address, factors, recoveryCodesLeft } = await provable(running, member);
  // In the order in which they are offered.
  const held: SecondFactorWay[] = [];
  if (factors.some(({ kind }) => kind === 'passkey')) held.push('passkey');
  if (factors.some(({ kind }) => kind === 'phone')) held.push('phone');
  if (factors.some(({ kind }) => kind !== 'passkey')) held.push('code-app');
  if (recoveryCodesLeft > 0 && !console) held.push('recovery-code');
  const way = held.find((w) => w === asked.way) ?? held[0] ?? 'recovery-code';
  const { account, helpdesk, passkeys, secondFactor, phone } = words(member.visitor.language);
  const said = account.confirm;
  if (console && held.length === 0) {
    const { title: needed, lead: why, act } = helpdesk.confirm.onlyRecoveryCodes;
    return (
      <Shell margin={<Back href={paths.account} />}>
        <Title page={needed} />
        <h1>{needed}</h1>
        <p className="lead">{why}</p>
        <Actions>
          <ButtonLink href={paths.factors}>{act}</ButtonLink>
        </Actions>
      </Shell>
    );
  }
  const lead = console ? helpdesk.confirm.lead : said.lead;
  const others = held.filter((w) => w !== way);
  const ways = others.length > 0 && (
    <Ways>
      {others.map((w) => (
        <a key={w} href={confirmPath(back, w)}>
          {said.ways[w]}
        </a>
      ))}
    </Ways>
  );
  const title = await titleOf(said.title);
  if (way === 'passkey') {
    return (
      <Shell margin={<Back href={paths.account} />}>
        <PasskeyForm
          action={givePasskey}
          ask={askPasskey}
          title={title}
          heading={
            <>
              <h1>{said.title}</h1>
              <p className="lead">{lead}</p>
              <p className="lead">{secondFactor.passkey.lead}</p>
            </>
          }
          submit={secondFactor.passkey.form.submit}
          words={passkeys}
        >
          <input type="hidden" name="returnTo" value={back} />
          {ways}
        </PasskeyForm>
      </Shell>
    );
  }
  if (way === 'phone') {
    const { names, suspended } = await askablePhones(running, member.accountId);
    const page = phoneRequestPage(running, member.visitor, names, await requestOnScreen(running, member));
    return (
      <Shell margin={<Back href={paths.account} />}>
        <PhoneRequest
          key={page.request.state}
          {...page}
          ask={ask}
          goOn={goOn}
          watch={paths.confirmState}
          here={confirmPath(back, 'phone')}
          fields={{ request: '', returnTo: back }}
          title={await titleOf(phone.request.title)}
          suspended={suspended}
          ways={others.map((w) => ({ href: confirmPath(back, w), name: said.ways[w] }))}
        />
      </Shell>
    );
  }
  const digits = way === 'code-app';
  // Without any other app, the code is the telephone's own.
  const onPhone = factors.every(({ kind }) => kind !== 'totp') ? factors.find(({ kind }) => kind === 'phone')?.name : undefined;
  const app = onPhone ? phone.codeLead(onPhone) : said.app(`${running.settings.institute.name} : ${address}`);
  return (
    <Shell margin={<Back href={paths.account} />}>
      <CodeForm
        action={confirm}
        title={title}
        heading={said.title}
        lead={[lead, digits ? app : said.leadRecoveryCode]}
        digits={digits}
        hidden={<input type="hidden" name="returnTo" value={back} />}
        ways={ways}
        words={digits ? said.form : { code: said.form.recoveryCode, codeHint: said.form.recoveryCodeHint, submit: said.form.submit }}
      />
    </Shell>
  );
}
