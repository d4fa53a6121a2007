// Says that an act is done, and what to tell the person on the line. It reads what the address names, and nothing of what happened.
import { notFound } from 'next/navigation';
import { words } from '#lib/language/language';
import { Actions, ButtonLink } from '#ui/button';
import { Notice } from '#ui/notice';
import { Title } from '#ui/title';
import { actDonePath, backToCardPath } from '../../../paths';
import { portal } from '../../../portal';
import { requireAgent } from '../../../session';
import { ActPage, lookAt, Subject } from '../act-page';

const acts = ['unlock', 'send-reset', 'end-sessions', 'freeze', 'unfreeze', 'ask-removal'] as const;

export default async function ActDonePage({
  params,
  searchParams,
}: {
  params: Promise<{ accountId: string }>;
  searchParams: Promise<{ act?: string | string[] }>;
}) {
  const { accountId: account } = await params;
  const { act: asked } = await searchParams;
  const act = acts.find((one) => one === asked) ?? notFound();
  const agent = await requireAgent('see-account', actDonePath(account, act));
  const seen = await lookAt(await portal(), agent, 'see-account', account);
  if (!seen) notFound();
  const said = words(agent.visitor.language).helpdeskActs;
  const { title, lead } = said[act].done;
  return (
    <ActPage agent={agent} account={account}>
      <Title page={title} part="helpdesk" />
      <h1>{title}</h1>
      <Subject seen={seen} />
      <Notice tone="success" announce="status">
        <p>{lead}</p>
      </Notice>
      <Actions>
        <ButtonLink href={backToCardPath(account)}>{said.toCard}</ButtonLink>
      </Actions>
    </ActPage>
  );
}
