// The sheet: header, margin (where one is), page (what to do), footer.
// Here and not in the layout, so that a page's style is one file.
import '../globals.css';
import type { ReactNode } from 'react';
import { paths } from '#app/paths';
import { portal } from '#app/portal';
import { language } from '#app/visitor';
import { words } from '#lib/language/language';
import { Arrival } from './arrival';
import { LanguageSwitch } from './language-switch';

/** A page of a journey: the margin holds where it leads to, and the step. */
export async function Shell({ margin, children }: { margin?: ReactNode; children: ReactNode }) {
  return (
    <Frame>
      <main className="sheet">
        {/* Empty where nothing is to say: the page keeps its place. */}
        <div className="margin">{margin}</div>
        <div className="page" id="content" tabIndex={-1}>
          {children}
        </div>
      </main>
    </Frame>
  );
}

/** A page of the account: the margin holds the account's places and the way out. */
export async function AccountShell({ label, margin, children }: { label: string; margin: ReactNode; children: ReactNode }) {
  return (
    <Frame>
      <div className="sheet">
        <nav className="margin" aria-label={label}>
          {margin}
        </nav>
        <main className="page" id="content" tabIndex={-1}>
          {children}
        </main>
      </div>
    </Frame>
  );
}

/** A page of the helpdesk's console: as the account's, over the whole page, under the console's own name. */
export async function HelpdeskShell({ margin, children }: { margin: ReactNode; children: ReactNode }) {
  const { name } = words(await language()).helpdesk;
  return (
    <Frame helpdesk>
      <div className="sheet">
        <nav className="margin" aria-label={name}>
          {margin}
        </nav>
        <main className="page wide" id="content" tabIndex={-1}>
          {children}
        </main>
      </div>
    </Frame>
  );
}

async function Frame({ helpdesk: ofHelpdesk = false, children }: { helpdesk?: boolean; children: ReactNode }) {
  const spoken = await language();
  const { frame, helpdesk: desk } = words(spoken);
  const { institute, helpdesk } = (await portal()).settings;
  return (
    <>
      <a className="skip" href="#content">
        {frame.skip}
      </a>
      <header className="top">
        <a className="wordmark" href={ofHelpdesk ? paths.helpdesk : paths.account}>
          <b>{institute.name}</b> {ofHelpdesk ? desk.name : institute.product[spoken]}
        </a>
        <nav className="top-links" aria-label={frame.helpAndLanguage}>
          <a href={paths.help}>{frame.help}</a>
          <LanguageSwitch />
        </nav>
      </header>
      {children}
      <Arrival />
      <footer className="foot">
        <ul>
          <li>
            <a href={paths.accessibility}>{frame.accessibility}</a>
          </li>
          <li>
            <a href={paths.privacy}>{frame.privacy}</a>
          </li>
          <li>
            {frame.assistance} <PhoneLink number={helpdesk.phone} />, <a href={`mailto:${helpdesk.email}`}>{helpdesk.email}</a>
          </li>
        </ul>
        <p lang={spoken === 'fr' ? undefined : 'fr'}>{institute.fullName}</p>
      </footer>
    </>
  );
}

/** A French number as a link; its spaces don't break. */
export function PhoneLink({ number }: { number: string }) {
  return <a href={`tel:${number.replace(/^0(?=[1-9])/, '+33').replace(/\s/g, '')}`}>{number.replaceAll(' ', '\u00a0')}</a>;
}
