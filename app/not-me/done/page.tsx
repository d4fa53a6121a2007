// After « Ce n’était pas moi »: what was done, the case's number, what to do next. Reads nothing of anybody.
import { isCaseNumber } from '#lib/cases/rules';
import { type Advice, advices } from '#lib/disavowal/rules';
import { words } from '#lib/language/language';
import { Actions, ButtonLink, Ways } from '#ui/button';
import { Fact, Summary } from '#ui/rows';
import { Shell } from '#ui/shell';
import { Title } from '#ui/title';
import { paths } from '../../paths';
import { portal } from '../../portal';
import { language } from '../../visitor';

type Query = Record<string, string | string[] | undefined>;

export default async function DisownedPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const { helpdesk } = (await portal()).settings;
  const { notMe, frame } = words(await language());
  const { done: said } = notMe;
  const stays = query.session === 'open';
  const advice: Advice = advices.find((one) => one === query.next) ?? 'call-helpdesk';
  const changes = advice === 'change-password';
  return (
    <Shell>
      <Title page={said.title} />
      <h1>{said.title}</h1>
      <p className="lead">{stays ? said.stays : said.signedOut}</p>
      {isCaseNumber(query.case) && (
        <>
          <Summary>
            <Fact name={said.caseNumber}>{query.case}</Fact>
          </Summary>
          <p className="hint">{said.caseHint}</p>
        </>
      )}
      <section aria-labelledby="next">
        <h2 id="next">{said.nextTitle}</h2>
        <p>{stays ? said.adviceHere[advice] : said.advice[advice]}</p>
        <p>{said.nothingLeft(helpdesk.phone)}</p>
      </section>
      <Actions>
        {changes ? (
          <ButtonLink href={paths.password}>{said.changePassword}</ButtonLink>
        ) : (
          <ButtonLink href={paths.activity}>{stays ? said.toActivity : said.signIn}</ButtonLink>
        )}
      </Actions>
      <Ways>
        <a href={paths.help}>{frame.help}</a>
      </Ways>
    </Shell>
  );
}
