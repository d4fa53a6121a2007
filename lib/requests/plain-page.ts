// Pages that need neither store nor language: both speak. For what is refused before any page is made. Pure.
import { type PageSource, pageHeaders } from '../sessions/response-headers.ts';

const sentences = {
  400: [
    'Nous ne pouvons pas lire cette demande : rien n’a été changé. Revenez au portail et recommencez.',
    'We can’t read this request: nothing was changed. Go back to the portal and start again.',
  ],
  403: [
    'Cette demande ne vient pas d’une page de ce portail : rien n’a été changé. Revenez au portail et recommencez.',
    'This request did not come from a page of this portal: nothing was changed. Go back to the portal and start again.',
  ],
  405: [
    'Cette demande est d’une sorte que le portail ne connaît pas : rien n’a été changé. Revenez au portail et recommencez.',
    'This request is of a kind that the portal does not know: nothing was changed. Go back to the portal and start again.',
  ],
  413: [
    'Ce que vous avez envoyé est trop long : rien n’a été changé. Revenez en arrière et vérifiez ce que vous avez saisi ou collé.',
    'What you sent is too long: nothing was changed. Go back and check what you typed or pasted.',
  ],
  503: [
    'Le portail ne répond pas pour le moment. Réessayez dans quelques minutes.',
    'The portal is not answering at the moment. Try again in a few minutes.',
  ],
} as const;

export type PlainStatus = keyof typeof sentences;

/** A page that needs nothing of what may be broken, in both languages, with the headers that every page has. */
export function plainPage(status: PlainStatus, page: PageSource): { readonly html: string; readonly headers: Readonly<Record<string, string>> } {
  const [french, english] = sentences[status];
  const html = `<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>${status}</title><main><p>${french}</p><p lang="en">${english}</p><p><a href="/account">Mon compte</a></p></main></html>`;
  return { html, headers: { 'Content-Type': 'text/html; charset=utf-8', ...pageHeaders(page) } };
}
