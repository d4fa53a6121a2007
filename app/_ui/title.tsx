// A page's title in the browser: what the page is, the product, the institute. React lifts it into the head.
import { portal } from '#app/portal';
import { language } from '#app/visitor';

/** The whole title, e.g. « Connexion – Mon compte – Inserm », for pages whose form component shows it. */
export async function titleOf(page: string): Promise<string> {
  const { institute } = (await portal()).settings;
  return `${page} – ${institute.product[await language()]} – ${institute.name}`;
}

export async function Title({ page }: { page: string }) {
  return <title>{await titleOf(page)}</title>;
}
