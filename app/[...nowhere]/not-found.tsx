// What an address that leads nowhere shows. Beside its page, not at the root: there, every page would carry it along.
import { words } from '#lib/language/language';
import { ButtonLink } from '#ui/button';
import { Shell } from '#ui/shell';
import { Title } from '#ui/title';
import { paths } from '../paths';
import { language } from '../visitor';

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
