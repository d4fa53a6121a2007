// The account's menu: whose account it is, its places, and the way out.
import { paths } from '#app/paths';
import { portal } from '#app/portal';
import { findAccount } from '#lib/accounts/facts';
import type { Words } from '#lib/language/fr';
import { words } from '#lib/language/language';
import { knownRole } from '#lib/roles/facts';
import type { Member } from '#lib/visitor';
import { Context, Places } from '#ui/margin';

export type AccountPlace = keyof Words['account']['places'];

/** In the order of the menu; a place stands here once its page exists. */
const places: readonly { readonly place: AccountPlace; readonly href: string }[] = [
  { place: 'home', href: paths.account },
  { place: 'factors', href: paths.factors },
  { place: 'questions', href: paths.questions },
  { place: 'password', href: paths.password },
  { place: 'applications', href: paths.applications },
  { place: 'sessions', href: paths.sessions },
  { place: 'activity', href: paths.activity },
  { place: 'data', href: paths.data },
];

/** @param current null: a page that is no place of its own */
export async function AccountMargin({ member, current }: { member: Member; current: AccountPlace | null }) {
  const running = await portal();
  const account = await findAccount(running, member.accountId);
  if (!account) throw new Error('A session of an account that is not there');
  const { account: spoken, helpdesk, helpdeskCases } = words(member.visitor.language);
  const role = await knownRole(running, member.accountId);
  return (
    <>
      <Context name={`${account.givenName} ${account.familyName}`} detail={account.address} />
      <Places
        links={places
          .filter(({ place }) => place !== 'questions' || running.settings.questions)
          .map(({ place, href }) => ({ href, name: spoken.places[place], current: place === current }))}
        {...(current !== 'home' && { home: { href: paths.account, name: spoken.label } })}
      />
      {role && (
        <p>
          <a href={paths.helpdesk}>{helpdesk.name}</a>
        </p>
      )}
      <p>
        <a href={paths.askForHelp}>{helpdeskCases.help.link}</a>
      </p>
      <form action={paths.signOut} method="post">
        <button type="submit" className="link">
          {spoken.signOut}
        </button>
      </form>
    </>
  );
}
