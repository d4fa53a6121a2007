// Under each way: back to the choice.
import { words } from '#lib/language/language';
import { Ways } from '#ui/button';
import { lostPhonePath } from '../../../../paths';
import { language } from '../../../../visitor';

export async function OtherWays({ uid }: { uid: string }) {
  return (
    <Ways>
      <a href={lostPhonePath(uid, 'prove-identity')}>{words(await language()).resetPassword.proveIdentity.otherWay}</a>
    </Ways>
  );
}
