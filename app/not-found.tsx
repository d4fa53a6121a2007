// An address that leads nowhere.
import { words } from '#lib/language/language';
import { ButtonLink } from './_ui/button';
import { Shell } from './_ui/shell';
import { Title } from './_ui/title';
import { paths } from './paths';
import { language } from './visitor';

export default async function NotFound() {
  const { notFound, problemPages } = words(await language());
  return (
    <Shell>
      <Title page={notFound.title} />
      <h1>{notFound.title}</h1>
      <p className="lead">{notFound.lead}</p>
      <p>{notFound.what}</p>
      <ButtonLink href={paths.account}>{problemPages.toAccount}</ButtonLink>
    </Shell>
  );
}
