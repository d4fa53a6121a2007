// What is wrong with the account, in a sentence, and what usually helps.
import type { Diagnosis, DiagnosisKey } from '#lib/helpdesk/diagnosis/rules';
import type { Card } from '#lib/helpdesk/facts';
import { words } from '#lib/language/language';
import type { Agent } from '#lib/visitor';
import { Notice, type NoticeTone } from '#ui/notice';
import { type ActPage, actPath, verifyCallerPath } from '../../paths';

/** More is in the sections. */
const others = 3;
const tones: Partial<Record<DiagnosisKey, NoticeTone>> = { fine: 'success', disabled: 'danger', 'left-directory': 'danger', frozen: 'danger' };
const mild: ReadonlySet<DiagnosisKey> = new Set([
  'half-enrolled',
  'never-came',
  'some-frozen',
  'silent-phone',
  'no-recovery-codes',
  'one-factor',
  'password-unseen',
  'replacing',
]);
const isActPage = (act: string | null): act is ActPage =>
  act !== null && ['unlock', 'send-reset', 'give-pass', 'end-sessions', 'freeze', 'unfreeze'].includes(act);

export function Diagnoses({ card, agent, now }: { card: Card; agent: Agent; now: number }) {
  const { helpdeskActs, helpdeskCard: said } = words(agent.visitor.language);
  const [first, ...more] = card.diagnoses;
  const [title, help] = said.diagnoses[first.key](detailsOf(first, card, agent, now));
  const helps = isActPage(first.act) ? first.act : null;
  const refusal = helps && card.acts[helps];
  return (
    <section aria-label={said.diagnosis}>
      <Notice
        tone={tones[first.key] ?? (mild.has(first.key) ? 'info' : 'warning')}
        title={title}
        action={
          helps &&
          (refusal === null ? (
            <a href={actPath(card.id, helps)}>{helpdeskActs.names[helps]}</a>
          ) : (
            refusal === 'caller-not-verified' && <a href={verifyCallerPath(card.id)}>{said.verify}</a>
          ))
        }
      >
        <p>{help}</p>
      </Notice>
      {more.length > 0 && (
        <p className="hint">{said.also(more.slice(0, others).map((one) => said.diagnoses[one.key](detailsOf(one, card, agent, now))[0]))}</p>
      )}
    </section>
  );
}

/** Which lock a diagnosis speaks of. */
const about: Partial<Record<DiagnosisKey, string>> = {
  'password-waits': 'password',
  'app-waits': 'app',
  'recovery-codes-closed': 'recovery-codes',
  'pass-waits': 'pass',
  'answers-closed': 'answers',
};

function detailsOf({ key }: Diagnosis, { status, locks, enrolment, factors, lately }: Card, agent: Agent, now: number) {
  const { steps } = words(agent.visitor.language).helpdeskCard.enrolment;
  const closed = status?.closed ?? null;
  const leave = locks?.reEnrolment ?? null;
  const lock = locks?.all.find(({ what, until }) => what === about[key] && until !== null);
  return {
    now,
    at:
      key === 'code-untyped'
        ? lately.codeSentAt
        : key === 'wrong-password' || key === 'password-unseen'
          ? lately.wrongPasswordAt
          : (closed?.at ?? null),
    until: key === 're-enrolment-waiting' ? (leave?.from ?? null) : key === 'replacing' ? (leave?.until ?? null) : (lock?.until ?? null),
    reason: closed?.reason ?? null,
    count: enrolment?.wrongCodes?.count ?? 0,
    drift: enrolment?.drift ?? 0,
    step: steps[enrolment?.step ?? 'welcome'],
    questions: factors?.questions ?? false,
    role: status?.role != null,
  };
}
