// The set of icons: 24 px grid, always beside a word, never instead of it.
// `Icon` finds them by name, on the server; client files import the one they draw.
import { Drawing, type Size } from './drawing';

const BackIcon = (size: Size) => (
  <Drawing {...size}>
    <path d="M19.5 12h-15M10.5 6l-6 6 6 6" />
  </Drawing>
);
const CheckIcon = (size: Size) => (
  <Drawing {...size}>
    <path d="m5 12.5 4.5 4.5L19 7.5" />
  </Drawing>
);
export const CopyIcon = (size: Size) => (
  <Drawing {...size}>
    <rect x="8.5" y="8.5" width="12" height="12" rx="2" />
    <path d="M15.5 5.5v-.25a2 2 0 0 0-2-2h-8a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h.25" />
  </Drawing>
);
export const DownloadIcon = (size: Size) => (
  <Drawing {...size}>
    <path d="M12 3.5v11.5M7 10.5l5 5 5-5M4 20.5h16" />
  </Drawing>
);
/** Passkeys and security keys. */
export const KeyIcon = (size: Size) => (
  <Drawing {...size}>
    <circle cx="7.75" cy="16.25" r="4.25" />
    <path d="m10.75 13.25 9.75-9.75M17 7l3 3M13.5 10.5l2 2" />
  </Drawing>
);
const NoPhoneIcon = (size: Size) => (
  <Drawing {...size}>
    <path d="M7 9v10.5a2 2 0 0 0 2 2h6a2 2 0 0 0 2-2V19M7.4 3.3A2 2 0 0 1 9 2.5h6a2 2 0 0 1 2 2v9.75M3.5 4.5l17 16" />
  </Drawing>
);
export const PhoneIcon = (size: Size) => (
  <Drawing {...size}>
    <rect x="7" y="2.5" width="10" height="19" rx="2" />
    <path d="M10.75 18.25h2.5" />
  </Drawing>
);
export const PrintIcon = (size: Size) => (
  <Drawing {...size}>
    <path d="M7 8.5V3h10v5.5M7 17.5H3.5v-9h17v9H17" />
    <path d="M7 14h10v7H7z" />
  </Drawing>
);
export const QuestionIcon = (size: Size) => (
  <Drawing {...size}>
    <circle cx="12" cy="12" r="9.25" />
    <path d="M9.5 9.5a2.5 2.5 0 1 1 3.6 2.25c-.75.4-1.1.9-1.1 1.75v.25M12 16.75h.01" />
  </Drawing>
);
/** Recovery codes. */
const SheetIcon = (size: Size) => (
  <Drawing {...size}>
    <path d="M6 2.75h8.25L18.5 7v14.25H6z" />
    <path d="M14 3v4.25h4.25M9 12h6.5M9 16h6.5" />
  </Drawing>
);
const ShieldIcon = (size: Size) => (
  <Drawing {...size}>
    <path d="M12 2.75 4.5 5.5v6c0 4.75 3.1 8.1 7.5 9.75 4.4-1.65 7.5-5 7.5-9.75v-6z" />
    <path d="m8.75 12 2.4 2.4 4.35-4.65" />
  </Drawing>
);
/** Authenticator apps. */
export const SixFiguresIcon = (size: Size) => (
  <Drawing {...size}>
    <rect x="2.5" y="6" width="19" height="12" rx="2" />
    <path d="M7 12h.01M12 12h.01M17 12h.01" strokeWidth="2.6" />
  </Drawing>
);

const icons = {
  back: BackIcon,
  check: CheckIcon,
  copy: CopyIcon,
  download: DownloadIcon,
  key: KeyIcon,
  noPhone: NoPhoneIcon,
  phone: PhoneIcon,
  print: PrintIcon,
  question: QuestionIcon,
  sheet: SheetIcon,
  shield: ShieldIcon,
  sixFigures: SixFiguresIcon,
};

export type IconName = keyof typeof icons;

export function Icon({ name, small = false }: { name: IconName } & Size) {
  const Found = icons[name];
  return <Found small={small} />;
}
