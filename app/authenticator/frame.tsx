// What stands around the app's screens: one narrow column, the way to help, the languages, the footer.
import '../globals.css';
import type { ReactNode } from 'react';
import { words } from '#lib/language/language';
import { LanguageSwitch } from '#ui/language-switch';
import { PhoneLink } from '#ui/shell';
import { paths } from '../paths';
import { portal } from '../portal';
import { language } from '../visitor';
import styles from './app.module.css';

export async function AppFrame({ children }: { children: ReactNode }) {
  const spoken = await language();
  const { frame, authenticator } = words(spoken);
  const { institute, helpdesk } = (await portal()).settings;
  return (
    <div className={styles.app}>
      <a className="skip" href="#content">
        {frame.skip}
      </a>
      <header className="top">
        <a className="wordmark" href={paths.authenticator}>
          <b>{institute.name}</b> {authenticator.product}
        </a>
        <nav className="top-links" aria-label={frame.helpAndLanguage}>
          <a href={paths.help}>{frame.help}</a>
          <LanguageSwitch />
        </nav>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
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
    </div>
  );
}
