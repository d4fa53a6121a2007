// The account's home: how well protected, the one next thing worth doing, each place in a line, and the way out of every session.
import { findAccount } from '#lib/accounts/facts';
import { activityOf } from '#lib/audit/facts';
import { listConsents } from '#lib/consent/facts';
import { inPlace } from '#lib/factors/facts';
import { words } from '#lib/language/language';
import { type NextThing, protection } from '#lib/protection/rules';
import { listSignedInBrowsers } from '#lib/sessions/open-sessions';
import { Actions, Button, ButtonLink } from '#ui/button';
import { Notice } from '#ui/notice';
import { Fact, Summary } from '#ui/rows';
import { AccountShell } from '#ui/shell';
import { Title } from '#ui/title';
import { paths } from '../paths';
import { portal } from '../portal';
import { requireMember } from '../session';
import { endAllSessions } from './actions';
import { AccountMargin, type AccountPlace } from './margin';

const nextPaths = {
  'add-factor': paths.addFactor,
  'add-second-factor': paths.addFactor,
  'make-recovery-codes': paths.recoveryCodes,
  'choose-questions': paths.questions,
  'renew-questions': paths.questions,
} as const satisfies Record<NextThing, string>;

export default async function AccountHome({ searchParams }: { searchParams: Promise<{ done?: string | string[] }> }) {
  const { done } = await searchParams;
  const member = await requireMember(paths.account);
  const running = await portal();
  const [account, held, consents, latest, browsers] = await Promise.all([
    findAccount(running, member.accountId),
    inPlace(running, member.accountId),
    listConsents(running, member.accountId),
    activityOf(running, member.accountId, { limit: 1, kind: null, before: null }),
    listSignedInBrowsers(running, member),
  ]);
  if (!account) throw new Error('A session of an account that is not there');
  const spoken = words(member.visitor.language);
  const { home } = spoken.account;
  const working = held.factors.filter(({ frozenAt }) => frozenAt === null);
  const [factor] = working;
  const codes = held.recoveryCodes;
  const { level, next } = protection(
    { factors: working.length, recoveryCodesLeft: codes?.left ?? null, questions: running.settings.questions, answeredAt: held.answeredAt },
    running.now(),
  );
  const told = typeof done === 'string' && Object.hasOwn(home.done, done) ? home.done[done as keyof typeof home.done] : null;
  const [happened] = latest.happenings;
  const { verbs } = home;
  const { activity } = spoken.account;
  const brief: readonly { place: AccountPlace; href: string; says: string; verb: string }[] = [
    { place: 'factors', href: paths.factors, says: factor ? home.factorsSay(factor.name, working.length) : home.factorsNone, verb: verbs.manage },
    ...(running.settings.questions
      ? [
          {
            place: 'questions' as const,
            href: paths.questions,
            says: held.answeredAt === null ? home.questionsNone : home.questionsChosen(held.answeredAt),
            verb: held.answeredAt === null ? verbs.choose : verbs.change,
          },
        ]
      : []),
    {
      place: 'password',
      href: paths.password,
      says: held.passwordChangedAt === null ? home.passwordSay : home.passwordChanged(held.passwordChangedAt),
      verb: verbs.change,
    },
    { place: 'applications', href: paths.applications, says: home.applicationsWith(consents.length), verb: verbs.see },
    { place: 'sessions', href: paths.sessions, says: spoken.account.sessions.signedIn(browsers.length), verb: verbs.see },
    {
      place: 'activity',
      href: paths.activity,
      says: happened
        ? home.happened(activity.events[happened.type]({ application: happened.application, factor: happened.factor }), happened.at)
        : activity.none,
      verb: verbs.see,
    },
    { place: 'data', href: paths.data, says: home.dataSay, verb: verbs.download },
  ];
  return (
    <AccountShell label={spoken.account.label} margin={<AccountMargin member={member} current="home" />}>
      <Title page={home.title} />
      {told && <Notice tone="success" title={told} announce="status" />}
      <h1>{home.level[level].heading}</h1>
      <p className="lead">{factor ? home.protectedLead(factor.name, working.length - 1) : home.unprotectedLead}</p>
      {next && (
        <Notice title={next === 'make-recovery-codes' && codes ? home.fewCodes(codes.left) : home.next[next].title}>
          <p>{home.next[next].why}</p>
          <Actions>
            <ButtonLink small href={nextPaths[next]}>
              {home.next[next].act}
            </ButtonLink>
          </Actions>
        </Notice>
      )}
      <section aria-labelledby="brief">
        <h2 id="brief">{home.briefHeading}</h2>
        <Summary>
          {brief.map(({ place, href, says, verb }) => (
            <Fact
              key={place}
              name={spoken.account.places[place]}
              action={
                <a href={href}>
                  {verb}
                  <span className="vh"> {spoken.account.places[place]}</span>
                </a>
              }
            >
              {says}
            </Fact>
          ))}
        </Summary>
      </section>
      <section aria-labelledby="sessions">
        <h2 id="sessions">{home.sessionsHeading}</h2>
        <p>{home.sessionsLead}</p>
        <form action={endAllSessions}>
          <Button kind="secondary">{home.signOutEverywhere}</Button>
        </form>
      </section>
    </AccountShell>
  );
}
