// The document: language, colours, and the words of shared components. Titles come from the pages.
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { type Language, words } from '#lib/language/language';
import { type KitWords, KitWordsProvider } from './_ui/kit-words';
import './globals.css';
import { language } from './visitor';

export const viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' };
export const metadata = { icons: { icon: { url: '/icon.svg', type: 'image/svg+xml' } } };

export default async function Layout({ children }: { children: ReactNode }) {
  // Every page is made for one request: its scripts carry that request's nonce (SEC-93).
  await connection();
  const spoken = await language();
  return (
    <html lang={spoken}>
      <body>
        <KitWordsProvider words={kitWordsOf(spoken)}>{children}</KitWordsProvider>
      </body>
    </html>
  );
}

function kitWordsOf(spoken: Language): KitWords {
  const { copied, notCopied, error, errorTitle, hide, passwordHidden, passwordShown, show, thePassword, onePoint, points, waiting } =
    words(spoken).kit;
  return {
    language: spoken,
    copied,
    notCopied,
    error,
    errorTitle,
    hide,
    passwordHidden,
    passwordShown,
    show,
    thePassword,
    onePoint,
    points,
    waiting,
  };
}
