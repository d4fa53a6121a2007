'use client';
// A page that could not be shown: what to do, and a reference that leads to its line in the log. Never what went wrong inside.
import { Button } from './_ui/button';
import { useKitWords } from './_ui/kit-words';
import { paths } from './paths';

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const { failure } = useKitWords();
  const [name, product] = failure.wordmark;
  return (
    <>
      <title>{`${failure.title} – ${product} – ${name}`}</title>
      <header className="top">
        <a className="wordmark" href={paths.account}>
          <b>{name}</b> {product}
        </a>
        <nav className="top-links" aria-label={failure.help}>
          <a href={paths.help}>{failure.help}</a>
        </nav>
      </header>
      <main className="sheet">
        <div className="margin" />
        <div className="page">
          <h1>{failure.title}</h1>
          <p className="lead">{failure.lead}</p>
          {error.digest && (
            <p>
              {failure.reference} <b>{error.digest}</b>
            </p>
          )}
          <Button type="button" onClick={reset}>
            {failure.again}
          </Button>
        </div>
      </main>
    </>
  );
}
