// The console's first page: finds an account by name or address. A GET form and links; each search is written down.
import { words } from '#lib/language/language';
import type { FoundAccount } from '#lib/search/facts';
import type { FoundState } from '#lib/search/rules';
import { searchAccounts } from '#lib/search/search-accounts';
import { ErrorSummary } from '#ui/error-summary';
import { LinkRows } from '#ui/rows';
import { SearchForm } from '#ui/search-form';
import { HelpdeskShell } from '#ui/shell';
import { Table } from '#ui/table';
import { Tag } from '#ui/tag';
import { Title } from '#ui/title';
import { Empty } from '#ui/waiting';
import { accountCardPath, paths, searchPath } from '../paths';
import { portal } from '../portal';
import { requireAgent } from '../session';
import { ArrowKeys } from './arrow-keys';
import { HelpdeskMargin } from './margin';

const tones: Partial<Record<FoundState, 'success' | 'warning' | 'danger'>> = { active: 'success', 'to-finish': 'warning', blocked: 'danger' };
/** What is too long to come back to with after a proof is typed again. */
const keptLength = 120;

type Query = { q?: string | string[]; after?: string | string[] };
const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : null);

export default async function SearchPage({ searchParams }: { searchParams: Promise<Query> }) {
  const asked = await searchParams;
  const q = one(asked.q);
  const after = one(asked.after);
  const agent = await requireAgent('search', q && q.length <= keptLength ? searchPath(q) : paths.helpdesk);
  const { helpdesk: said } = words(agent.visitor.language);
  const { search } = said;
  const searched = q === null ? null : await searchAccounts(await portal(), agent, { q, after });
  const problem = searched?.ok === false ? search.problems[searched.problems[0].code] : null;
  const found = searched?.ok ? searched.value : null;
  const typed = found ? found.text : (q ?? '').slice(0, keptLength).replaceAll('\0', '');
  const told =
    found && (found.accounts.length > 0 || found.more !== null) ? search.found(found.accounts.length, found.text, found.more !== null) : null;
  const row = ({ id, name, maskedAddress, kind, progress, state }: FoundAccount) => ({
    key: id,
    cells: [
      <a key="card" href={accountCardPath(id, 'search', found?.text)}>
        {name}
      </a>,
      maskedAddress,
      search.kinds[kind],
      search.progress(progress),
      <Tag key="state" {...(tones[state] && { tone: tones[state] })}>
        {search.states[state]}
      </Tag>,
    ] as const,
  });
  return (
    <HelpdeskShell margin={<HelpdeskMargin agent={agent} current="search" />}>
      <Title page={problem ? search.errorTitle : found ? search.titleOf(found.text) : said.places.search} part="helpdesk" />
      {problem && <ErrorSummary problems={[{ code: 'q', field: 'q', sentence: problem }]} attempt={1} />}
      <h1>{said.places.search}</h1>
      <ArrowKeys>
        <SearchForm
          action={paths.helpdesk}
          label={search.label}
          hint={search.hint}
          value={typed}
          error={problem ?? undefined}
          describedBy={told || found ? 'found' : undefined}
          submit={search.submit}
        />
        {found && found.accounts.length > 0 && told && (
          <div className="set">
            <Table caption={<span id="found">{told}</span>} columns={search.columns} rows={found.accounts.map(row)} />
          </div>
        )}
        {found && found.accounts.length === 0 && (
          <div className="set" id="found">
            <Empty>{told ?? search.none(found.text)}</Empty>
            {!found.more && (
              <ul className="set">
                {search.advice.map((advice) => (
                  <li key={advice}>{advice}</li>
                ))}
              </ul>
            )}
          </div>
        )}
        {!found && !problem && (
          <div className="set">
            <Empty>{search.empty}</Empty>
          </div>
        )}
        {found && (found.more || after) && (
          <div className="set">
            <LinkRows
              links={[
                ...(found.more ? [{ href: searchPath(found.text, found.more), name: search.next }] : []),
                ...(after ? [{ href: searchPath(found.text), name: search.first }] : []),
              ]}
            />
          </div>
        )}
      </ArrowKeys>
    </HelpdeskShell>
  );
}
