// The look of the demo's applications: plain HTML in French, no script.
import type { Registration } from './registrations.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (value: string) => value.replace(/[&<>"']/g, (c) => entities[c] ?? c);

/** HTML whose inserted values are escaped, unless they are HTML themselves. */
export class Html {
  constructor(readonly text: string) {}
}
type Part = string | number | Html | readonly Html[];
const rendered = (part: Part): string => {
  if (part instanceof Html) return part.text;
  return Array.isArray(part) ? part.map(rendered).join('') : escaped(String(part));
};
export const html = (texts: TemplateStringsArray, ...parts: Part[]) =>
  new Html(texts.map((text, i) => text + (i < parts.length ? rendered(parts[i] as Part) : '')).join(''));

const style = (colour: string) => `
:root { color-scheme: light dark; --own: ${colour}; --paper: #fff; --ink: #1c1c22; --line: #c9c9d1; --link: ${colour}; }
@media (prefers-color-scheme: dark) { :root { --paper: #17171b; --ink: #ececf1; --line: #4a4a55; --link: color-mix(in srgb, ${colour} 35%, white); } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
header { background: var(--own); color: #fff; padding: 1rem 0; }
header p { margin: 0 auto; max-width: 46rem; padding: 0 1rem; font-size: 1.25rem; font-weight: 700; }
header span { display: block; font-size: 1rem; font-weight: 400; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.2; }
a { color: var(--link); }
.button { display: inline-block; min-height: 2.75rem; padding: .6rem 1.1rem; border: 0; border-radius: 4px; background: var(--own); color: #fff; font: inherit; text-decoration: none; cursor: pointer; }
table { width: 100%; border-collapse: collapse; margin: 1rem 0; }
caption { text-align: left; font-weight: 700; padding: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-top: 1px solid var(--line); }
th { font-weight: 400; width: 40%; }
code { font-size: .95em; }
:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
@media (max-width: 30rem) { th, td { display: block; width: auto; } td { border-top: 0; padding-top: 0; } }
`;

/** A whole page. @param title the heading, also in the browser's tab */
export const page = (application: Registration, title: string, content: Html) => html`<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – ${application.name}</title>
<link rel="icon" href="data:,">
<style>${new Html(style(application.colour))}</style>
</head>
<body>
<header><p>${application.name}<span>${application.purpose}</span></p></header>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>`;

/** What each claim is called on screen. */
const claimNames: Readonly<Record<string, string>> = {
  sub: 'Identifiant',
  name: 'Nom complet',
  given_name: 'Prénom',
  family_name: 'Nom',
  email: 'Adresse e-mail',
  email_verified: 'Adresse vérifiée',
  eduperson_principal_name: 'Nom principal (eduPerson)',
  eduperson_affiliation: 'Affiliations (eduPerson)',
  acr: 'Niveau de la connexion',
  amr: 'Moyens utilisés',
  auth_time: 'Connexion faite à',
  sid: 'Session du portail',
  iss: 'Émis par',
  aud: 'Pour',
  iat: 'Émis à',
  exp: 'Valable jusqu’à',
};
const order = Object.keys(claimNames);
const instants = new Set(['auth_time', 'iat', 'exp']);
const clock = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'medium', timeStyle: 'medium' });

const shown = (claim: string, value: unknown): Html => {
  const plain = html`<code data-value>${typeof value === 'string' ? value : JSON.stringify(value)}</code>`;
  return instants.has(claim) && typeof value === 'number' ? html`${plain} <span>(${clock.format(value * 1000)})</span>` : plain;
};

/** The claims as they were received; each row has `data-claim`, each raw value `data-value`. */
export const claimsTable = (claims: Readonly<Record<string, unknown>>) => {
  const known = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  const rows = Object.entries(claims)
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => known(a) - known(b));
  return html`<table id="claims">
<caption>Ce que le portail a transmis</caption>
<tbody>
${rows.map(([name, value]) => html`<tr data-claim="${name}"><th scope="row">${claimNames[name] ?? name} <code>${name}</code></th><td>${shown(name, value)}</td></tr>\n`)}
</tbody>
</table>`;
};
