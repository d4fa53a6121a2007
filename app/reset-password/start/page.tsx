// A forgotten password begins: with an address, which is never in the page's own.
import { words } from '#lib/language/language';
import { resetFacts } from '#lib/password-reset/facts';
import { nextResetStep } from '#lib/password-reset/steps';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { interactionUid, resetPath, signInPath } from '../../paths';
import { portal } from '../../portal';
import { currentReset } from '../../reset';
import { language } from '../../visitor';
import { ResetMargin } from '../margin';
import { start } from './actions';
import { StartResetForm } from './form';

export default async function StartPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { from } = await searchParams;
  const running = await portal();
  const spoken = words(await language());
  const said = spoken.resetPassword.start;
  const signIn = interactionUid(from);
  // Begun in this browser already: whoever comes back with the code need not ask for another.
  const codeSent = nextResetStep(await resetFacts(running, await currentReset())) === 'email-code';
  return (
    <Shell margin={<ResetMargin step="start" back={signIn ? signInPath(signIn, 'password') : undefined} />}>
      <StartResetForm
        action={start}
        title={await titleOf(said.title)}
        heading={said.heading}
        lead={said.lead}
        addressHint={spoken.signIn.addressHint(running.settings.addresses.internal)}
        from={signIn ?? ''}
        words={said.form}
        codeSent={codeSent ? { href: resetPath('email-code'), name: said.haveCode } : null}
      />
    </Shell>
  );
}
