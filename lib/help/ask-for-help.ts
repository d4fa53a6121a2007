// A person asks the helpdesk for help: from their account, from the wizard, or where a sign-in or a password reset is stuck. It opens a case,
// tells both sides by letter, and gives nobody anything. Whoever has a case open adds to it.
import { type CaseRow, findOpenHelp, insertCaseNote, listCaseNotes, listHelpSince } from '#db/cases';
import type { Script, Tx } from '#db/unit';
import { type By, recordEvent } from '../audit/record-event.ts';
import { openCase } from '../cases/open-case.ts';
import { judgeText, type TextProblem } from '../cases/rules.ts';
import { newId } from '../ids.ts';
import { queueNotice } from '../mail/queue-notice.ts';
import { readReset } from '../password-reset/facts.ts';
import type { Portal } from '../portal.ts';
import { done, type Result, refused } from '../result.ts';
import { readSignInFacts } from '../sign-in/facts.ts';
import type { Flow, Member, MemberFlow, Reset } from '../visitor.ts';
import { type HelpPlace, helpLimit, helpTextLimit, isHelpTopic, nextHelp } from './rules.ts';

/** `topic`: one of `helpTopics`; `text`: free, may be empty. */
export interface HelpInput {
  readonly topic: string;
  readonly text: string;
}
export type HelpProblem = TextProblem | 'choose-one' | 'help-open' | 'help-limit' | 'help-additions-limit';

export interface Asked {
  /** Of the case. */
  readonly number: string;
  /** Whether that was open already, and what was written stands there now. */
  readonly added: boolean;
}

export const askFromAccount = (portal: Portal, member: Member, input: HelpInput): Promise<Result<Asked, HelpProblem>> =>
  ask(portal, member, member.accountId, 'account', input);

export const askFromEnrolment = (portal: Portal, flow: MemberFlow, input: HelpInput): Promise<Result<Asked, HelpProblem>> =>
  ask(portal, flow, flow.accountId, 'enrolment', input);

/** A right password in this flow is enough: whoever gave it may be stuck at everything that comes after. */
export async function askFromSignIn(portal: Portal, flow: Flow, input: HelpInput): Promise<Result<Asked, HelpProblem | 'expired-page'>> {
  const { accountId } = await portal.store.read((tx) => readSignInFacts(tx, portal.settings.policy, flow, portal.now()));
  return accountId === null ? refused({ code: 'expired-page' }) : ask(portal, flow, accountId, 'sign-in', input);
}

/** Once the mailbox is proven. */
export async function askFromReset(portal: Portal, reset: Reset, input: HelpInput): Promise<Result<Asked, HelpProblem | 'expired-page'>> {
  const { person } = await portal.store.read((tx) => readReset(portal, tx, reset, portal.now()));
  return person ? ask(portal, reset, person.account.id, 'reset-password', input) : refused({ code: 'expired-page' });
}

async function ask(portal: Portal, by: By, accountId: string, from: HelpPlace, input: HelpInput): Promise<Result<Asked, HelpProblem>> {
  const { topic } = input;
  if (!isHelpTopic(topic)) return refused({ code: 'choose-one', field: 'topic' });
  const text = judgeText(input.text, helpTextLimit);
  if (!text.ok) return refused({ ...text.problems[0], field: 'text' });
  return portal.store.unit(accountId, function* (tx: Tx): Script<Result<Asked, HelpProblem>> {
    const now = portal.now();
    const open = yield* findOpenHelp(tx, accountId);
    if (open) return yield* add(portal, tx, now, by, open, from, { topic, text: text.value });
    const from24Hours = yield* listHelpSince(tx, accountId, now - helpLimit.within);
    const retryAt = nextHelp(from24Hours, now);
    if (retryAt !== null) return refused({ code: 'help-limit', retryAt });
    const note = { topic, from, ...(text.value !== '' && { text: text.value }) };
    const { number } = yield* openCase(portal, tx, now, accountId, { kind: 'help', eventId: null, note });
    const event = yield* recordEvent(tx, now, by, { type: 'help-asked', accountId, data: { case: number, topic, from } });
    yield* queueNotice(portal, tx, now, by, accountId, event, { kind: 'help-asked', caseNumber: number });
    return done({ number, added: false });
  });
}

/** One case at a time: what somebody writes meanwhile is a note of it, as theirs. Of a second click with nothing to say, nothing is kept. */
function* add(
  portal: Portal,
  tx: Tx,
  now: number,
  by: By,
  open: CaseRow,
  from: HelpPlace,
  { topic, text }: HelpInput,
): Script<Result<Asked, HelpProblem>> {
  const { id: number, accountId } = open;
  if (text === '') return refused({ code: 'help-open', field: 'text' });
  const own = (yield* listCaseNotes(tx, number)).filter(({ writtenBy }) => writtenBy === accountId);
  // A second click, or another tab.
  if ((own.at(-1)?.text ?? open.note.text) === text) return done({ number, added: true });
  const retryAt = nextHelp(
    own.map(({ at }) => at),
    now,
    helpLimit.additions,
  );
  if (retryAt !== null) return refused({ code: 'help-additions-limit', retryAt });
  const id = newId();
  yield* insertCaseNote(tx, { id, caseId: number, writtenBy: accountId, at: now, text });
  const event = yield* recordEvent(tx, now, by, { type: 'help-added', accountId, data: { case: number, note: id, topic, from } });
  yield* queueNotice(portal, tx, now, by, accountId, event, { kind: 'help-added', caseNumber: number });
  return done({ number, added: true });
}
