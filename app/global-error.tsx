'use client';
// A page that could not be made. Neither settings nor language are sure to be known, so both languages speak; the reference leads to the
// log. What went wrong inside is never shown. The only such page: each boundary more would be sent with every page.
import './globals.css';

export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="fr">
      <body>
        <title>Erreur de notre côté</title>
        <main className="sheet">
          <p className="margin">{error.digest && `Référence\u00a0: ${error.digest}`}</p>
          <div className="page">
            <h1>Cette page n’a pas pu s’afficher</h1>
            <p className="lead">Le problème vient de notre côté. Recommencez dans quelques minutes.</p>
            <p lang="en">This page could not be shown. The problem is on our side. Try again in a few minutes.</p>
          </div>
        </main>
      </body>
    </html>
  );
}
