'use client';
// When even the layout could not be made: no settings and no language are known, so both languages speak.
import './globals.css';

export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="fr">
      <body>
        <title>Ce service n’a pas pu s’afficher</title>
        <header className="top" />
        <main className="sheet">
          <div className="margin" />
          <div className="page">
            <h1>Ce service n’a pas pu s’afficher</h1>
            <p className="lead">Le problème vient de notre côté. Recommencez dans quelques minutes.</p>
            <p lang="en">This service could not be shown. The problem is on our side. Try again in a few minutes.</p>
            {error.digest && (
              <p>
                Référence&#160;: <b>{error.digest}</b>
              </p>
            )}
          </div>
        </main>
      </body>
    </html>
  );
}
