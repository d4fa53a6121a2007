// Builds every message, as text and as HTML in the same words. Mail programs drop style sheets: values are written inline, from
// the tokens of the look. Whatever comes from outside is escaped, and never breaks a line (SEC-106).
import type { EventType } from '../audit/events.ts';
import { type CaseOutcome, casesFolder } from '../cases/rules.ts';
import type { Disavowal, Taken } from '../disavowal/rules.ts';
import { days } from '../duration.ts';
import type { Language } from '../language/language.ts';
import { startResetFolder } from '../password-reset/rules.ts';
import type { Settings } from '../settings.ts';
import { browserOf } from './browser.ts';
import type { Message } from './mailer.ts';
import { messages as en } from './messages.en.ts';
import { messages as fr, type MessageWords } from './messages.fr.ts';

type MailSettings = Pick<Settings, 'institute' | 'helpdesk' | 'origin' | 'policy'>;

const wordsOf: Record<Language, MessageWords> = { fr, en };

export interface Code {
  /** Digits only. */
  readonly code: string;
  readonly purpose: 'sign-in' | 'reset-password' | 'lost-phone' | 'verify-caller';
  /** The application's name; empty where the code is not for signing in to one. */
  readonly application: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  /** The account that it is for: one mailbox may serve two. */
  readonly address: string;
}

/**
 * A one-time code. Code first in the subject; no link, so that nobody learns to follow one; last line bound to our domain, which
 * browsers that fill codes in check (SEC-22; https://wicg.github.io/sms-one-time-codes/).
 */
export function codeMessage(settings: MailSettings, language: Language, code: Code): Message {
  const words = wordsOf[language];
  const half = Math.ceil(code.code.length / 2);
  const shown = `${code.code.slice(0, half)}\u00a0${code.code.slice(half)}`;
  const application = oneLine(code.application);
  const bound = `@${new URL(settings.origin).hostname} #${code.code}`;
  const w = words.code[code.purpose];
  // Letters that no call goes with say that codes are never asked for on the telephone: of the one that is, the words are exact.
  const neverAsked = code.purpose === 'verify-caller' ? words.code[code.purpose].neverAsked(settings.helpdesk) : words.neverAsked;
  const sentences = [words.code.validity(code.expiresAt), w.notYou];
  return {
    subject: w.subject(shown, application),
    text: letter([
      w.title,
      `${w.action(application)}\n\n${shown}`,
      ...sentences,
      footerText(settings, words, neverAsked),
      words.account(oneLine(code.address)),
      bound,
    ]),
    html: page(settings, language, {
      title: w.title,
      preheader: w.preheader(shown, code.expiresAt),
      body: [
        paragraph(12, html(w.action(application))),
        `<table role="presentation" cellpadding="0" cellspacing="0" style="margin-top:24px"><tr><td class="wash" style="background:#f6eff7;border-radius:10px;padding:16px 28px">`,
        `<p class="accent" style="margin:0;font-family:Consolas,Menlo,monospace;font-size:36px;line-height:44px;letter-spacing:4px;color:#502a74">${shown}</p>`,
        '</td></tr></table>',
        ...sentences.map((sentence, i) => paragraph(i === 0 ? 24 : 16, html(sentence))),
      ],
      footer: [
        footerHtml(settings, words, false, neverAsked),
        `<p class="soft" style="margin:16px 0 0;${sans}font-size:14px;line-height:22px;color:#62576d">${html(words.account(oneLine(code.address)))}</p>`,
        `<p class="soft" style="margin:16px 0 0;font-family:Consolas,Menlo,monospace;font-size:14px;line-height:22px;color:#62576d">${html(bound)}</p>`,
      ],
    }),
  };
}

const helpdeskKinds = ['unlocked', 'reset-sent', 'pass-given', 'sessions-ended', 'account-frozen', 'account-unfrozen'] as const;
const removalKinds = ['removal-asked', 'removal-not-done', 'removed-by-helpdesk'] as const;
/** Told by the helpdesk, of what it did. */
const isByHelpdesk = (kind: string) => ([...helpdeskKinds, ...removalKinds] as string[]).includes(kind);

