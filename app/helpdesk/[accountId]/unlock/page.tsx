// The question before an account is unlocked: what that ends, and what it does not, with what helps there.
import { notFound } from 'next/navigation';
import { locksOf } from '#lib/helpdesk/acts/facts';
import { isLiftable, type Lock } from '#lib/helpdesk/acts/rules';
import { problemSentence, words } from '#lib/language/language';
import { Actions, ButtonLink } from '#ui/button';
import { Notice } from '#ui/notice';
import { Title, titleOf } from '#ui/title';
import { actPath, backToCardPath } from '../../../paths';
import { portal } from '../../../portal';
import { requireAgentBeforeForm } from '../../../session';
import { ActForm } from '../act-form';
import { ActHeading, ActPage, lookAt, NoAct, Subject } from '../act-page';
import { unlockAccount } from '../actions';

export default async function UnlockPage({ params }: { params: Promise<{ accountId: string }> }) {
  const { accountId: account } = await params;
  const { agent, stale } = await requireAgentBeforeForm('unlock', actPath(account, 'unlock'));
  const running = await portal();
  const spoken = agent.visitor.language;
  const said = words(spoken).helpdeskActs;
  const { heading, lead, noticed, submit, lifted, stays, nothing, nothingLead } = said.unlock;
  const seen = stale ? null : await lookAt(running, agent, 'unlock', account);
  if (!stale && !seen) notFound();
  if (seen?.refusal) {
    const why = problemSentence({ code: seen.refusal }, spoken);
    return <NoAct agent={agent} account={account} seen={seen} heading={said.names.unlock} why={why} />;
  }
  const locks = stale ? [] : await locksOf(running, account);
  const sentence = (lock: Lock) => said.unlock.lock(lock, said.unlock.why[lock.why](lock.until));
  const opening = locks.filter(isLiftable).map(sentence);
  const staying = locks.filter((lock) => !isLiftable(lock)).map(sentence);
  if (seen && opening.length === 0)
    return (
      <ActPage agent={agent} account={account}>
        <Title page={said.names.unlock} part="helpdesk" />
        <h1>{nothing}</h1>
        <Subject seen={seen} />
        {staying.length === 0 ? <p>{nothingLead}</p> : <Locks title={stays} sentences={staying} />}
        <Actions>
          <ButtonLink kind="secondary" href={backToCardPath(account)}>
            {said.toCard}
          </ButtonLink>
        </Actions>
      </ActPage>
    );
  return (
    <ActPage agent={agent} account={account}>
      <ActForm
        action={unlockAccount}
        title={await titleOf(said.names.unlock, 'helpdesk')}
        heading={
          <ActHeading agent={agent} seen={seen} heading={heading} lead={lead} noticed={noticed}>
            {opening.length > 0 && <Locks title={lifted} sentences={opening} />}
            {staying.length > 0 && (
              <Notice tone="warning" title={stays}>
                {staying.map((one) => (
                  <p key={one}>{one}</p>
                ))}
              </Notice>
            )}
          </ActHeading>
        }
        hidden={{ account }}
        words={said.form}
        submit={submit}
        cancelHref={backToCardPath(account)}
      />
    </ActPage>
  );
}

function Locks({ title, sentences }: { title: string; sentences: readonly string[] }) {
  return (
    <>
      <h2>{title}</h2>
      <ul>
        {sentences.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </>
  );
}
