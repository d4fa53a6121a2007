// The one way to write a server action: refuse foreign requests, find the flow, read the named fields, act, and go to the step that is
// then missing. Nothing that the browser sent decides which step that is.
import 'server-only';
import { revalidatePath } from 'next/cache';
import { headers } from 'next/headers';
import { notFound, RedirectType, redirect } from 'next/navigation';
import type { EnrolmentStep } from '#lib/enrolment/steps';
import type { Asked } from '#lib/help/ask-for-help';
import type { HelpdeskAction } from '#lib/helpdesk/rules';
import { problemSentence, words } from '#lib/language/language';
import type { ProofPlace } from '#lib/lost-phone/steps';
import type { ResetBeginning } from '#lib/password-reset/start-reset';
import type { Portal } from '#lib/portal';
import { provable } from '#lib/proof/facts';
import { type ProvenBy, proveFactor } from '#lib/proof/prove-factor';
import { provePasskeyAgain } from '#lib/proof/prove-passkey';
import { done, type Problem, type Result, refused } from '#lib/result';
import { isRoleUnknown } from '#lib/roles/facts';
import { originRefusal } from '#lib/sessions/origin';
import { leadsToConsole, returnTo } from '#lib/sessions/return-to';
import type { FactorKind } from '#lib/sign-in/steps';
import type { Agent, Flow, Member, MemberFlow, RecentlyProven, Reset } from '#lib/visitor';
import type { FormState } from './form-state';
import { continueEnrolment, continueLostPhone, continueSignIn, memberPlaceOf, type Place, placeOf } from './interaction';
import { askForHelpPath, interactionUid, lostPhoneProofPath, paths, type SecondFactorWay } from './paths';
import { portal } from './portal';
import { continueReset, currentReset, newReset } from './reset';
import { recentProof, rememberAgentProof, rememberProof, requireColleague, requireMember } from './session';
import { language } from './visitor';

type Fields = readonly string[];
type Input<F extends Fields> = { readonly [K in F[number]]: string };

/** @param F the form's fields; any other, or one sent twice, is refused (SEC-99) */
interface Form<F extends Fields> {
  readonly fields: F;
  /** Fields that may be shown again after a refusal: never a secret. */
  readonly keep?: readonly F[number][];
}

/** Of what is shown again, in UTF-16 units: a text of 1000 characters, whatever they are. */
const longestKept = 2000;

/** In UTF-16 units: more than anybody types, and less than what would cost us something to look at. */
const longestValue = 64 * 1024;

/** Arguments of an action are whatever was sent, whatever their types say: one that is no form ends here. (SEC-97) */
export function formOf(data: unknown): FormData {
  return data instanceof FormData ? data : notFound();
}

/**
 * Ends the action, as if it were not there, unless the request came from our own pages; needed beside proxy.ts, because Next lets a missing
 * Origin through (SEC-66, SEC-101).
 */
export async function refuseForeignRequest(): Promise<void> {
  const sent = await headers();
  const { settings, log } = await portal();
  const refusal = originRefusal({ method: 'POST', headers: sent }, settings.origin);
  if (!refusal) return;
  log.warn({ refusal }, 'Refused an action that did not come from our own pages.');
  notFound();
}

/** @returns the named fields, or the problem of the first one that can't be read */
function readForm<const F extends Fields>(data: FormData, { fields }: Form<F>): Result<Input<F>, 'unreadable' | 'too-long'> {
  for (const name of new Set(data.keys())) {
    if (!name.startsWith('$ACTION') && !fields.includes(name)) return { ok: false, problems: [{ code: 'unreadable' }] };
  }
  const input: Record<string, string> = {};
  for (const name of fields) {
    const [value = '', ...more] = data.getAll(name);
    if (typeof value === 'string' && value.length > longestValue) return { ok: false, problems: [{ code: 'too-long', field: name }] };
    if (typeof value !== 'string' || more.length > 0 || value.includes('\0')) return { ok: false, problems: [{ code: 'unreadable', field: name }] };
    input[name] = value;
  }
  return { ok: true, value: input as Input<F> };
}

async function refusal<F extends Fields>(state: FormState, data: FormData, form: Form<F>, problems: readonly Problem[]): Promise<FormState> {
  const spoken = await language();
  const kept = Object.fromEntries((form.keep ?? []).map((name) => [name, String(data.get(name) ?? '').slice(0, longestKept)]));
  return {
    problems: problems.map((p) => ({ ...p, sentence: beside(p, problemSentence(p, spoken)) })),
    kept,
    notice: null,
    attempt: nextAttempt(state),
  };
}

