// Under each way: the others that this person has, or what to do without.
import { words } from '#lib/language/language';
import type { ResetPerson } from '#lib/password-reset/facts';
import type { Portal } from '#lib/portal';
import { Ways, WaysBlock } from '#ui/button';
import { resetPath } from '../../paths';
import { language } from '../../visitor';

export async function OtherWays({ person, portal }: { person: ResetPerson; portal: Pick<Portal, 'settings'> }) {
  const spoken = await language();
  const said = words(spoken).resetPassword.proveIdentity;
  const { phone, hours } = portal.settings.helpdesk;
  if (person.ways.length > 1) {
    return (
      <Ways>
        <a href={resetPath('prove-identity')}>{said.otherWay}</a>
      </Ways>
    );
  }
  return (
    <WaysBlock>
      <p>{said.noneOfThese(phone, hours[spoken])}</p>
    </WaysBlock>
  );
}
