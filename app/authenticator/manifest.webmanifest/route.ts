// What a telephone needs to know to put the app on its home screen. The same for everybody; its language is the browser's.
import { paths } from '#app/paths';
import { portal } from '#app/portal';
import { language } from '#app/visitor';
import { words } from '#lib/language/language';

export const dynamic = 'force-dynamic';

const icon = (file: string, sizes: string, purpose: 'any' | 'maskable') => ({
  src: `${paths.authenticator}/${file}.png`,
  sizes,
  type: 'image/png',
  purpose,
});

export async function GET(): Promise<Response> {
  const { institute } = (await portal()).settings;
  const spoken = await language();
  const { product, shortName } = words(spoken).authenticator;
  return Response.json(
    {
      id: paths.authenticator,
      name: `${institute.name} ${product}`,
      short_name: shortName,
      lang: spoken,
      dir: 'ltr',
      start_url: paths.authenticator,
      scope: paths.authenticator,
      display: 'standalone',
      background_color: '#f9f5f5',
      theme_color: '#f9f5f5',
      icons: [icon('icon-192', '192x192', 'any'), icon('icon-512', '512x512', 'any'), icon('icon-maskable-512', '512x512', 'maskable')],
    },
    { headers: { 'content-type': 'application/manifest+json; charset=utf-8', 'cache-control': 'no-cache' } },
  );
}
