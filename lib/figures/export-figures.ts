// Hands the figures out as a file: numbers alone, none of anybody, and it is written down that it was done (SEC-79).
import { recordEvent } from '../audit/record-event.ts';
import { seconds } from '../duration.ts';
import { type Words, words } from '../language/language.ts';
import type { Portal } from '../portal.ts';
import type { Agent } from '../visitor.ts';
import { lastFigures } from './facts.ts';
import { csvOf, type Figures, halfSteps, type Line } from './rules.ts';

/** The route has asked `requireColleague('export-dashboard')`. @returns the file's text; null before the first count */
export async function exportFigures(portal: Portal, agent: Agent): Promise<{ readonly at: number; readonly text: string } | null> {
  const { last } = await lastFigures(portal);
  if (!last) return null;
  await portal.store.unit(agent.agentId, (tx) =>
    recordEvent(tx, portal.now(), agent, { type: 'figures-exported', accountId: null, data: { at: last.at } }),
  );
  return { at: last.at, text: csvOf(fileOf(words(agent.visitor.language).helpdeskCases.dashboard, last.at, last.figures)) };
}

/** The figures as lines of a file, in the words of the page. */
function fileOf(
  words: Words['helpdeskCases']['dashboard'],
  at: number,
  { accounts, enrolled, notStarted, half, oneFactor, noFactor, suspended, waiting, funnel, weeks, reEnrolled, passes, cases }: Figures,
): Line[] {
  const head = words.fileHead;
  const part = (title: string, lines: readonly (readonly [string, number])[]): Line[] => lines.map(([what, number]) => [title, what, number]);
  const begun = halfSteps.reduce((sum, step) => sum + half[step].now, 0);
  return [
    [head.section, head.what, head.number],
    [words.asOf(at), words.asOfDay(at), ''],
    ...part(words.accounts.title, [
      [words.accounts.active, accounts.active],
      [words.accounts.enrolled, enrolled],
      [words.accounts.half, begun],
      [words.accounts.notStarted, notStarted],
      [words.accounts.oneFactor, oneFactor],
      [words.accounts.noFactor, noFactor],
      [words.accounts.suspended, suspended],
      [words.accounts.frozen, accounts.frozen],
      [words.accounts.disabled, accounts.disabled],
    ]),
    ...part(words.waiting.title, [
      [words.waiting.passwords, waiting.passwords],
      [words.waiting.factors, waiting.factors],
      [words.waiting.answers, waiting.answers],
    ]),
    ...part(
      words.half.caption,
      halfSteps.flatMap((step) => [
        [words.half.steps[step], half[step].now],
        [`${words.half.steps[step]} (${head.left})`, half[step].left],
      ]),
    ),
    ...part(words.funnel.title, [
      [words.funnel.started, funnel.started],
      [words.funnel.finished, funnel.finished],
      ...(funnel.median === null ? [] : [[`${words.funnel.median} (${head.seconds})`, funnel.median / seconds(1)] as const]),
    ]),
    ...part(
      words.weeks.caption,
      weeks.map(({ from, finished }) => [`${words.weeks.columns.week} ${words.weeks.week(from)}`, finished]),
    ),
    ...part(words.lately.title, [
      [words.lately.reEnrolled, reEnrolled],
      [words.lately.passes, passes],
    ]),
    ...part(words.cases.title, [
      [words.cases.open, cases.open],
      [words.cases.free, cases.free],
    ]),
  ];
}