/** What a notice tells of. */
export type Happened =
  | { readonly kind: 'factor-added' | 'passkey-added' | 'factor-removed'; readonly factor: string }
  /** By the helpdesk. */
  | { readonly kind: (typeof removalKinds)[number]; readonly factor: string }
  | { readonly kind: (typeof helpdeskKinds)[number] }
  | { readonly kind: 'phone-added' | 'phone-locked' | 'phone-copied' | 'phone-pin-changed'; readonly factor: string }
  | {
      readonly kind:
        | 'recovery-codes-kept'
        | 'answers-changed'
        | 'password-changed'
        | 'password-reset'
        | 'password-set'
        | 'enrolment-finished'
        | 'second-factor-failed'
        | 'phone-suspended'
        | 'caller-not-verified';
    }
  | { readonly kind: 'recovery-code-used' /** How many are left. */; readonly left: number }
  | {
      readonly kind: 're-enrolment-opened' | 're-enrolment-reminder';
      readonly stolen: boolean;
      /** From when a new factor may take the old ones' place; null: from now on. Epoch milliseconds. */
      readonly from: number | null;
    }
  | { readonly kind: 're-enrolled'; readonly factor: string }
  | { readonly kind: 'new-browser' | 'phone-reported'; readonly application: string }
  | { readonly kind: 'consent-given'; readonly application: string; readonly scopes: readonly string[] }
  | { readonly kind: 'help-asked' | 'help-added'; readonly caseNumber: string }
  /** Masked (lib/accounts/rules.ts): the old mailbox may be somebody else's by now. */
  | { readonly kind: 'address-changed'; readonly before: string; readonly after: string }
  | { readonly kind: 'case-closed'; readonly caseNumber: string; readonly about: 'not-me' | 'help'; readonly outcome: CaseOutcome }
  /** `reported`: the event disowned, as the audit log has it; names are null where it has none. */
  | {
      readonly kind: 'disavowed';
      readonly reported: EventType;
      readonly application: string | null;
      readonly factor: string | null;
      readonly caseNumber: string;
      readonly advice: Disavowal['advice'];
    };

export type Notice = Happened & {
  /** Epoch milliseconds. */
  readonly at: number;
  /** The User-Agent header of the browser in which it happened. */
  readonly userAgent: string | null;
  /** The name of the network that it came from; null when it has none. */
  readonly place: string | null;
  /** The link to disown it, on our own origin, and what goes first when it is followed (null: sessions alone); null where there is nothing to disown. */
  readonly notMe: { readonly link: string; readonly takes: Taken | null } | null;
};

/** After how long nobody needs to be told any more. Milliseconds. */
export const noticeLifetime = days(7);

