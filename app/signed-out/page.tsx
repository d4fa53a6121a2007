// After signing out.
import { paths } from '#app/paths';
import { language } from '#app/visitor';
import { words } from '#lib/language/language';
import { Actions, ButtonLink } from '#ui/button';
import { Shell } from '#ui/shell';
import { Title } from '#ui/title';

export default async function SignedOutPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { everywhere } = await searchParams;
  const { signOut } = words(await language());
  const title = everywhere !== undefined ? signOut.doneEverywhere : signOut.doneTitle;
  return (
    <Shell>
      <Title page={title} />
      <h1>{title}</h1>
      <p className="lead">{signOut.doneLead}</p>
      <Actions>
        <ButtonLink href={paths.startSignIn}>{signOut.again}</ButtonLink>
      </Actions>
    </Shell>
  );
}