/** What happened and what to do are two paragraphs above a page, and one line beside a field. */
const beside = ({ field }: Problem, sentence: string) => (field === undefined ? sentence : sentence.replace('\n', '. '));

/** The state comes from the browser: nothing else of it is read. */
const nextAttempt = (state: FormState | null | undefined) => (Number.isSafeInteger(state?.attempt) ? Number(state?.attempt) : 0) + 1;

/** That it was done, said on the page itself. */
const noticeOf = (state: FormState, sentence: string): FormState => ({ problems: [], kept: {}, notice: sentence, attempt: nextAttempt(state) });

/**
 * What an action does, whoever sends its form. @param find who that is, or ends the action
 * @param expired what is answered where a step is no longer open (another tab was faster, or its time is over); else that is a problem as any
 */
async function acting<W, const F extends Fields, Value>(
  state: FormState,
  sent: FormData,
  form: Form<F>,
  find: () => Promise<W>,
  act: (portal: Portal, who: W, input: Input<F>) => Promise<Result<Value>>,
  then: (who: W, value: Value, input: Input<F>) => Promise<FormState>,
  expired?: (who: W) => Promise<FormState>,
): Promise<FormState> {
  await refuseForeignRequest();
  const data = formOf(sent);
  const who = await find();
  const input = readForm(data, form);
  if (!input.ok) return refusal(state, data, form, input.problems);
  const result = await act(await portal(), who, input.value);
  if (result.ok) return then(who, result.value, input.value);
  if (expired && result.problems[0].code === 'expired-page') return expired(who);
  return refusal(state, data, form, result.problems);
}

const placeInSignIn = (uid: string) => placeOf(uid, 'login');
const placeInEnrolment = (uid: string) => memberPlaceOf(uid, 'enrol');

/** @param expired as of `acting` */
const actionOf =
  <L extends Flow, const F extends Fields, Value>(
    findPlace: (uid: string) => Promise<Place<L>>,
    form: Form<F>,
    act: (portal: Portal, flow: L, input: Input<F>) => Promise<Result<Value>>,
    then: (place: Place<L>, value: Value, state: FormState) => Promise<FormState>,
    expired?: (place: Place<L>) => Promise<FormState>,
  ) =>
  (uid: string, state: FormState, sent: FormData): Promise<FormState> =>
    acting(
      state,
      sent,
      form,
      () => findPlace(uid),
      (running, { flow }, input) => act(running, flow, input),
      (place, value) => then(place, value, state),
      expired,
    );

/** An act of sign-in, which then goes to the step that is missing. @param way the page of the second factor to stay on while that is missing */
export const signInAction = <const F extends Fields>(
  form: Form<F>,
  act: (portal: Portal, flow: Flow, input: Input<F>) => Promise<Result<unknown>>,
  way?: SecondFactorWay,
) => {
  const go = (place: Place) => continueSignIn(place, way);
  return actionOf(placeInSignIn, form, act, go, go);
};

/** An act of a lost phone, which then goes to what is missing. */
export const lostPhoneAction = <const F extends Fields>(
  form: Form<F>,
  act: (portal: Portal, flow: Flow, input: Input<F>) => Promise<Result<unknown>>,
) => actionOf(placeInSignIn, form, act, continueLostPhone, continueLostPhone);

/** The choice of a proof there, which then goes to its page. */
export const lostPhoneChoice = <const F extends Fields>(
  form: Form<F>,
  act: (portal: Portal, flow: Flow, input: Input<F>) => Promise<Result<ProofPlace>>,
) =>
  actionOf(
    placeInSignIn,
    form,
    act,
    async (place, chosen) => redirect(lostPhoneProofPath(place.flow.uid, chosen), RedirectType.push),
    continueLostPhone,
  );

/** A question for the browser's authenticator, as JSON; null where its step is no longer open. Nothing but the flow comes from the browser. */
const questionOf =
  <L extends Flow>(findPlace: (uid: string) => Promise<Place<L>>, ask: (portal: Portal, flow: L) => Promise<Result<string>>) =>
  async (uid: string): Promise<string | null> => {
    await refuseForeignRequest();
    const place = await findPlace(uid);
    const asked = await ask(place.portal, place.flow);
    return asked.ok ? asked.value : null;
  };

export const signInQuestion = (ask: (portal: Portal, flow: Flow) => Promise<Result<string>>) => questionOf(placeInSignIn, ask);
export const enrolmentQuestion = (ask: (portal: Portal, flow: MemberFlow) => Promise<Result<string>>) => questionOf(placeInEnrolment, ask);

