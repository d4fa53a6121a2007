// Lost or stolen. Who has another way to sign in at hand is told to use it: going on replaces all of them.
import { words } from '#lib/language/language';
import { happenings } from '#lib/lost-phone/steps';
import { Icon } from '#ui/icon';
import { Notice } from '#ui/notice';
import { Shell } from '#ui/shell';
import { titleOf } from '#ui/title';
import { lostPhonePlace } from '../../../../interaction';
import { otherWaysPath } from '../../../../paths';
import { ChoiceForm } from '../choice-form';
import { LostPhoneMargin } from '../margin';
import { say } from './actions';

const icons = { lost: 'question', stolen: 'noPhone' } as const;

export default async function WhatHappenedPage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, facts } = await lostPhonePlace(uid, 'what-happened');
  const { whatHappened } = words(flow.visitor.language).lostPhone;
  const names = facts.signIn.factorNames.map(({ name }) => name);
  return (
    <Shell margin={<LostPhoneMargin step="what-happened" back={otherWaysPath(uid)} flow={flow} facts={facts} />}>
      <ChoiceForm
        action={say.bind(null, uid)}
        title={await titleOf(whatHappened.title)}
        heading={whatHappened.heading}
        lead={whatHappened.lead}
        notice={
          names.length > 1 && (
            <Notice title={whatHappened.others.title} action={<a href={otherWaysPath(uid)}>{whatHappened.others.link}</a>}>
              <p>{whatHappened.others.say(names)}</p>
            </Notice>
          )
        }
        name="happened"
        legend={whatHappened.legend}
        choices={happenings.map((value) => ({ value, ...whatHappened.choices[value], icon: <Icon name={icons[value]} /> }))}
        words={whatHappened.form}
      />
    </Shell>
  );
}
