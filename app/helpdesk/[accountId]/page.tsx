// An account's card: who it is, what is wrong and what usually helps, what is in place, what happened; and what the agent may do.
import { notFound } from 'next/navigation';
import { type Card, cardOf } from '#lib/helpdesk/facts';
import { helpdeskRefusals, seenFrom } from '#lib/helpdesk/rules';
import { seeAccount } from '#lib/helpdesk/see-account';
import { words } from '#lib/language/language';
import { stateOf } from '#lib/search/rules';
import { listBrowsersOf } from '#lib/sessions/open-sessions';
import type { Agent } from '#lib/visitor';
import { ButtonLink } from '#ui/button';
import { Notice } from '#ui/notice';
import { LinkRows, Rows } from '#ui/rows';
import { HelpdeskShell } from '#ui/shell';
import { Tag } from '#ui/tag';
import { Title } from '#ui/title';
import { actPath, backToCardPath, cardEventsPath, paths, searchPath, verifyCallerPath } from '../../paths';
import { portal } from '../../portal';
import { requireAgent } from '../../session';
import { HelpdeskMargin } from '../margin';
import styles from './card.module.css';
import { Diagnoses } from './diagnoses';
import { EnrolmentSection } from './enrolment';
import { EventRow } from './event-row';
import { FactorsSection } from './factors';
import { Who } from './who';

/** In the order of the menu. What removes a factor stands beside the factor. */
const acts = ['unlock', 'send-reset', 'give-pass', 'end-sessions', 'freeze', 'unfreeze'] as const;
/** Where « Retour » leads. */
const places = { search: paths.helpdesk, case: paths.cases, removal: paths.removals, acts: paths.helpdeskActs } as const;
const tones = { active: 'success', 'to-finish': 'warning', blocked: 'danger', frozen: 'danger', disabled: 'danger' } as const;

export default async function CardPage({
  params,
  searchParams,
}: {
  params: Promise<{ accountId: string }>;
  searchParams: Promise<{ from?: string | string[]; q?: string | string[]; done?: string | string[] }>;
}) {
  const { accountId } = await params;
  const { from: asked, q, done } = await searchParams;
  const agent = await requireAgent('see-account', backToCardPath(accountId));
  const running = await portal();
  const card = await cardOf(running, agent, accountId);
  if (!card) notFound();
  const from = seenFrom.find((one) => one === asked) ?? 'search';
  await seeAccount(running, agent, accountId, from);
  const sessions = (await listBrowsersOf(running, accountId, null)).length;
  const now = running.now();
  const { helpdesk, helpdeskCard: said } = words(agent.visitor.language);
  const { name, status, kind, events, verification } = card;
  const state = stateOfCard(card);
  return (
    <HelpdeskShell
      margin={<HelpdeskMargin agent={agent} current="search" back={from === 'search' && typeof q === 'string' ? searchPath(q) : places[from]} />}
    >
      <Title page={name ?? ''} part="helpdesk" />
      {done === 'verified' && verification && (
        <Notice tone="success" title={said.verifyCaller.done.title} announce="status">
          <p>{said.verifyCaller.done.lead(verification.until)}</p>
        </Notice>
      )}
      <div className={styles.title}>
        <h1>{name}</h1>
        <p className={styles.tags}>
          <Tag tone={tones[state]}>{helpdesk.search.states[state]}</Tag> {kind && <Tag>{said.kinds[kind]}</Tag>}{' '}
          {status?.role && <Tag tone="accent">{helpdesk.roles[status.role]}</Tag>}
        </p>
      </div>
      <div className={styles.desk}>
        <div>
          <Diagnoses card={card} agent={agent} now={now} />
          <section aria-labelledby="who">
            <h2 id="who">{said.account}</h2>
            <Who card={card} sessions={sessions} agent={agent} now={now} />
          </section>
          <EnrolmentSection card={card} agent={agent} now={now} />
          <FactorsSection card={card} agent={agent} now={now} />
          <section aria-labelledby="events">
            <h2 id="events">{said.events}</h2>
            {events === null || events.length === 0 ? (
              <p className="hint">{said.noEvents}</p>
            ) : (
              <Rows>
                {events.map((event) => (
                  <EventRow key={event.id} event={event} agent={agent} now={now} />
                ))}
              </Rows>
            )}
            <p>
              <a href={cardEventsPath(accountId, null)}>
                {said.allEvents}
                <span className="vh">{said.of(name ?? '')}</span>
              </a>
            </p>
          </section>
        </div>
        <Acts card={card} agent={agent} />
      </div>
    </HelpdeskShell>
  );
}

/** As the search says it, of the same facts. */
function stateOfCard({ status, locks, factors, enrolment }: Card) {
  const all = locks?.all ?? [];
  const held = factors?.held ?? [];
  const disabled = all.filter(({ what, why }) => what === 'app' && why === 'disabled').length;
  return stateOf({
    status: status?.now ?? 'active',
    passwordRefused: all.some(({ what }) => what === 'password'),
    factors: held.length,
    factorsRefused: held.filter(({ frozenAt }) => frozenAt !== null).length + disabled,
    progress: enrolment?.step === 'done' ? { kind: 'finished' } : { kind: 'not-begun' },
  });
}

function Acts({ card, agent }: { card: Card; agent: Agent }) {
  const { helpdeskActs, helpdeskCard: said } = words(agent.visitor.language);
  const { id, verification, status } = card;
  const name = card.name ?? '';
  const refusal = card.acts['verify-caller'];
  // One opens what the other closes; of a closed account there is nothing to give.
  const closed = status !== null && status.now !== 'active';
  const idle: Readonly<Record<(typeof acts)[number], boolean>> = {
    unlock: false,
    'send-reset': closed,
    'give-pass': closed,
    'end-sessions': false,
    freeze: closed,
    unfreeze: status?.now !== 'frozen',
  };
  const listed = acts.filter((act) => !idle[act]);
  const open = listed.filter((act) => card.acts[act] === null);
  const shut = helpdeskRefusals.map((why) => [why, listed.filter((act) => card.acts[act] === why)] as const).filter(([, names]) => names.length > 0);
  return (
    <section className={styles.acts} aria-labelledby="acts">
      <h2 id="acts">{said.acts}</h2>
      {refusal === 'on-yourself' || refusal === 'on-a-colleague' ? (
        <p className="hint">{refusal === 'on-yourself' ? said.yourself : said.colleague}</p>
      ) : (
        <>
          <p className="hint">
            {verification ? said.verified[verification.method](verification.at, verification.until) : said.notVerified} {said.eachAct(name)}
          </p>
          <ButtonLink small kind={verification ? 'secondary' : 'primary'} href={verifyCallerPath(id)}>
            {verification ? said.verifyAgain : said.verify}
          </ButtonLink>
          {open.length > 0 && <LinkRows links={open.map((act) => ({ href: actPath(id, act), name: helpdeskActs.names[act] }))} />}
          {shut.map(([why, names]) => (
            <div key={why} className={styles.not}>
              <p className="hint">{said.whyNot[why]}</p>
              <ul>
                {names.map((act) => (
                  <li key={act}>{helpdeskActs.names[act]}</li>
                ))}
              </ul>
            </div>
          ))}
        </>
      )}
    </section>
  );
}
