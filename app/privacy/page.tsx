// The privacy notice (GDPR, article 13): what is kept, why, for how long, who receives it, what one may ask.

import { days } from '#lib/duration';
import { words } from '#lib/language/language';
import { Item, Rows } from '#ui/rows';
import { Shell } from '#ui/shell';
import { Title } from '#ui/title';
import { portal } from '../portal';
import { language } from '../visitor';

export default async function PrivacyPage() {
  const { privacy } = words(await language());
  const { institute, policy } = (await portal()).settings;
  const months = Math.round(policy.keepEvents / days(365 / 12));
  const consentDays = Math.round(policy.consent / days(1));
  return (
    <Shell>
      <Title page={privacy.title} />
      <h1>{privacy.title}</h1>
      <p className="lead">{privacy.lead(institute.name)}</p>
      <section aria-labelledby="why">
        <h2 id="why">{privacy.whyTitle}</h2>
        <Paragraphs list={privacy.why(institute.fullName)} />
      </section>
      <section aria-labelledby="kept">
        <h2 id="kept">{privacy.keptTitle}</h2>
        <Rows>
          {privacy.kept(months, consentDays).map(([what, howLong]) => (
            <Item key={what} name={what} lines={[howLong]} />
          ))}
        </Rows>
      </section>
      <section aria-labelledby="who">
        <h2 id="who">{privacy.whoTitle}</h2>
        <Paragraphs list={privacy.who} />
      </section>
      <section aria-labelledby="cookies">
        <h2 id="cookies">{privacy.cookiesTitle}</h2>
        <p>{privacy.cookies}</p>
      </section>
      <section aria-labelledby="rights">
        <h2 id="rights">{privacy.rightsTitle}</h2>
        <Paragraphs list={privacy.rights} />
        <p>
          {privacy.contact} <a href={`mailto:${institute.dataProtectionOfficer}`}>{institute.dataProtectionOfficer}</a>.
        </p>
        <p>
          {privacy.complaint} <a href={privacy.authority.href}>{privacy.authority.name}</a>.
        </p>
      </section>
    </Shell>
  );
}

function Paragraphs({ list }: { list: readonly string[] }) {
  return list.map((paragraph) => <p key={paragraph}>{paragraph}</p>);
}