/** What happened to an account, when, with which browser, and what to do if it wasn't its owner (SEC-44; NIST SP 800-63B-4 §4.6). */
export function noticeMessage(settings: MailSettings, language: Language, notice: Notice): Message {
  const words = wordsOf[language];
  const w = words.notice;
  const browser = browserOf(notice.userAgent);
  const facts: [string, string][] = [
    [words.labels.when, w.moment(notice.at)],
    ...(browser ? [[words.labels.where, words.browser(browser.browser, browser.system)] satisfies [string, string]] : []),
    ...(notice.place ? [[words.labels.place, oneLine(notice.place)] satisfies [string, string]] : []),
  ];
  let title: string;
  let said: string;
  const { notMe } = notice;
  if (notice.kind === 'consent-given') {
    const application = oneLine(notice.application);
    title = w[notice.kind].title(application);
    said = w[notice.kind].said(Math.round(settings.policy.consent / days(1)));
    const shared = notice.scopes
      .filter((scope) => scope !== 'openid' && scope in words.shared)
      .map((scope) => words.shared[scope as keyof typeof words.shared]);
    facts.unshift([words.labels.application, application]);
    if (shared.length) facts.splice(1, 0, [words.labels.shared, words.list(shared)]);
  } else if (notice.kind === 'recovery-code-used') {
    title = w[notice.kind].title;
    said = w[notice.kind].said(notice.left);
  } else if (notice.kind === 're-enrolment-opened' || notice.kind === 're-enrolment-reminder') {
    title = w[notice.kind].title;
    said = w[notice.kind].said(notice);
    if (notice.from !== null) facts.push([words.labels.from, w.moment(notice.from)]);
  } else if (notice.kind === 'disavowed') {
    title = w[notice.kind].title;
    said = w[notice.kind].said[notice.advice];
    const names = { application: notice.application && oneLine(notice.application), factor: notice.factor && oneLine(notice.factor) };
    facts.unshift([words.labels.reported, words.events[notice.reported](names)]);
    facts.push([words.labels.caseNumber, notice.caseNumber]);
  } else if (notice.kind === 'case-closed') {
    title = w[notice.kind].title[notice.about];
    said = w[notice.kind].said[notice.outcome];
    facts.unshift([words.labels.caseNumber, notice.caseNumber]);
  } else {
    ({ title, said } = w[notice.kind]);
    if (notice.kind === 'help-asked' || notice.kind === 'help-added') facts.unshift([words.labels.caseNumber, notice.caseNumber]);
    if (notice.kind === 'address-changed') facts.unshift([words.labels.before, notice.before], [words.labels.after, notice.after]);
    if (notice.kind === 'factor-added') facts.unshift([words.labels.app, oneLine(notice.factor)]);
    if (notice.kind === 'passkey-added') facts.unshift([words.labels.key, oneLine(notice.factor)]);
    if (notice.kind === 're-enrolled') facts.unshift([words.labels.factor, oneLine(notice.factor)]);
    if (notice.kind === 'removal-asked' || notice.kind === 'removal-not-done' || notice.kind === 'removed-by-helpdesk')
      facts.unshift([words.labels.factor, oneLine(notice.factor)]);
    if (notice.kind === 'factor-removed') facts.unshift([words.labels.factor, oneLine(notice.factor)]);
    if (notice.kind.startsWith('phone-') && 'factor' in notice) facts.unshift([words.labels.phone, oneLine(notice.factor)]);
    if (notice.kind === 'new-browser' || notice.kind === 'phone-reported') facts.unshift([words.labels.application, oneLine(notice.application)]);
  }
  const own = [
    'second-factor-failed',
    'disavowed',
    'phone-reported',
    'help-asked',
    'help-added',
    'case-closed',
    'caller-not-verified',
    'address-changed',
  ] as const;
  const kind = own.find((k) => k === notice.kind);
  const who = kind ? w[kind] : isByHelpdesk(notice.kind) ? w.byHelpdesk : w;
  // Whoever speaks with an agent may have read them a code a minute ago: « never by phone » would frighten them.
  const aroundCall = isByHelpdesk(notice.kind) || ['caller-not-verified', 'help-asked', 'help-added', 'case-closed'].includes(notice.kind);
  const neverAsked = aroundCall ? w.byHelpdesk.neverAsked(settings.helpdesk) : words.neverAsked;
  // To a page that is open to everybody: the link is no key.
  const start = notice.kind === 'reset-sent' ? `${settings.origin}${startResetFolder}` : null;
  const call = w.call(settings.helpdesk);
  const notYou = notMe ? `${w.choose(w.effect[notMe.takes ?? 'sessions'])} ${w.orCall(settings.helpdesk)}` : call;
  const cell = (label: string, value: string) =>
    `<tr><th scope="row" class="soft rule" align="left" valign="top" width="120" style="padding:10px 16px 10px 0;border-bottom:1px solid #e7dfe5;${sans}font-size:15px;line-height:24px;font-weight:400;color:#62576d">${html(label)}</th>` +
    `<td class="ink rule" style="padding:10px 0;border-bottom:1px solid #e7dfe5;${sans}font-size:17px;line-height:24px;color:#251a30">${html(value)}</td></tr>`;
  return {
    subject: title,
    text: letter([
      title,
      facts.map(([label, value]) => `${label}${words.colon}${value}`).join('\n'),
      said,
      ...(start ? [start] : []),
      `${who.you.question} ${who.you.answer}`,
      `${who.notYou} ${notYou}`,
      ...(notMe ? [`${w.button}${words.colon}${notMe.link}\n${w.linkLasts}`] : []),
      footerText(settings, words, neverAsked),
    ]),
    html: page(settings, language, {
      title,
      preheader: facts.map(([, value]) => value).join(', '),
      body: [
        '<table width="100%" cellpadding="0" cellspacing="0" class="rule" style="margin-top:24px;border-top:1px solid #e7dfe5">',
        ...facts.map(([label, value]) => cell(label, value)),
        '</table>',
        paragraph(28, html(said)),
        ...(start ? [plainLink(start)] : []),
        paragraph(16, `<b>${html(who.you.question)}</b> ${html(who.you.answer)}`),
        paragraph(16, `<b>${html(who.notYou)}</b> ${html(notYou)}`),
        ...(notMe ? linkButton(notMe.link, w.button, w.linkLasts) : []),
      ],
      footer: [footerHtml(settings, words, true, neverAsked)],
    }),
  };
}

