// The settings' authenticator apps, each with its store pages as QR codes.
import type { Words } from '#lib/language/fr';
import type { Settings } from '#lib/settings';
import { QrCode } from '#ui/qr-code';

export const appsToShow = (settings: Pick<Settings, 'authenticatorApps'>, words: Words['enrol']['installApp']) =>
  settings.authenticatorApps.map((app) => ({
    name: app.name,
    hint: words.appHint,
    stores: [
      { system: words.form.android, url: app.android },
      { system: words.form.ios, url: app.ios },
    ].map(({ system, url }) => ({ system, url, code: <QrCode small value={url} title={words.storeCode(app.name, system)} /> })),
  }));
