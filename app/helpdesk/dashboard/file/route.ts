// The figures as a file for a spreadsheet, of lead agents. A form posts here, because it is written down (SEC-67, SEC-79).
import { notFound } from 'next/navigation';
import { confirmPath, paths } from '#app/paths';
import { portal } from '#app/portal';
import { currentMember, requireColleague } from '#app/session';
import { exportFigures } from '#lib/figures/export-figures';
import { words } from '#lib/language/language';
import { originRefusal } from '#lib/sessions/origin';

export const dynamic = 'force-dynamic';

export async function POST(request: Request): Promise<Response> {
  const running = await portal();
  const { origin } = running.settings;
  if (originRefusal(request, origin)) return new Response(null, { status: 403 });
  const back = (path: string) => new Response(null, { status: 303, headers: { location: origin + path, 'cache-control': 'no-store' } });
  if (!(await currentMember())) return back(`${paths.startSignIn}?${new URLSearchParams({ returnTo: paths.dashboard })}`);
  const { agent } = await requireColleague('export-dashboard', paths.dashboard);
  if (!agent) return back(confirmPath(paths.dashboard));
  const file = await exportFigures(running, agent);
  if (!file) notFound();
  const { fileName } = words(agent.visitor.language).helpdeskCases.dashboard;
  const day = new Date(file.at).toISOString().slice(0, 10);
  return new Response(file.text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${fileName}-${day}.csv"`,
      'cache-control': 'no-store',
    },
  });
}
