// The accessibility statement that French law asks for (law 2005-102, article 47; RGAA's model statement). Honest: no audit was made.

import { words } from '#lib/language/language';
import { Fact, Summary } from '#ui/rows';
import { PhoneLink, Shell } from '#ui/shell';
import { Title } from '#ui/title';
import { portal } from '../portal';
import { language } from '../visitor';

const madeOn = Date.UTC(2026, 10, 24);

export default async function AccessibilityPage() {
  const { accessibility, help } = words(await language());
  const { institute, helpdesk, origin } = (await portal()).settings;
  return (
    <Shell>
      <Title page={accessibility.title} />
      <h1>{accessibility.title}</h1>
      <p className="lead">{accessibility.lead(institute.name)}</p>
      <p>{accessibility.scope(new URL(origin).host)}</p>
      <section aria-labelledby="state">
        <h2 id="state">{accessibility.stateTitle}</h2>
        <p>{accessibility.state}</p>
      </section>
      <section aria-labelledby="tests">
        <h2 id="tests">{accessibility.testsTitle}</h2>
        <Sentences list={accessibility.tests} />
      </section>
      <section aria-labelledby="contents">
        <h2 id="contents">{accessibility.contentTitle}</h2>
        <Sentences list={accessibility.content} />
      </section>
      <section aria-labelledby="statement">
        <h2 id="statement">{accessibility.statementTitle}</h2>
        <p>{accessibility.statement(madeOn)}</p>
        <p>{accessibility.technologies}</p>
      </section>
      <section aria-labelledby="contact">
        <h2 id="contact">{accessibility.contactTitle}</h2>
        <p>{accessibility.contact}</p>
        <Summary>
          <Fact name={help.phone}>
            <PhoneLink number={helpdesk.phone} />
          </Fact>
          <Fact name={help.email}>
            <a href={`mailto:${helpdesk.email}`}>{helpdesk.email}</a>
          </Fact>
        </Summary>
      </section>
      <section aria-labelledby="remedies">
        <h2 id="remedies">{accessibility.remedyTitle}</h2>
        <p>{accessibility.remedy}</p>
        <ul className="bullets">
          {accessibility.remedies.map(({ before, link, href, after }) => (
            <li key={before}>
              {before}
              {link && <a href={href}>{link}</a>}
              {after}
            </li>
          ))}
        </ul>
      </section>
    </Shell>
  );
}

function Sentences({ list }: { list: readonly string[] }) {
  return (
    <ul className="bullets">
      {list.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
