// The document: language, colours, and the words of shared components. Titles come from the pages.
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { type Language, words } from '#lib/language/language';
import { type KitWords, KitWordsProvider } from './_ui/kit-words';
import './globals.css';
import { portal } from './portal';
import { language } from './visitor';

export const viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' };
export const metadata = {
  icons: { icon: { url: '/icon.svg', type: 'image/svg+xml' } },
  referrer: 'same-origin',
  formatDetection: { telephone: false },
};

export default async function Layout({ children }: { children: ReactNode }) {
  // Every page is made for one request: its scripts carry that request's nonce (SEC-93).
  await connection();
  const spoken = await language();
  return (
    <html lang={spoken}>
      <body>
        <KitWordsProvider words={await kitWordsOf(spoken)}>{children}</KitWordsProvider>
      </body>
    </html>
  );
}

async function kitWordsOf(spoken: Language): Promise<KitWords> {
  const { kit, error, frame, problemPages } = words(spoken);
  const { institute } = (await portal()).settings;
  const { copied, notCopied, error: mark, errorTitle, hide, passwordHidden, passwordShown, show, thePassword, toCorrect, waiting } = kit;
  return {
    ...{ language: spoken, copied, notCopied, error: mark, errorTitle, hide, passwordHidden, passwordShown, show, thePassword, toCorrect, waiting },
    failure: { ...error, reference: problemPages.referenceLabel, help: frame.help, wordmark: [institute.name, institute.product[spoken]] },
  };
}
