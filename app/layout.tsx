// The document: language, colours, and the words of shared components. Titles come from the pages.
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { type Language, words } from '#lib/language/language';
import { type KitWords, KitWordsProvider } from './_ui/kit-words';
import { language } from './visitor';

/** A build tries no page out: it would open a portal, and leave a database and keys behind. */
export const dynamic = 'force-dynamic';
export const viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' };
/** Written into the page: it is smaller than the answer to one more request. */
const icon = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#502a74" d="M0 0h32v32H0z"/><path fill="#fff" d="M11 6h8v3h-2v14h2v3h-8v-3h2V9h-2z"/><path fill="#e49bb0" d="M25 0h2v32h-2z"/></svg>`,
)}`;
export const metadata = { icons: { icon } };

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

/** All but the words that pages hand to their buttons themselves. */
function kitWordsOf(spoken: Language): KitWords {
  const { copy, print, download, ...said } = words(spoken).kit;
  return { ...said, language: spoken };
}
