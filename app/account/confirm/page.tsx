// Asks for a factor again before a credential is changed, then goes back to where the person was (SEC-36).
import { words } from '#lib/language/language';
import { provable } from '#lib/proof/facts';
import { returnTo } from '#lib/sessions/return-to';
import { Back } from '#ui/margin';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { confirmPath, paths } from '../../paths';
import { portal } from '../../portal';
import { requireMember } from '../../session';
import { confirm } from './actions';
import { ConfirmForm } from './form';

export default async function ConfirmPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const asked = await searchParams;
  const member = await requireMember(paths.account);
  const running = await portal();
  const back = returnTo(asked.returnTo, running.settings.origin);
  const { address, factors, recoveryCodesLeft } = await provable(running, member);
  const hasApp = factors.some(({ kind }) => kind === 'totp');
  const digits = hasApp && asked.way !== 'recovery-code';
  const { confirm: said } = words(member.visitor.language).account;
  const hasOther = digits ? recoveryCodesLeft > 0 : hasApp;
  return (
    <Shell margin={<Back href={paths.account} />}>
      <ConfirmForm
        action={confirm}
        title={await titleOf(said.title)}
        heading={said.title}
        lead={[said.lead, digits ? said.app(`${running.settings.institute.name} : ${address}`) : said.leadRecoveryCode]}
        digits={digits}
        returnTo={back}
        other={hasOther ? confirmPath(back, digits ? 'recovery-code' : undefined) : null}
        words={said.form}
      />
    </Shell>
  );
}
