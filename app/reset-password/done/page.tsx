// The new password is in place. It signs nobody in: the person does, with it and with a factor.
import { words } from '#lib/language/language';
import { isWaitingForSignIn } from '#lib/oidc/interaction';
import { Actions, ButtonLink } from '#ui/button';
import { Shell } from '#ui/shell';
import { Title } from '#ui/title';
import { paths, signInPath } from '../../paths';
import { resetPlace } from '../../reset';

export default async function DonePage() {
  const { portal, reset, facts } = await resetPlace('done');
  const said = words(reset.visitor.language).resetPassword.done;
  const back = facts.signIn !== null && (await isWaitingForSignIn(portal, facts.signIn)) ? signInPath(facts.signIn, 'password') : paths.account;
  return (
    <Shell>
      <Title page={said.title} />
      <h1>{said.title}</h1>
      <p className="lead">{said.lead}</p>
      {facts.address && <p>{said.mailed(facts.address)}</p>}
      <Actions>
        <ButtonLink href={back}>{said.signIn}</ButtonLink>
      </Actions>
    </Shell>
  );
}
