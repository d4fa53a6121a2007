// A browser's place between an application and its answer: who asks, which step is open, and how a finished flow goes back.
// Guards only read.
import 'server-only';
import { revalidatePath } from 'next/cache';
import { headers } from 'next/headers';
import { RedirectType, redirect } from 'next/navigation';
import { enrolmentFacts, enrolmentPolicy, mayFollowFactor } from '#lib/enrolment/facts';
import { finishEnrolment } from '#lib/enrolment/finish-enrolment';
import { type EnrolmentStep, isEnrolmentStepOpen, nextEnrolmentStep } from '#lib/enrolment/steps';
import { requestOnScreen } from '#lib/factors/phone/facts';
import { type KnownLostPhone, lostPhoneFacts } from '#lib/lost-phone/facts';
import { findPhone } from '#lib/lost-phone/find-phone';
import { finishLostPhone } from '#lib/lost-phone/finish-lost-phone';
import { isLostPhoneStepOpen, isProofOpen, type LostPhoneStep, nextLostPhoneStep, type ProofPlace } from '#lib/lost-phone/steps';
import { answerInteraction, applicationOfInteraction, type InteractionDetails, interactionOf } from '#lib/oidc/interaction';
import type { Portal } from '#lib/portal';
import { askPhone } from '#lib/sign-in/ask-phone';
import { type KnownSignIn, signInFacts } from '#lib/sign-in/facts';
import { finishSignIn } from '#lib/sign-in/finish-sign-in';
import { firstFactor, nextSignInStep, type SignInStep } from '#lib/sign-in/steps';
import { type Flow, type MemberFlow, mint } from '#lib/visitor';
import { enrolPath, lostPhonePath, lostPhoneProofPath, problemPath, type SecondFactorWay, secondFactorPath, signInPath } from './paths';
import { portal } from './portal';
import { rememberBrowser, visitor } from './visitor';

export interface Place<F extends Flow = Flow> {
  readonly portal: Portal;
  readonly flow: F;
  readonly details: InteractionDetails;
}

/** A page that says what became of the flow, with the way back to its application where that is known. */
async function lost(running: Portal, uid: string, code: string): Promise<never> {
  const known = await applicationOfInteraction(running, uid);
  redirect(problemPath(code, known?.application.id), RedirectType.replace);
}

/** The flow of this page, or a redirect to a page that says what to do. (SEC-92) */
async function placeOf(uid: string, prompt: Flow['prompt']): Promise<Place> {
  const running = await portal();
  const found = await interactionOf(running, { cookie: (await headers()).get('cookie') ?? '' }, uid);
  if (!found.ok) return lost(running, uid, found.problems[0].code);
  const details = found.value;
  if (details.prompt !== prompt) return lost(running, uid, 'expired');
  const flow = mint<Flow>({
    uid,
    prompt,
    application: details.application,
    visitor: await visitor(),
    accountId: prompt === 'login' ? null : details.accountId,
    acr: prompt === 'login' ? null : details.acr,
    session: details.session,
  });
  return { portal: running, flow, details };
}

/** @returns the flow of a prompt that comes after sign-in, with the person the provider knows */
async function memberPlaceOf(uid: string, prompt: 'enrol' | 'consent'): Promise<Place<MemberFlow>> {
  const place = await placeOf(uid, prompt);
  if (!place.flow.accountId) return lost(place.portal, uid, 'expired');
  return place as Place<MemberFlow>;
}

/** The page of a step: of the second factor, the one of the factor that comes first for this person. */
function signInPageOf(uid: string, step: SignInStep, facts: KnownSignIn): string {
  if (step === 'second-factor') {
    const first = firstFactor(facts.working, facts.lastUsed);
    if (first !== 'totp') return secondFactorPath(uid, first);
  }
  return signInPath(uid, step === 'done' ? 'password' : step);
}

/** The guard of a sign-in page: the facts when its step is open, else a redirect to the one that is. The password page is always open. */
export async function signInPlace(uid: string, step: Exclude<SignInStep, 'done'>) {
  const place = await placeOf(uid, 'login');
  const facts = await signInFacts(place.portal, place.flow);
  const next = nextSignInStep(facts);
  if (step !== 'password' && step !== next) redirect(signInPageOf(uid, next, facts));
  return { ...place, facts };
}

/** The guard of a wizard page. */
export async function enrolmentPlace(uid: string, step: EnrolmentStep) {
  const place = await memberPlaceOf(uid, 'enrol');
  const facts = await enrolmentFacts(place.portal, place.flow);
  const policy = enrolmentPolicy(place.portal.settings);
  if (!isEnrolmentStepOpen(step, facts, policy)) redirect(enrolPath(uid, nextEnrolmentStep(facts, policy)));
  // Somebody has proven a factor elsewhere meanwhile: the application sends this browser back, to prove it here too.
  if (!(await mayFollowFactor(place.portal, place.flow, step))) await lost(place.portal, uid, 'expired');
  return { ...place, facts };
}

/** The guard of the page that asks for help in the wizard: open at every step. @returns `next`: where to go back to */
export async function enrolmentHelpPlace(uid: string) {
  const place = await memberPlaceOf(uid, 'enrol');
  const facts = await enrolmentFacts(place.portal, place.flow);
  return { ...place, next: nextEnrolmentStep(facts, enrolmentPolicy(place.portal.settings)) };
}

/** The guard of the page that asks for help during a sign-in: once a password was right. @returns `back`: the step that is open */
export async function signInHelpPlace(uid: string) {
  const place = await placeOf(uid, 'login');
  const facts = await signInFacts(place.portal, place.flow);
  const back = signInPageOf(uid, nextSignInStep(facts), facts);
  if (facts.accountId === null) redirect(back);
  return { ...place, accountId: facts.accountId, back };
}

