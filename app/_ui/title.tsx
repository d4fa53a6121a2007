// A page's title in the browser: what the page is, the product, the institute. React lifts it into the head.
import { portal } from '#app/portal';
import { language } from '#app/visitor';
import { words } from '#lib/language/language';

type TitlePart = 'account' | 'helpdesk';

/** The whole title, e.g. « Connexion – Mon compte – Inserm », for pages whose form component shows it. */
export async function titleOf(page: string, part: TitlePart = 'account'): Promise<string> {
  const { institute } = (await portal()).settings;
  const spoken = await language();
  return `${page} – ${part === 'helpdesk' ? words(spoken).helpdesk.name : institute.product[spoken]} – ${institute.name}`;
}

/** @param part of the portal: the helpdesk's console has its own name */
export async function Title({ page, part }: { page: string; part?: TitlePart }) {
  return <title>{await titleOf(page, part)}</title>;
}