/** An act of sign-in that stays on its page and says that it was done. */
export const signInNotice = <const F extends Fields>(
  form: Form<F>,
  act: (portal: Portal, flow: Flow, input: Input<F>) => Promise<Result<unknown>>,
  sentence: () => Promise<string>,
) => actionOf(placeInSignIn, form, act, async (_place, _value, state) => noticeOf(state, await sentence()));

/** An act of the wizard, which then goes to the step that is missing. @param step where to go instead, while that is open */
export const enrolmentAction = <const F extends Fields>(
  form: Form<F>,
  act: (portal: Portal, flow: MemberFlow, input: Input<F>) => Promise<Result<unknown>>,
  step?: EnrolmentStep,
) => {
  const go = (place: Place<MemberFlow>) => continueEnrolment(place, step);
  return actionOf(placeInEnrolment, form, act, go, go);
};

/** After a call for help: back to the page, which then tells the number; of what was added to it the page says that it arrived. */
async function helpAnswer(path: string, { added }: Asked, state: FormState): Promise<FormState> {
  if (!added) return goOn(path);
  // With the answer comes the page as it is now.
  revalidatePath(path);
  return noticeOf(state, words(await language()).helpdeskCases.help.open.arrived);
}

/** Asks for help. */
const helpActionOf =
  <L extends Flow>(findPlace: (uid: string) => Promise<Place<L>>, from: 'enrol' | 'sign-in') =>
  <const F extends Fields>(form: Form<F>, act: (portal: Portal, flow: L, input: Input<F>) => Promise<Result<Asked>>) => {
    const path = ({ flow }: Place<L>) => askForHelpPath(from, flow.uid);
    return actionOf(
      findPlace,
      form,
      act,
      (place, asked, state) => helpAnswer(path(place), asked, state),
      async (place) => goOn(path(place)),
    );
  };

export const enrolmentHelpAction = helpActionOf(placeInEnrolment, 'enrol');
export const signInHelpAction = helpActionOf(placeInSignIn, 'sign-in');

/** Begins a password reset, and gives the browser the cookie of it. Field `from`: the interaction to come back to, looked at for its shape alone. */
export const beginResetAction =
  (act: (portal: Portal, reset: Reset, beginning: ResetBeginning, input: { readonly address: string }) => Promise<Result<unknown>>) =>
  (state: FormState, sent: FormData): Promise<FormState> =>
    acting(
      state,
      sent,
      { fields: ['address', 'from'], keep: ['address'] },
      newReset,
      (running, { reset, before }, input) => act(running, reset, { before, signIn: interactionUid(input.from) }, input),
      async ({ reset, keep }) => {
        await keep();
        return continueReset(reset);
      },
    );

const resetActionOf =
  <const F extends Fields, Value>(
    form: Form<F>,
    act: (portal: Portal, reset: Reset, input: Input<F>) => Promise<Result<Value>>,
    then: (reset: Reset, state: FormState, value: Value) => Promise<FormState>,
  ) =>
  (state: FormState, sent: FormData): Promise<FormState> =>
    acting(state, sent, form, currentReset, act, (reset, value) => then(reset, state, value), continueReset);

/** An act of a password reset, which then goes to the step that is missing. */
export const resetAction = <const F extends Fields>(
  form: Form<F>,
  act: (portal: Portal, reset: Reset, input: Input<F>) => Promise<Result<unknown>>,
) => resetActionOf(form, act, continueReset);

/** As `signInHelpAction`, in a password reset. */
export const resetHelpAction = <const F extends Fields>(
  form: Form<F>,
  act: (portal: Portal, reset: Reset, input: Input<F>) => Promise<Result<Asked>>,
) => resetActionOf(form, act, (_reset, state, asked) => helpAnswer(paths.askForHelpInReset, asked, state));

/** One that stays on its page and says that it was done. */
export const resetNotice = <const F extends Fields>(
  form: Form<F>,
  act: (portal: Portal, reset: Reset, input: Input<F>) => Promise<Result<unknown>>,
  sentence: () => Promise<string>,
) => resetActionOf(form, act, async (_reset, state) => noticeOf(state, await sentence()));

/** As `signInQuestion`, in a password reset. */
export const resetQuestion = (ask: (portal: Portal, reset: Reset) => Promise<Result<string>>) => async (): Promise<string | null> => {
  await refuseForeignRequest();
  const asked = await ask(await portal(), await currentReset());
  return asked.ok ? asked.value : null;
};

/** Where to go after an act of the account: a path of the portal. */
type Onward<F extends Fields, Value> = (value: Value, input: Input<F>) => string;

