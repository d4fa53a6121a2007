// The page that asks the helpdesk for help, wherever one is: the form, or the number of the request that is open already, and room for more.
import { openHelp } from '#lib/help/facts';
import { helpTopics } from '#lib/help/rules';
import { words } from '#lib/language/language';
import { Fact, Summary } from '#ui/rows';
import { PhoneLink } from '#ui/shell';
import { titleOf } from '#ui/title';
import type { FormAction } from '../form-state';
import { portal } from '../portal';
import { language } from '../visitor';
import { AddForm } from './add-form';
import { AskForm } from './ask-form';

/** @param accountId of the person that this browser has proven to be, as far as the page's guard says */
export async function AskForHelp({ accountId, action }: { accountId: string; action: FormAction }) {
  const running = await portal();
  const spoken = await language();
  const { helpdeskCases, help } = words(spoken);
  const { help: said, topics } = helpdeskCases;
  const { phone, hours } = running.settings.helpdesk;
  const open = await openHelp(running, accountId);
  const call = (
    <>
      <Fact name={said.call}>
        <PhoneLink number={phone} />
      </Fact>
      <Fact name={said.hours}>{hours[spoken]}</Fact>
    </>
  );
  if (open)
    return (
      <>
        <AddForm
          action={action}
          topic={open.topic}
          title={await titleOf(said.open.title)}
          heading={
            <>
              <h1>{said.open.title}</h1>
              <p className="lead">{said.open.lead}</p>
              <Summary>
                <Fact name={said.open.number}>
                  <b>{open.number}</b>
                </Fact>
                <Fact name={said.open.since}>{said.open.sinceAt(open.openedAt)}</Fact>
                {open.addedAt !== null && <Fact name={said.open.added}>{said.open.sinceAt(open.addedAt)}</Fact>}
                <Fact name={said.open.state}>{open.taken ? said.open.taken : said.open.waiting}</Fact>
                {call}
              </Summary>
              <p>{said.open.one}</p>
            </>
          }
          words={{ ...said.open.add, hint: said.textHint }}
        />
        <p className="hint">{help.never}</p>
      </>
    );
  return (
    <AskForm
      action={action}
      title={await titleOf(said.title)}
      heading={
        <>
          <h1>{said.title}</h1>
          <p className="lead">{said.lead}</p>
          <Summary>{call}</Summary>
        </>
      }
      topics={helpTopics.map((value) => ({ value, title: topics[value] }))}
      words={{ topic: said.topic, text: said.text, textHint: said.textHint, submit: said.submit }}
    />
  );
}
