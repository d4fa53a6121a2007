// What confirms that it is this person: kinds and dates, never what they hold.
import type { Card, CardFactor } from '#lib/helpdesk/facts';
import { words } from '#lib/language/language';
import type { Agent } from '#lib/visitor';
import type { IconName } from '#ui/icon';
import { Item, Rows } from '#ui/rows';
import { Tag } from '#ui/tag';
import { askRemovalPath } from '../../paths';

const icons = { totp: 'sixFigures', phone: 'phone', passkey: 'key' } as const satisfies Record<string, IconName>;

export function FactorsSection({ card, agent, now }: { card: Card; agent: Agent; now: number }) {
  const { helpdeskCard: said } = words(agent.visitor.language);
  if (!card.factors) return null;
  const { held, pending, recoveryCodes, answeredAt, questions } = card.factors;
  const lines = ({ kind, createdAt, lastUsedAt, phone }: CardFactor) => [
    said.added(said.kindsOfFactor[kind], createdAt, lastUsedAt),
    ...(phone
      ? [
          said.seen(phone.seenAt, now),
          phone.notifications === 'arrive' ? said.notifications.arrive(phone.notifiedAt, now) : said.notifications[phone.notifications],
        ]
      : []),
  ];
  const tagOf = ({ frozenAt, phone }: CardFactor) =>
    phone?.lockedAt != null ? <Tag tone="danger">{said.blocked}</Tag> : frozenAt !== null ? <Tag tone="danger">{said.suspended}</Tag> : undefined;
  return (
    <section aria-labelledby="factors">
      <h2 id="factors">{said.factors}</h2>
      {held.length === 0 && !pending && <p>{said.noFactor}</p>}
      <Rows>
        {held.map((factor) => (
          <Item
            key={factor.id}
            icon={icons[factor.kind]}
            name={factor.name}
            tag={tagOf(factor)}
            lines={lines(factor)}
            action={
              card.acts['ask-removal'] === null && (
                <a href={askRemovalPath(card.id, factor.id)}>
                  {said.remove}
                  <span className="vh"> {factor.name}</span>
                </a>
              )
            }
          />
        ))}
        {pending && (
          <Item
            icon={icons[pending.kind]}
            name={said.kindsOfFactor[pending.kind]}
            tag={<Tag tone="warning">{said.notProven}</Tag>}
            lines={[said.chosen(pending.chosenAt, now, pending.expired)]}
          />
        )}
        <Item icon="sheet" name={said.recoveryCodes} lines={[recoveryCodes ? said.codesLeft(recoveryCodes.left, recoveryCodes.of) : said.noCodes]} />
        {questions && <Item icon="question" name={said.questions} lines={[answeredAt === null ? said.notAnswered : said.answered(answeredAt)]} />}
      </Rows>
    </section>
  );
}
