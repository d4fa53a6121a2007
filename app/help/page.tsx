// What to do when signing in gets stuck, and how to reach the helpdesk. Reachable without signing in.

import { words } from '#lib/language/language';
import { Fact, LinkRows, Summary } from '#ui/rows';
import { PhoneLink, Shell } from '#ui/shell';
import { Title } from '#ui/title';
import { paths } from '../paths';
import { portal } from '../portal';
import { language } from '../visitor';

export default async function HelpPage() {
  const spoken = await language();
  const { help, helpdeskCases } = words(spoken);
  const { helpdesk, mail } = (await portal()).settings;
  const facts = { phone: helpdesk.phone, sender: mail.from };
  const topics = Object.entries(help.topics);
  return (
    <Shell>
      <Title page={help.title} />
      <h1>{help.title}</h1>
      <p className="lead">{help.lead}</p>
      <nav aria-label={help.onThisPage}>
        <LinkRows links={topics.map(([id, { title }]) => ({ href: `#${id}`, name: title }))} />
      </nav>
      {topics.map(([id, { title, say }]) => (
        <section key={id} aria-labelledby={id}>
          <h2 id={id}>{title}</h2>
          {say(facts).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </section>
      ))}
      <section aria-labelledby="contact">
        <h2 id="contact">{help.contact}</h2>
        <Summary>
          <Fact name={help.phone}>
            <PhoneLink number={helpdesk.phone} />
          </Fact>
          <Fact name={help.email}>
            <a href={`mailto:${helpdesk.email}`}>{helpdesk.email}</a>
          </Fact>
          <Fact name={help.hours}>{helpdesk.hours[spoken]}</Fact>
        </Summary>
        <p>
          <a href={paths.askForHelp}>{helpdeskCases.help.onHelpPage}</a>
        </p>
        <p className="hint">{helpdeskCases.help.onHelpPageHint}</p>
        <p className="hint">{help.never}</p>
      </section>
    </Shell>
  );
}
