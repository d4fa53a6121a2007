'use client';
// A page that could not be made. Neither settings nor language are sure to be known, so both languages speak; the reference leads to the
// log. What went wrong inside is never shown. The only such page: each boundary more would be sent with every page.
// Plain, and without the style file: sharing it would cut that file in two for every page.
const plain = { maxWidth: '36rem', margin: '0 auto', padding: '3rem 1.25rem', font: '1.0625rem/1.55 system-ui, sans-serif' };

export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="fr">
      <body>
        <title>Erreur de notre côté</title>
        <main style={plain}>
          <h1>Cette page n’a pas pu s’afficher</h1>
          <p>Le problème vient de notre côté. Recommencez dans quelques minutes.</p>
          <p lang="en">This page could not be shown. The problem is on our side. Try again in a few minutes.</p>
          <p>{error.digest && `Référence\u00a0: ${error.digest}`}</p>
        </main>
      </body>
    </html>
  );
}
