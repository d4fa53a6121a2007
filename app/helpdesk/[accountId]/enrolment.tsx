// How far the person came in the wizard, and where they are stuck since when.
import { type EnrolmentStep, enrolmentSteps } from '#lib/enrolment/steps';
import type { Card } from '#lib/helpdesk/facts';
import { words } from '#lib/language/language';
import type { Agent } from '#lib/visitor';
import { Icon } from '#ui/icon';
import { NumberedRows } from '#ui/rows';
import styles from './card.module.css';

export function EnrolmentSection({ card: { enrolment, factors }, agent, now }: { card: Card; agent: Agent; now: number }) {
  if (!enrolment) return null;
  const said = words(agent.visitor.language).helpdeskCard.enrolment;
  const { step, doneAt, since, wrongCodes, finishedAt } = enrolment;
  const shown = enrolmentSteps.filter((s) => s !== 'welcome' && s !== 'done' && (s !== 'answer-questions' || factors?.questions !== false));
  const here = shown.indexOf(step);
  const title = step === 'done' ? said.finished : step === 'welcome' ? said.notBegun : said.title(here + 1, shown.length);
  const note = (s: EnrolmentStep) => {
    const at = doneAt[s];
    if (s !== step) return at === undefined ? null : said.doneAt(at, now);
    if (wrongCodes) return said.wrongCodes(wrongCodes.count, wrongCodes.first, wrongCodes.last);
    return since === null ? null : said.since(since, now);
  };
  return (
    <section aria-labelledby="progress">
      <h2 id="progress">{title}</h2>
      {step === 'welcome' && <p>{said.notBegunLead}</p>}
      {step === 'done' && finishedAt !== null && <p>{said.finishedAt(finishedAt)}</p>}
      {step !== 'welcome' && step !== 'done' && (
        <NumberedRows>
          {shown.map((s, i) => (
            <li key={s} className={styles.step} aria-current={s === step ? 'step' : undefined}>
              {i < here && <Icon name="check" />}
              <div>
                {s === step ? <b>{said.steps[s]}</b> : said.steps[s]}
                <span className="vh">{i < here ? said.done : s === step ? said.here : ''}</span>
              </div>
              {note(s) && <p className="hint">{note(s)}</p>}
            </li>
          ))}
        </NumberedRows>
      )}
    </section>
  );
}
