// The icons of messages; apart, because a browser gets a file of icons whole.
import { Drawing, type Size } from './drawing';

export const DangerIcon = (size: Size) => (
  <Drawing {...size}>
    <circle cx="12" cy="12" r="9.25" />
    <path d="M12 7.25v6M12 16.5h.01" />
  </Drawing>
);
export const InfoIcon = (size: Size) => (
  <Drawing {...size}>
    <circle cx="12" cy="12" r="9.25" />
    <path d="M12 11v5.5M12 7.75h.01" />
  </Drawing>
);
export const SuccessIcon = (size: Size) => (
  <Drawing {...size}>
    <circle cx="12" cy="12" r="9.25" />
    <path d="m8 12.25 2.75 2.75L16 9.5" />
  </Drawing>
);
export const WarningIcon = (size: Size) => (
  <Drawing {...size}>
    <path d="M12 3.5 2.5 20h19z" />
    <path d="M12 10v4.5M12 17.25h.01" />
  </Drawing>
);
