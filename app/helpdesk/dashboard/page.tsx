// The figures: how far enrolments are, what is stuck, what waits. Numbers that were counted beside requests, none of anybody.
import { lastFigures } from '#lib/figures/facts';
import { type Figures, halfSteps } from '#lib/figures/rules';
import { mayDo } from '#lib/helpdesk/rules';
import type { Words } from '#lib/language/fr';
import { words } from '#lib/language/language';
import { Bar } from '#ui/bar';
import { Actions, Button } from '#ui/button';
import { Notice } from '#ui/notice';
import { PrintButton } from '#ui/print-button';
import { Fact, Summary } from '#ui/rows';
import { Sentence } from '#ui/sentence';
import { HelpdeskShell } from '#ui/shell';
import { Table } from '#ui/table';
import { titleOf } from '#ui/title';
import { Empty } from '#ui/waiting';
import { casesPath, paths } from '../../paths';
import { portal } from '../../portal';
import { requireAgent } from '../../session';
import { HelpdeskMargin } from '../margin';
import { again } from './actions';
import { AgainForm } from './form';

type Said = Words['helpdeskCases']['dashboard'];

export default async function DashboardPage({ searchParams }: { searchParams: Promise<{ done?: string | string[] }> }) {
  const { done } = await searchParams;
  const agent = await requireAgent('see-dashboard', paths.dashboard);
  const { last, counting } = await lastFigures(await portal());
  const { helpdesk, helpdeskCases } = words(agent.visitor.language);
  const said = helpdeskCases.dashboard;
  return (
    <HelpdeskShell margin={<HelpdeskMargin agent={agent} current="dashboard" />}>
      <AgainForm
        action={again}
        title={await titleOf(helpdesk.places.dashboard, 'helpdesk')}
        heading={
          <>
            {counting ? (
              <Notice announce="status">
                <Sentence text={said.told.counting} />
              </Notice>
            ) : (
              done === 'counted' && <Notice tone="success" title={said.told.counted} announce="status" />
            )}
            <h1>{helpdesk.places.dashboard}</h1>
            {last && (
              <>
                <p className="lead">{said.asOf(last.at)}</p>
                <p className="only-print">{said.asOfDay(last.at)}</p>
              </>
            )}
            <p>{said.lead}</p>
          </>
        }
        submit={said.again}
      />
      {last ? <AllFigures figures={last.figures} said={said} moment={helpdeskCases.moment} /> : <Empty>{said.none}</Empty>}
      {last && (
        <div className="no-print">
          {mayDo(agent.role, 'export-dashboard') && (
            <form action={paths.dashboardFile} method="post">
              <p className="hint">{said.downloadHint}</p>
              <Actions>
                <Button kind="secondary" small>
                  {said.download}
                </Button>
              </Actions>
            </form>
          )}
          <PrintButton label={said.print} />
        </div>
      )}
    </HelpdeskShell>
  );
}

function AllFigures({ figures, said, moment }: { figures: Figures; said: Said; moment: (at: number) => string }) {
  const { accounts, half, weeks, waiting, funnel, cases } = figures;
  const { active } = accounts;
  const begun = halfSteps.reduce((sum, step) => sum + half[step].now, 0);
  const left = halfSteps.reduce((sum, step) => sum + half[step].left, 0);
  const most = Math.max(0, ...weeks.map(({ finished }) => finished));
  const current = weeks.at(-1)?.from;
  const { columns } = said.half;
  return (
    <>
      <section aria-labelledby="accounts">
        <h2 id="accounts">{said.accounts.title}</h2>
        <Summary>
          <Fact name={said.accounts.active}>{said.number(active)}</Fact>
          <Fact name={said.accounts.enrolled}>{said.share(figures.enrolled, active)}</Fact>
          <Fact name={said.accounts.half}>{said.share(begun, active)}</Fact>
          <Fact name={said.accounts.notStarted}>{said.share(figures.notStarted, active)}</Fact>
          <Fact name={said.accounts.oneFactor}>{said.share(figures.oneFactor, figures.enrolled)}</Fact>
          <Fact name={said.accounts.noFactor}>{said.number(figures.noFactor)}</Fact>
          <Fact name={said.accounts.suspended}>{said.number(figures.suspended)}</Fact>
          <Fact name={said.accounts.frozen}>{said.number(accounts.frozen)}</Fact>
          <Fact name={said.accounts.disabled}>{said.number(accounts.disabled)}</Fact>
        </Summary>
      </section>
      <Table
        caption={said.half.caption}
        columns={[columns.step, columns.now, columns.left]}
        rows={[
          ...halfSteps.map((step) => ({
            key: step as string,
            cells: [said.half.steps[step], said.number(half[step].now), said.number(half[step].left)] as const,
          })),
          { key: 'all', cells: [said.half.all, said.number(begun), said.number(left)] as const },
        ]}
      />
      <section aria-labelledby="funnel">
        <h2 id="funnel">{said.funnel.title}</h2>
        <Summary>
          <Fact name={said.funnel.started}>{said.number(funnel.started)}</Fact>
          <Fact name={said.funnel.finished}>{said.share(funnel.finished, funnel.started)}</Fact>
          <Fact name={said.funnel.median}>{funnel.median === null ? said.funnel.noMedian : said.funnel.length(funnel.median)}</Fact>
        </Summary>
      </section>
      <Table
        caption={`${said.weeks.caption}. ${said.weeks.barHint}`}
        columns={[said.weeks.columns.week, said.weeks.columns.finished, said.weeks.columns.bar]}
        rows={weeks.map(({ from, finished }) => ({
          key: String(from),
          cells: [
            from === current ? said.weeks.current(from) : said.weeks.week(from),
            said.number(finished),
            <span key="bar">
              <Bar share={most === 0 ? 0 : finished / most} />
              <span className="vh">{said.weeks.bar(finished, most)}</span>
            </span>,
          ],
        }))}
      />
      <section aria-labelledby="cases">
        <h2 id="cases">{said.cases.title}</h2>
        <Summary>
          <Fact name={said.cases.open}>
            <a href={casesPath('open', null)}>{said.number(cases.open)}</a>
          </Fact>
          <Fact name={said.cases.free}>{said.number(cases.free)}</Fact>
          {cases.oldest !== null && <Fact name={said.cases.oldest}>{moment(cases.oldest)}</Fact>}
        </Summary>
      </section>
      <section aria-labelledby="waiting">
        <h2 id="waiting">{said.waiting.title}</h2>
        <Summary>
          <Fact name={said.waiting.passwords}>{said.number(waiting.passwords)}</Fact>
          <Fact name={said.waiting.factors}>{said.number(waiting.factors)}</Fact>
          <Fact name={said.waiting.answers}>{said.number(waiting.answers)}</Fact>
        </Summary>
      </section>
      <section aria-labelledby="lately">
        <h2 id="lately">{said.lately.title}</h2>
        <Summary>
          <Fact name={said.lately.reEnrolled}>{said.number(figures.reEnrolled)}</Fact>
          <Fact name={said.lately.passes}>{said.number(figures.passes)}</Fact>
        </Summary>
      </section>
    </>
  );
}
