// Asks for a factor again before a credential is changed, then goes back to where the person was (SEC-36).
import { words } from '#lib/language/language';
import { provable } from '#lib/proof/facts';
import { returnTo } from '#lib/sessions/return-to';
import { Ways } from '#ui/button';
import { Back } from '#ui/margin';
import { PasskeyForm } from '#ui/passkey-form';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { confirmPath, paths, type SecondFactorWay } from '../../paths';
import { portal } from '../../portal';
import { requireMember } from '../../session';
import { askPasskey, confirm, givePasskey } from './actions';
import { ConfirmForm } from './form';

export default async function ConfirmPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const asked = await searchParams;
  const member = await requireMember(paths.account);
  const running = await portal();
  const back = returnTo(asked.returnTo, running.settings.origin);
  const { address, factors, recoveryCodesLeft } = await provable(running, member);
  // In the order in which they are offered.
  const held: SecondFactorWay[] = [];
  if (factors.some(({ kind }) => kind === 'passkey')) held.push('passkey');
  if (factors.some(({ kind }) => kind === 'totp')) held.push('code-app');
  if (recoveryCodesLeft > 0) held.push('recovery-code');
  const way = held.find((w) => w === asked.way) ?? held[0] ?? 'recovery-code';
  const { account, passkeys, secondFactor } = words(member.visitor.language);
  const said = account.confirm;
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
              <p className="lead">{said.lead}</p>
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
  const digits = way === 'code-app';
  return (
    <Shell margin={<Back href={paths.account} />}>
      <ConfirmForm
        action={confirm}
        title={title}
        heading={said.title}
        lead={[said.lead, digits ? said.app(`${running.settings.institute.name} : ${address}`) : said.leadRecoveryCode]}
        digits={digits}
        returnTo={back}
        ways={ways}
        words={said.form}
      />
    </Shell>
  );
}
