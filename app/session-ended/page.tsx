// Says that the session of this browser has ended and why, before signing in again leads back to where the person was.
import { redirect } from 'next/navigation';
import { paths } from '#app/paths';
import { portal } from '#app/portal';
import { sessionState } from '#app/session';
import { language } from '#app/visitor';
import { words } from '#lib/language/language';
import { returnTo } from '#lib/sessions/return-to';
import { Actions, ButtonLink } from '#ui/button';
import { Shell } from '#ui/shell';
import { Title } from '#ui/title';

export default async function SessionEndedPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const asked = await searchParams;
  const { settings } = await portal();
  const back = returnTo(asked.returnTo, settings.origin);
  const state = await sessionState();
  if (state?.live) redirect(back);
  const signIn = `${paths.startSignIn}?${new URLSearchParams({ returnTo: back })}`;
  if (!state) redirect(signIn);
  const { ended } = words(await language()).account.sessionEnd;
  const { idle, overall } = settings.policy.session;
  return (
    <Shell>
      <Title page={ended.title} />
      <h1>{ended.title}</h1>
      <p className="lead">{ended.why[state.why](idle, overall)}</p>
      <p>{ended.unchanged}</p>
      <Actions>
        <ButtonLink href={signIn}>{ended.again}</ButtonLink>
      </Actions>
    </Shell>
  );
}