const memberActionOf =
  <const F extends Fields, Value>(
    form: Form<F>,
    act: (portal: Portal, member: Member, input: Input<F>) => Promise<Result<Value>>,
    then: (value: Value, input: Input<F>, state: FormState) => Promise<FormState>,
  ) =>
  (state: FormState, sent: FormData): Promise<FormState> =>
    acting(
      state,
      sent,
      form,
      () => requireMember(),
      act,
      (_member, value, input) => then(value, input, state),
    );

/**
 * An act of the account, for whom a session is enough. Ids that it names are in the form, and the act looks whose they are.
 * Copies of the pages kept by the browser's router go with the answer.
 */
export const memberAction = <const F extends Fields, Value>(
  form: Form<F>,
  act: (portal: Portal, member: Member, input: Input<F>) => Promise<Result<Value>>,
  onward: Onward<F, Value>,
) => memberActionOf(form, act, async (value, input) => goOn(onward(value, input)));

/** As `signInHelpAction`, from the account. */
export const memberHelpAction = <const F extends Fields>(
  form: Form<F>,
  act: (portal: Portal, member: Member, input: Input<F>) => Promise<Result<Asked>>,
) => memberActionOf(form, act, (asked, _input, state) => helpAnswer(paths.askForHelp, asked, state));

/** What `ProofField` asks with: the person's own passkey, where they have one, beside a code. */
async function proofAsked(running: Portal, member: Member, place: 'account' | 'console'): Promise<Pick<FormState, 'proof'>> {
  const { factors } = await provable(running, member);
  const { account, passkeys, secondFactor } = words(member.visitor.language);
  const has = (kind: FactorKind) => factors.some((factor) => factor.kind === kind);
  const { cancelled, unsupported, noScript } = passkeys;
  return {
    proof: {
      hint:
        place === 'console'
          ? account.confirm.form.code
          : has('totp')
            ? null
            : `${account.confirm.form.recoveryCode}. ${account.confirm.leadRecoveryCode}`,
      passkey: has('passkey') ? { label: secondFactor.passkey.form.submit, cancelled, unsupported, noScript } : null,
    },
  };
}

/**
 * An act of the account that changes a credential (SEC-36). When the proof is stale nothing is lost: the same form asks for a code in
 * its field `proof`, or for a passkey, and goes on when it is right. Needs `ProofField` in the form.
 */
export const provenAction =
  <const F extends Fields, Value>(
    form: Form<F>,
    act: (portal: Portal, member: RecentlyProven, input: Input<F>) => Promise<Result<Value>>,
    onward: Onward<F, Value>,
  ) =>
  async (state: FormState, sent: FormData): Promise<FormState> => {
    await refuseForeignRequest();
    const data = formOf(sent);
    const member = await requireMember();
    const read = readFormWithProof(data, form);
    if (!read.ok) return refusal(state, data, form, read.problems);
    const { input, proof } = read.value;
    const running = await portal();
    let proven = await recentProof();
    if (!proven) {
      const looked = await proofGiven(running, member, proof);
      if (!looked.ok) return notProven(running, member, state, data, form, looked.problems);
      proven = await rememberProof(member, looked.value);
      // The session ended meanwhile.
      if (!proven) return goOn(paths.account);
    }
    const result = await act(running, proven, input);
    if (!result.ok) return refusal(state, data, form, result.problems);
    return goOn(onward(result.value, input));
  };

/** What `ProofField` adds to a form. */
const proofFields = ['proof', 'passkey'] as const;
type Proof = Input<typeof proofFields>;

function readFormWithProof<const F extends Fields>(
  data: FormData,
  form: Form<F>,
): Result<{ readonly input: Input<F>; readonly proof: Proof }, 'unreadable' | 'too-long'> {
  const read = readForm(data, { fields: [...form.fields, ...proofFields] });
  if (!read.ok) return read;
  const all: Readonly<Record<string, string>> = read.value;
  return done({ input: all as Input<F>, proof: all as Proof });
}

/** Looks at what a form that was sent with a stale proof says beside its own fields. */
function proofGiven(running: Portal, member: Member, { proof, passkey }: Proof, place: 'account' | 'console' = 'account'): Promise<Result<ProvenBy>> {
  if (passkey !== '') return provePasskeyAgain(running, member, { credential: passkey });
  return proof === '' ? Promise.resolve(refused({ code: 'proof-needed' })) : proveFactor(running, member, { code: proof }, place);
}

async function notProven<F extends Fields>(
  running: Portal,
  member: Member,
  state: FormState,
  data: FormData,
  form: Form<F>,
  problems: readonly Problem[],
  place: 'account' | 'console' = 'account',
): Promise<FormState> {
  const about = problems.map((p) => ({ ...p, field: 'proof' }));
  return { ...(await refusal(state, data, form, about)), ...(await proofAsked(running, member, place)) };
}

