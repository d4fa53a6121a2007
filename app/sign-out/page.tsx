// « Do you want to sign out? », asked when an application wants it. Shown in the provider's place (lib/oidc/bridge.ts), whose one-time value
// comes in a header; whoever comes here by themselves has nothing to answer.
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { paths } from '#app/paths';
import { portal } from '#app/portal';
import { language } from '#app/visitor';
import { destinationOf, findApplication } from '#lib/applications/facts';
import { words } from '#lib/language/language';
import { xsrfHeader } from '#lib/oidc/bridge';
import { Button, ButtonLink, pairClass } from '#ui/button';
import { Context } from '#ui/margin';
import { Shell } from '#ui/shell';
import { Title } from '#ui/title';

export default async function SignOutPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const xsrf = (await headers()).get(xsrfHeader);
  if (!xsrf) redirect(paths.account);
  const { application: asked } = await searchParams;
  const running = await portal();
  const { signOut } = words(await language());
  const application = typeof asked === 'string' ? await findApplication(running, asked) : null;
  return (
    <Shell margin={application && <Context name={application.name} detail={destinationOf(application).host} />}>
      <Title page={signOut.title} />
      <h1>{signOut.heading}</h1>
      <p className="lead">{application ? signOut.leadFrom(application.name) : signOut.lead}</p>
      <form method="post" action={`${running.settings.issuer}/session/end/confirm`} className={pairClass}>
        <input type="hidden" name="xsrf" value={xsrf} />
        <Button kind="secondary" name="logout" value="yes">
          {signOut.form.confirm}
        </Button>
        {application ? (
          <Button kind="secondary">{signOut.form.stay}</Button>
        ) : (
          <ButtonLink kind="secondary" href={paths.account}>
            {signOut.form.stay}
          </ButtonLink>
        )}
      </form>
    </Shell>
  );
}