type LostPhonePlace = Place & { readonly facts: KnownLostPhone };

/** Where this person belongs, who has come to a page on the way of a lost phone that is not open. */
function elsewhere({ flow, facts }: LostPhonePlace): never {
  const next = nextLostPhoneStep(facts);
  if (next === 'password') redirect(signInPageOf(flow.uid, nextSignInStep(facts.signIn), facts.signIn));
  redirect(lostPhonePath(flow.uid, next));
}

async function lostPhoneAt(uid: string): Promise<LostPhonePlace> {
  const place = await placeOf(uid, 'login');
  return { ...place, facts: await lostPhoneFacts(place.portal, place.flow) };
}

/** The guard of a page of a lost phone. */
export async function lostPhonePlace(uid: string, step: Exclude<LostPhoneStep, 'password'>): Promise<LostPhonePlace> {
  const place = await lostPhoneAt(uid);
  return isLostPhoneStepOpen(step, place.facts) ? place : elsewhere(place);
}

/** The guard of a page of one proof, within step prove-identity. */
export async function lostPhoneProofPlace(uid: string, proof: ProofPlace): Promise<LostPhonePlace> {
  const place = await lostPhoneAt(uid);
  return isProofOpen(proof, place.facts) ? place : elsewhere(place);
}

/** Where to go after an act of a lost phone: what is missing next, or the provider and then the wizard. Only in a server action. */
export async function continueLostPhone({ portal, flow }: Place): Promise<never> {
  const facts = await lostPhoneFacts(portal, flow);
  if (nextLostPhoneStep(facts) !== 'done') {
    if (isProofOpen('answers', facts)) redirect(lostPhoneProofPath(flow.uid, 'answers'), RedirectType.push);
    return elsewhere({ portal, flow, facts } as LostPhonePlace);
  }
  const finished = await finishLostPhone(portal, flow);
  if (!finished) redirect(signInPath(flow.uid, 'password'), RedirectType.replace);
  const { accountId, acr, amr, authenticatedAt } = finished;
  return leave(portal, flow, { login: { accountId, acr, amr: [...amr], ts: Math.floor(authenticatedAt / 1000), remember: false } });
}

/** « Je l’ai retrouvé »: the session that could replace the phone is worth nothing any more, and the provider asks for a sign-in. */
export async function leaveFoundPhone(uid: string): Promise<never> {
  const { portal, flow } = await memberPlaceOf(uid, 'enrol');
  const found = await findPhone(portal, flow);
  if (!found.ok) return continueEnrolment({ portal, flow } as Place<MemberFlow>);
  return leave(portal, flow, { enrol: {} });
}

export const consentPlace = (uid: string) => memberPlaceOf(uid, 'consent');

/**
 * Where to go after an act of sign-in: the next step, or back to the provider when nothing is missing. Only in a server action.
 * @param way the page of the second factor to stay on while that is missing
 */
export async function continueSignIn({ portal, flow }: Place, way?: SecondFactorWay): Promise<never> {
  const facts = await signInFacts(portal, flow);
  const next = nextSignInStep(facts);
  if (next === 'second-factor') {
    if (way) redirect(secondFactorPath(flow.uid, way), RedirectType.push);
    // The first request of a flow needs no button of its own: the password's was one. When it can't be made, the page says why.
    if (firstFactor(facts.working, facts.lastUsed) === 'phone' && !(await requestOnScreen(portal, flow))) await askPhone(portal, flow);
  }
  if (next !== 'done') redirect(signInPageOf(flow.uid, next, facts), RedirectType.push);
  const finished = await finishSignIn(portal, flow, await rememberBrowser());
  if (!finished) redirect(signInPath(flow.uid, 'password'), RedirectType.replace);
  return leave(portal, flow, {
    login: {
      accountId: finished.accountId,
      acr: finished.acr,
      amr: [...finished.amr],
      ts: Math.floor(finished.authenticatedAt / 1000),
      remember: false,
    },
  });
}

/** @param step where to go instead of the next step, while that is open */
export async function continueEnrolment({ portal, flow }: Place<MemberFlow>, step?: EnrolmentStep): Promise<never> {
  // The browser's router must not keep the pages of this flow: Back would show a key or codes that are nobody's to see any more (T8).
  revalidatePath(`/enrol/${flow.uid}`, 'layout');
  const facts = await enrolmentFacts(portal, flow);
  const policy = enrolmentPolicy(portal.settings);
  const open = step && isEnrolmentStepOpen(step, facts, policy) ? step : nextEnrolmentStep(facts, policy);
  redirect(enrolPath(flow.uid, open), RedirectType.push);
}

/** From the wizard's last page back to the provider; what was proven in the wizard raises the session. */
export async function leaveEnrolment(uid: string): Promise<never> {
  const { portal, flow } = await memberPlaceOf(uid, 'enrol');
  const finished = await finishEnrolment(portal, flow);
  if (!finished) return continueEnrolment({ portal, flow } as Place<MemberFlow>);
  const { accountId, raised } = finished;
  return leave(portal, flow, {
    enrol: {},
    ...(raised && { login: { accountId, acr: raised.acr, amr: [...raised.amr], ts: Math.floor(raised.authenticatedAt / 1000), remember: false } }),
  });
}

/** Hands the answer to oidc-provider and sends the browser where it says. `replace`: Back must not return to a finished flow. */
export async function leave(portal: Portal, flow: Flow, result: Record<string, unknown>): Promise<never> {
  const answered = await answerInteraction(portal, { cookie: (await headers()).get('cookie') ?? '' }, flow.uid, flow.prompt, result);
  if (!answered.ok) return lost(portal, flow.uid, answered.problems[0].code);
  redirect(answered.value, RedirectType.replace);
}

export { memberPlaceOf, placeOf };
