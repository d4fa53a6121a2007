// Who an account is, where it comes from, when it was last used, what locks it.
import type { Card } from '#lib/helpdesk/facts';
import { words } from '#lib/language/language';
import type { Agent } from '#lib/visitor';
import { Fact, Summary } from '#ui/rows';
import { casePath } from '../../paths';
import styles from './card.module.css';

export function Who({ card, sessions, agent, now }: { card: Card; sessions: number; agent: Agent; now: number }) {
  const { helpdeskActs, helpdeskCard: said, helpdeskCases } = words(agent.visitor.language);
  const { maskedAddress, directory, status, locks, cases, sessions: used } = card;
  const closed = status?.closed ?? null;
  const lines = [
    ...(closed && status?.now === 'frozen' ? [said.frozen(closed.at, now, closed.reason)] : []),
    ...(closed && status?.now === 'disabled' ? [said.disabled[closed.by === 'directory' ? 'directory' : 'operator'](closed.at, now)] : []),
    ...(locks?.all ?? []).map((lock) => helpdeskActs.unlock.lock(lock, helpdeskActs.unlock.why[lock.why](lock.until))),
    ...(locks?.reEnrolment
      ? [
          locks.reEnrolment.stage === 'waiting'
            ? said.reEnrolment.waiting(locks.reEnrolment.from, now)
            : said.reEnrolment.open(locks.reEnrolment.until, now),
        ]
      : []),
    ...(locks?.mail ? [said.mail[locks.mail]] : []),
  ];
  const last = used?.lastSignIn ?? null;
  return (
    <Summary>
      <Fact name={said.address}>{maskedAddress}</Fact>
      {directory && <Fact name={said.directory}>{said.opened(said.directories[directory.kind], directory.since)}</Fact>}
      <Fact name={said.lastSignIn}>{last ? said.signedIn(last.at, now, last.proofs) : said.noSignIn}</Fact>
      <Fact name={said.sessions}>{said.openSessions(sessions)}</Fact>
      <Fact name={said.locks}>
        {lines.length === 0 ? (
          said.noLocks
        ) : (
          <ul className={styles.lines}>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </Fact>
      {cases !== null && cases.length > 0 && (
        <Fact name={said.cases}>
          <ul className={styles.lines}>
            {cases.map(({ number, kind, openedAt, taken }) => (
              <li key={number}>
                <a href={casePath(number)}>{said.case(number, helpdeskCases.kinds[kind], openedAt, now)}</a>
                {taken && ` (${said.taken})`}
              </li>
            ))}
          </ul>
        </Fact>
      )}
    </Summary>
  );
}
