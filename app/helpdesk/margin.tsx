// The console's menu: who works in it and as what, its places, the way to the agent's own account and the way out.
import { paths } from '#app/paths';
import { portal } from '#app/portal';
import { findAccount } from '#lib/accounts/facts';
import { displayName } from '#lib/accounts/rules';
import { type HelpdeskAction, mayDo } from '#lib/helpdesk/rules';
import type { Words } from '#lib/language/fr';
import { words } from '#lib/language/language';
import type { Agent } from '#lib/visitor';
import { Back, Context, Places } from '#ui/margin';

export type HelpdeskPlace = keyof Words['helpdesk']['places'];

/** In the order of the menu; a place stands here once its page exists. */
const places: readonly { readonly place: HelpdeskPlace; readonly href: string; readonly action: HelpdeskAction }[] = [
  { place: 'search', href: paths.helpdesk, action: 'search' },
  { place: 'dashboard', href: paths.dashboard, action: 'see-dashboard' },
  { place: 'cases', href: paths.cases, action: 'see-cases' },
  { place: 'removals', href: paths.removals, action: 'decide-removal' },
  { place: 'acts', href: paths.helpdeskActs, action: 'see-own-acts' },
];

/** @param current null: a page that is no place of its own. @param back where the page before stands */
export async function HelpdeskMargin({ agent, current, back }: { agent: Agent; current: HelpdeskPlace | null; back?: string }) {
  const account = await findAccount(await portal(), agent.agentId);
  if (!account) throw new Error('A session of an account that is not there');
  const said = words(agent.visitor.language).helpdesk;
  return (
    <>
      {back && <Back href={back} />}
      <Context name={displayName(account)} detail={said.roles[agent.role]} />
      <Places
        kept
        links={places
          .filter(({ action }) => mayDo(agent.role, action))
          .map(({ place, href }) => ({
            href,
            // Of leads, the page tells everybody's.
            name: place === 'acts' && mayDo(agent.role, 'see-all-acts') ? said.acts.titleOfAll : said.places[place],
            current: place === current,
          }))}
      />
      <p>
        <a href={paths.account}>{said.account}</a>
      </p>
      <form action={paths.signOut} method="post">
        <button type="submit" className="link">
          {said.signOut}
        </button>
      </form>
    </>
  );
}
