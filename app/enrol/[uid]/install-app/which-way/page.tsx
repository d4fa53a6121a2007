// Three questions for who does not know which way to choose. A form by GET: what is answered leads to advice, and is kept nowhere.
import { meansAsked } from '#lib/enrolment/rules';
import { words } from '#lib/language/language';
import { Actions, Button } from '#ui/button';
import { Choice, Choices } from '#ui/choice';
import { Shell } from '#ui/shell';
import { Title } from '#ui/title';
import { enrolmentPlace } from '../../../../interaction';
import { enrolPath } from '../../../../paths';
import { WizardMargin } from '../../margin';

export default async function WhichWayPage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { flow, portal, facts } = await enrolmentPlace(uid, 'install-app');
  const { whichWay } = words(flow.visitor.language).enrol;
  const back = enrolPath(uid, 'install-app');
  return (
    <Shell margin={<WizardMargin step="install-app" back={back} flow={flow} settings={portal.settings} facts={facts} />}>
      <Title page={whichWay.title} />
      <h1>{whichWay.title}</h1>
      <p className="lead">{whichWay.lead}</p>
      <form action={back} method="get">
        {meansAsked.map((asked) => {
          const { question, hint } = whichWay.questions[asked];
          return (
            <Choices key={asked} name={asked} legend={question} legendShown hint={hint}>
              <Choice required name={asked} value="yes" title={whichWay.yes} first />
              <Choice required name={asked} value="no" title={whichWay.no} />
            </Choices>
          );
        })}
        <Actions>
          <Button>{whichWay.submit}</Button>
        </Actions>
      </form>
    </Shell>
  );
}
