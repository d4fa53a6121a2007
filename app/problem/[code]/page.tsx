// What went wrong between an application and its answer, what to do, and the way back. Also shown in the provider's place, without script
// (lib/oidc/bridge.ts). Nothing of the request is repeated here.
import { notFound } from 'next/navigation';
import { paths } from '#app/paths';
import { portal } from '#app/portal';
import { language } from '#app/visitor';
import { destinationOf, findApplication, homeOf, portalApplicationId } from '#lib/applications/facts';
import { words } from '#lib/language/language';
import { Actions, ButtonLink, Ways } from '#ui/button';
import { Context } from '#ui/margin';
import { Shell } from '#ui/shell';
import { Title } from '#ui/title';

const codes = [
  'expired',
  'other-browser',
  'finished',
  'unknown',
  'unknown-application',
  'wrong-redirect',
  'missing-pkce',
  'access-denied',
  'sign-out-refused',
  'bad-request',
  'role-unknown',
  'failed',
] as const;
type Code = (typeof codes)[number];

interface Props {
  readonly params: Promise<{ code: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ProblemPage({ params, searchParams }: Props) {
  const { code } = await params;
  if (!codes.includes(code as Code)) notFound();
  const asked = await searchParams;
  const running = await portal();
  const { problemPages, frame } = words(await language());
  const { title, lead, what } = problemPages[code as Code];
  const application = typeof asked.application === 'string' ? await findApplication(running, asked.application) : null;
  const home = application && application.id !== portalApplicationId ? homeOf(application) : null;
  // Of our own making, so of a known shape: anything else is not shown.
  const reference = typeof asked.reference === 'string' && /^[\w-]{8}$/.test(asked.reference) ? asked.reference : null;
  return (
    <Shell margin={application && <Context name={application.name} detail={destinationOf(application).host} />}>
      <Title page={title} />
      <h1>{title}</h1>
      <p className="lead">{lead}</p>
      <p>{what}</p>
      {reference && (
        <p className="hint">
          {problemPages.referenceLabel} <b>{reference}</b>. {problemPages.referenceHint}
        </p>
      )}
      <Actions>
        {application && home ? (
          <ButtonLink href={home}>{problemPages.backTo(application.name)}</ButtonLink>
        ) : (
          <ButtonLink href={paths.account}>{problemPages.toAccount}</ButtonLink>
        )}
      </Actions>
      <Ways>
        <a href={paths.help}>{frame.help}</a>
      </Ways>
    </Shell>
  );
}
