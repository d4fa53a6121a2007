// The choice: what this person really has and rules allow, each enough; or what to bring to the helpdesk.
import { words } from '#lib/language/language';
import { isProofOpen, type LostPhoneWay } from '#lib/lost-phone/steps';
import { WaysBlock } from '#ui/button';
import { Icon, type IconName } from '#ui/icon';
import { Notice } from '#ui/notice';
import { PhoneLink, Shell } from '#ui/shell';
import { Title, titleOf } from '#ui/title';
import { lostPhonePlace } from '../../../../interaction';
import { lostPhonePath } from '../../../../paths';
import { ChoiceForm } from '../choice-form';
import { LostPhoneMargin } from '../margin';
import { choose } from './actions';

const icons: Readonly<Record<LostPhoneWay, IconName>> = { 'recovery-code': 'sheet', answers: 'question', pass: 'phone' };

export default async function ProveIdentityPage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { portal, flow, facts } = await lostPhonePlace(uid, 'prove-identity');
  const { language } = flow.visitor;
  const { lostPhone, resetPassword } = words(language);
  const said = lostPhone.proveIdentity;
  const { helpdesk, noneOfThese, answersClosed } = resetPassword.proveIdentity;
  const { phone, email, hours } = portal.settings.helpdesk;
  const { wait } = portal.settings.lostPhone;
  const closed = facts.answersClosed;
  const why = closed === null ? null : answersClosed(closed === 'disabled' ? null : closed.until);
  const ways = facts.ways.filter((way) => (way === 'answers' ? isProofOpen('email-code', facts) || isProofOpen('answers', facts) : true));
  const margin = (
    <LostPhoneMargin step="prove-identity" back={lostPhonePath(uid, facts.waiting ? 'wait' : 'what-happened')} flow={flow} facts={facts} />
  );
  if (ways.length === 0) {
    return (
      <Shell margin={margin}>
        <Title page={said.title} />
        <h1>{helpdesk.heading}</h1>
        <p className="lead">{why ?? helpdesk.lead}</p>
        <p>{helpdesk.call(phone, hours[language])}</p>
        <p>{helpdesk.bring}</p>
        <WaysBlock>
          <p>
            <PhoneLink number={phone} />, <a href={`mailto:${email}`}>{email}</a>
          </p>
        </WaysBlock>
      </Shell>
    );
  }
  const wordsOf = (way: LostPhoneWay) => {
    if (way !== 'answers') return said.ways[way];
    if (facts.waited) return said.mailboxWay;
    return wait > 0 ? { ...said.ways.answers, hint: `${said.ways.answers.hint} ${said.wait(wait)}` } : said.ways.answers;
  };
  return (
    <Shell margin={margin}>
      <ChoiceForm
        action={choose.bind(null, uid)}
        title={await titleOf(said.title)}
        heading={said.heading}
        lead={facts.waited ? said.leadWaited : said.lead}
        notice={
          why && (
            <Notice>
              <p>{why}</p>
            </Notice>
          )
        }
        name="proof"
        legend={said.legend}
        choices={ways.map((value) => ({ value, ...wordsOf(value), icon: <Icon name={icons[value]} /> }))}
        words={said.form}
      />
      <WaysBlock>
        <p>{noneOfThese(phone, hours[language])}</p>
      </WaysBlock>
    </Shell>
  );
}
