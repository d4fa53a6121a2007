// The app that a telephone confirms sign-ins with. The page is the same for everybody and reads nothing of anybody: who the telephone
// belongs to, it knows itself.
import { problemSentence } from '#lib/language/language';
import { paths } from '../paths';
import { portal } from '../portal';
import { language } from '../visitor';
import { App } from './app';
import { AppFrame } from './frame';

export const metadata = {
  manifest: `${paths.authenticator}/manifest.webmanifest`,
  icons: { icon: `${paths.authenticator}/icon-192.png`, apple: `${paths.authenticator}/icon-180.png` },
};
export const viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f9f5f5' },
    { media: '(prefers-color-scheme: dark)', color: '#161218' },
  ],
};

export default async function AuthenticatorPage() {
  const spoken = await language();
  const { settings } = await portal();
  const { totp, phone } = settings.policy;
  const sentence = (code: 'pin-length' | 'pin-digits' | 'pin-guessable') => problemSentence({ code }, spoken);
  const facts = {
    institute: settings.institute.name,
    pin: phone.pin,
    pinProblems: { 'pin-length': sentence('pin-length'), 'pin-digits': sentence('pin-digits'), 'pin-guessable': sentence('pin-guessable') },
    codes: { digits: totp.digits, period: totp.period },
  };
  return (
    <AppFrame>
      <App facts={facts} />
    </AppFrame>
  );
}