/** An act of the console, and what its answer is. */
const agentActing =
  <const F extends Fields, Value>(
    action: HelpdeskAction,
    form: Form<F>,
    act: (portal: Portal, agent: Agent, input: Input<F>) => Promise<Result<Value>>,
    answer: (state: FormState, value: Value, input: Input<F>) => FormState,
  ) =>
  async (state: FormState, sent: FormData): Promise<FormState> => {
    await refuseForeignRequest();
    const data = formOf(sent);
    try {
      const { member, agent: proven } = await requireColleague(action);
      const read = readFormWithProof(data, form);
      if (!read.ok) return refusal(state, data, form, read.problems);
      const { input, proof } = read.value;
      const running = await portal();
      let agent = proven;
      if (!agent) {
        const looked = await proofGiven(running, member, proof, 'console');
        if (!looked.ok) return notProven(running, member, state, data, form, looked.problems, 'console');
        agent = await rememberAgentProof(action, member, looked.value);
        // The session ended meanwhile.
        if (!agent) return notProven(running, member, state, data, form, [{ code: 'factor-needed' }], 'console');
      }
      const result = await act(running, agent, input);
      if (!result.ok) return refusal(state, data, form, result.problems);
      return answer(state, result.value, input);
    } catch (error) {
      // The directory that gives roles does not answer: nothing was done, and nothing typed is lost.
      if (isRoleUnknown(error)) return refusal(state, data, form, [{ code: 'role-unknown' }]);
      throw error;
    }
  };

/**
 * An act of the helpdesk's console. The role is looked at now (SEC-75); a proof that is too old for the console is asked for in the same
 * form, as by `provenAction`, and nothing typed is lost. Ids that it names are in the form. @param onward a page of the console
 */
export const agentAction = <const F extends Fields, Value>(
  action: HelpdeskAction,
  form: Form<F>,
  act: (portal: Portal, agent: Agent, input: Input<F>) => Promise<Result<Value>>,
  onward: Onward<F, Value>,
) => agentActing(action, form, act, (_state, value, input) => goOn(onward(value, input)));

/** One whose answer itself shows something, once: it stands at no address, and nothing of it is kept. */
export const agentAnswer = <const F extends Fields>(
  action: HelpdeskAction,
  form: Form<F>,
  act: (portal: Portal, agent: Agent, input: Input<F>) => Promise<Result<{ readonly once: string }>>,
) => agentActing(action, form, act, (state, { once }) => ({ problems: [], kept: {}, notice: null, attempt: nextAttempt(state), once }));

/** As `signInQuestion`, for an act of the account that changes a credential; null also when the proof is stale, and the page then asks for it. */
export const provenQuestion = (ask: (portal: Portal, member: RecentlyProven) => Promise<Result<string>>) => async (): Promise<string | null> => {
  await refuseForeignRequest();
  const proven = await recentProof();
  const asked = proven && (await ask(await portal(), proven));
  return asked?.ok ? asked.value : null;
};

/** As `provenQuestion`, for whom a session is enough: null where there is nothing to ask. */
export const memberQuestion = (ask: (portal: Portal, member: Member) => Promise<Result<string>>) => async (): Promise<string | null> => {
  await refuseForeignRequest();
  const asked = await ask(await portal(), await requireMember());
  return asked.ok ? asked.value : null;
};

/** Proves a factor in this session with one field, and goes back to where the form says. */
export const confirmAction =
  <const F extends 'code' | 'credential' | 'request'>(
    field: F,
    prove: (portal: Portal, member: Member, input: Input<readonly [F]>, place: 'account' | 'console') => Promise<Result<ProvenBy>>,
  ) =>
  async (state: FormState, sent: FormData): Promise<FormState> => {
    await refuseForeignRequest();
    const data = formOf(sent);
    const form = { fields: [field, 'returnTo'] } as const;
    const member = await requireMember();
    const input = readForm(data, form);
    if (!input.ok) return refusal(state, data, form, input.problems);
    const running = await portal();
    const back = returnTo(data.get('returnTo'), running.settings.origin);
    const looked = await prove(running, member, input.value, leadsToConsole(back) ? 'console' : 'account');
    if (!looked.ok) return refusal(state, data, form, looked.problems);
    await rememberProof(member, looked.value);
    return goOn(back);
  };

function goOn(path: string): never {
  // Pages of the account that the browser's router keeps would show what is no longer so, or no longer anybody's to see.
  revalidatePath(paths.account, 'layout');
  redirect(path, RedirectType.push);
}
