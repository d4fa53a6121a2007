// What is ahead, how long it takes, and that one may stop.
import { words } from '#lib/language/language';
import { Actions, ButtonLink } from '#ui/button';
import { GoingTo } from '#ui/margin';
import { Item, NumberedRows } from '#ui/rows';
import { Shell } from '#ui/shell';
import { Title } from '#ui/title';
import { enrolmentPlace } from '../../../interaction';
import { enrolPath } from '../../../paths';
import { numberedSteps } from '../margin';
import { stopForNow } from './actions';

export default async function WelcomePage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, portal } = await enrolmentPlace(uid, 'welcome');
  const { welcome } = words(flow.visitor.language).enrol;
  const steps = numberedSteps(portal.settings);
  return (
    <Shell margin={<GoingTo application={flow.application} />}>
      <Title page={welcome.title(steps.length)} />
      <h1>{welcome.title(steps.length)}</h1>
      <p className="lead">{welcome.lead}</p>
      <NumberedRows>
        {steps.map((step) => (
          <Item key={step} name={welcome.steps[step].name} lines={[welcome.steps[step].why]} />
        ))}
      </NumberedRows>
      <p>{welcome.duration}</p>
      <form action={stopForNow.bind(null, uid)}>
        <Actions>
          <ButtonLink href={enrolPath(uid, 'install-app')}>{welcome.start}</ButtonLink>
          <button type="submit" className="link">
            {welcome.later}
          </button>
        </Actions>
      </form>
    </Shell>
  );
}