export interface OpenedCase {
  readonly number: string;
  readonly kind: 'not-me' | 'help';
  /** Masked (lib/accounts/rules.ts): a mailbox that many read. */
  readonly address: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Tells the helpdesk, in its own language, that a case is open: its number, its page in the console, and nothing that would say who (SEC-74). */
export function caseMessage(settings: MailSettings, opened: OpenedCase): Message {
  const language = 'fr';
  const words = wordsOf[language];
  const w = words.case;
  const title = w.title(opened.number);
  const link = `${settings.origin}${casesFolder}/${opened.number}`;
  const facts: [string, string][] = [
    [words.labels.account, oneLine(opened.address)],
    [words.labels.when, words.notice.moment(opened.at)],
  ];
  return {
    subject: title,
    text: letter([
      title,
      w.said[opened.kind],
      facts.map(([label, value]) => `${label}${words.colon}${value}`).join('\n'),
      `${w.open}${words.colon}${link}`,
      w.todo,
    ]),
    html: page(settings, language, {
      title,
      preheader: w.said[opened.kind],
      body: [
        paragraph(12, html(w.said[opened.kind])),
        ...facts.map(([label, value]) => paragraph(12, `${html(label)}${html(words.colon)}${html(value)}`)),
        paragraph(16, `<a class="accent" href="${html(link)}" style="color:#502a74">${html(w.open)}</a>`),
        paragraph(16, html(w.todo)),
      ],
      footer: [],
    }),
  };
}

/** Tells the helpdesk, in its own language, of something that is no single account's (SEC-09, SEC-20, SEC-115). */
export function alertMessage(
  settings: MailSettings,
  raised: { readonly kind: 'failures' | 'codes' | 'clock'; readonly figure: number; readonly at: number },
): Message {
  const language = 'fr';
  const words = wordsOf[language];
  const { title, said, todo } = words.alert;
  const facts = `${words.labels.when}${words.colon}${words.notice.moment(raised.at)}`;
  const sentence = said[raised.kind](raised.figure);
  return {
    subject: title,
    text: letter([title, sentence, facts, todo[raised.kind]]),
    html: page(settings, language, {
      title,
      preheader: sentence,
      body: [paragraph(12, html(sentence)), paragraph(12, html(facts)), paragraph(16, html(todo[raised.kind]))],
      footer: [],
    }),
  };
}

const sans = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;";

// Names come from settings, from the directory and from applications: control characters would break a header or a line.
const oneLine = (value: string) => value.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const html = (value: string) => value.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

const letter = (paragraphs: readonly string[]) => `${paragraphs.join('\n\n')}\n`;
const paragraph = (above: number, html: string) =>
  `<p class="ink" style="margin:${above}px 0 0;${sans}font-size:17px;line-height:26px;color:#251a30">${html}</p>`;

const plainLink = (link: string) =>
  `<p class="ink" style="margin:12px 0 0;${sans}font-size:17px;line-height:26px"><a class="accent" href="${html(link)}" style="color:#4b2a7b">${html(link)}</a></p>`;

/** The border is on the cell: some mail programs give a link none. */
const linkButton = (link: string, name: string, hint: string) => [
  '<table role="presentation" cellpadding="0" cellspacing="0" style="margin-top:24px"><tr><td class="button" style="border:2px solid #a5211f;border-radius:8px">',
  `<a class="danger" href="${html(link)}" style="display:inline-block;padding:11px 22px;${sans}font-size:17px;line-height:24px;font-weight:600;color:#a5211f;text-decoration:none">${html(name)}</a>`,
  '</td></tr></table>',
  `<p class="soft" style="margin:8px 0 0;${sans}font-size:14px;line-height:22px;color:#62576d">${html(hint)}</p>`,
];

const footerText = ({ helpdesk }: MailSettings, words: MessageWords, neverAsked = words.neverAsked) =>
  `${neverAsked}\n${words.helpdesk(helpdesk)}${helpdesk.email}`;
const footerHtml = ({ helpdesk }: MailSettings, words: MessageWords, linked: boolean, neverAsked = words.neverAsked) => {
  const email = html(helpdesk.email);
  const shown = linked ? `<a class="soft" href="mailto:${email}" style="color:#62576d">${email}</a>` : email;
  return `<p class="soft" style="margin:0;${sans}font-size:14px;line-height:22px;text-wrap:balance;color:#62576d">${html(neverAsked)}<br>${html(words.helpdesk(helpdesk))}${shown}</p>`;
};

interface Page {
  readonly title: string;
  /** What mail programs show beside the subject. */
  readonly preheader: string;
  /** HTML. */
  readonly body: readonly string[];
  /** HTML. */
  readonly footer: readonly string[];
}

const page = ({ institute }: MailSettings, language: Language, { title, preheader, body, footer }: Page) => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${html(title)}</title>
<style>
  @media (max-width: 620px) { .pad { padding-left: 20px !important; padding-right: 20px !important; } }
  @media (prefers-color-scheme: dark) {
    .ground { background: #161218 !important; }
    .sheet { background: #1e1a21 !important; border-color: #8a4b61 !important; }
    .ink { color: #f1ecf2 !important; }
    .soft { color: #bab0c0 !important; }
    .accent { color: #d3bdf2 !important; }
    .danger { color: #ffaba1 !important; }
    .button { border-color: #ffaba1 !important; }
    .wash { background: #31273a !important; }
    .rule { border-color: #3b343f !important; }
  }
</style>
</head>
<body class="ground" style="margin:0;padding:0;background:#f9f5f5">
<div lang="${language}" style="display:none;max-height:0;overflow:hidden" aria-hidden="true">${html(preheader)}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" lang="${language}" class="ground" style="background:#f9f5f5">
<tr><td align="center" style="padding:32px 0">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px">
<tr><td class="pad" style="padding:0 40px 20px">
<header>
  <p class="ink" style="margin:0;${sans}font-size:20px;line-height:28px;color:#251a30"><b style="padding-right:10px;margin-right:4px;border-right:1px solid #e49bb0">${html(institute.name)}</b> ${html(institute.product[language])}</p>
</header>
</td></tr>
<tr><td>
<main>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="sheet" style="background:#ffffff;border-top:1px solid #e49bb0">
<tr><td class="pad" style="padding:40px 40px 44px">
  <h1 class="ink" style="margin:0;${sans}font-size:24px;line-height:31px;font-weight:600;text-wrap:balance;color:#251a30">${html(title)}</h1>
${body.map((line) => `  ${line}`).join('\n')}
</td></tr>
</table>
</main>
</td></tr>
<tr><td class="pad" style="padding:20px 40px 0">
<footer>
${footer.map((line) => `  ${line}`).join('\n')}
</footer>
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
