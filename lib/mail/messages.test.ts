// What messages say, and that nobody's name can say anything else in them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minutes } from '../duration.ts';
import type { Language } from '../language/language.ts';
import { readSettings } from '../settings.ts';
import { browserOf } from './browser.ts';
import { caseMessage, codeMessage, type Notice, noticeMessage } from './messages.ts';

const settings = readSettings({ PORTAL_MODE: 'demo', PORTAL_ORIGIN: 'https://auth.inserm.fr' });
const languages: Language[] = ['fr', 'en'];
const sentAt = Date.UTC(2026, 2, 12, 13, 2); // 14:02 in Paris
const code = {
  code: '482916',
  purpose: 'sign-in' as const,
  application: 'InsermBiblio',
  expiresAt: sentAt + minutes(10),
  address: 'claire.martin@inserm.fr',
};
const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const link = 'https://auth.inserm.fr/not-me/x';
const about = { at: sentAt, userAgent: firefox, place: 'Réseau Inserm, Paris', notMe: { link, takes: null } };
const notices: Notice[] = [
  { ...about, kind: 'factor-added', factor: 'Google Authenticator', notMe: { link, takes: 'factor' } },
  { ...about, kind: 'passkey-added', factor: 'YubiKey 5 NFC', notMe: { link, takes: 'factor' } },
  { ...about, kind: 'factor-removed', factor: 'Pixel de Claire' },
  { ...about, kind: 'recovery-codes-kept', notMe: { link, takes: 'recovery-codes' } },
  { ...about, kind: 'recovery-code-used', left: 2, notMe: { link, takes: 'recovery-codes' } },
  { ...about, kind: 'answers-changed', notMe: { link, takes: 'answers' } },
  { ...about, kind: 'password-changed' },
  { ...about, kind: 'password-reset' },
  { ...about, kind: 'password-set', userAgent: null },
  { ...about, kind: 'enrolment-finished', userAgent: null, notMe: { link, takes: 'factors' } },
  { ...about, kind: 'new-browser', application: 'Cloud' },
  { ...about, kind: 'consent-given', application: 'Cloud', scopes: ['openid', 'profile', 'email'], notMe: { link, takes: 'consent' } },
  { ...about, kind: 'second-factor-failed' },
  { ...about, kind: 'phone-added', factor: 'Pixel de Claire', notMe: { link, takes: 'factor' } },
  { ...about, kind: 'phone-locked', factor: 'Pixel de Claire', notMe: { link, takes: 'factor' } },
  { ...about, kind: 'phone-copied', factor: 'Pixel de Claire', notMe: { link, takes: 'factor' } },
  { ...about, kind: 'phone-pin-changed', factor: 'Pixel de Claire', notMe: { link, takes: 'factor' } },
  { ...about, kind: 'phone-reported', application: 'Cloud', notMe: null },
  { ...about, kind: 'phone-suspended' },
  { ...about, kind: 'caller-not-verified', userAgent: null, place: null },
  { ...about, kind: 'help-asked', caseNumber: '7KQF-M2XD' },
  { ...about, kind: 'help-added', caseNumber: '7KQF-M2XD' },
  { ...about, kind: 'case-closed', caseNumber: '7KQF-M2XD', about: 'help', outcome: 'helped', notMe: null },
  { ...about, kind: 'case-closed', caseNumber: '7KQF-M2XD', about: 'not-me', outcome: 'passed-on', notMe: null },
  {
    ...about,
    kind: 'disavowed',
    reported: 'factor-added',
    factor: 'Pixel de Claire',
    application: null,
    caseNumber: '7KQF-M2XD',
    advice: 'change-password',
    notMe: null,
  },
];
/** By an agent: neither their browser nor their network is told. */
const told = { ...about, userAgent: null, place: null };
const byHelpdesk: Notice[] = [
  { ...told, kind: 'unlocked' },
  { ...told, kind: 'reset-sent' },
  { ...told, kind: 'pass-given' },
  { ...told, kind: 'sessions-ended' },
  { ...told, kind: 'account-frozen' },
  { ...told, kind: 'account-unfrozen' },
  { ...told, kind: 'removal-asked', factor: 'Pixel de Claire' },
  { ...told, kind: 'removal-not-done', factor: 'Pixel de Claire' },
  { ...told, kind: 'removed-by-helpdesk', factor: 'Pixel de Claire' },
];
/** What a reader sees of the HTML part. */
const seen = (html: string) =>
  html
    .replace(/<head>[\s\S]*<\/head>/, '')
    .replace(/<[^>]+>/g, '\n')
    .replace(/\n\s*/g, '\n')
    .trim();

describe('the message with a code', () => {
  test.each(languages)('SEC-22: it names the action, has no link, warns of fraud and ends with the domain-bound line (%s)', (language) => {
    const { subject, text, html } = codeMessage(settings, language, code);
    expect(subject).toMatch(/^482\u00a0916 .*InsermBiblio$/);
    expect(text).toContain('InsermBiblio');
    for (const part of [text, html]) {
      expect(part).not.toMatch(/https?:|href=|www\./);
      expect(part).toContain(language === 'fr' ? 'Nous ne demandons jamais de code' : 'We never ask for a code');
    }
    expect(text.trimEnd().split('\n').at(-1)).toBe('@auth.inserm.fr #482916');
    expect(seen(html).split('\n').at(-1)).toBe('@auth.inserm.fr #482916');
  });

  test.each(languages)('SEC-22: the one code that is read out says to whom, and that it opens nothing (%s)', (language) => {
    const { subject, text, html } = codeMessage(settings, language, { ...code, purpose: 'verify-caller', application: '' });
    for (const part of [text, html]) {
      expect(part).not.toMatch(/https?:|href=|www\./);
      expect(part).toContain(language === 'fr' ? 'Nous n’appelons jamais pour demander un code' : 'We never call to ask for a code');
      expect(part, 'which would be untrue here').not.toContain(language === 'fr' ? 'jamais de code ni' : 'We never ask for a code');
    }
    expect(subject).toMatch(/^482\u00a0916 /);
    expect(text.trimEnd().split('\n').at(-1)).toBe('@auth.inserm.fr #482916');
  });

  test('its subject begins with the code, and its end is told in Paris time', () => {
    const { subject, text } = codeMessage(settings, 'fr', code);
    expect(subject).toBe('482\u00a0916 est votre code pour vous connecter à InsermBiblio');
    expect(text).toMatch(/Valable jusqu’à 14.h.12, une seule fois\./);
  });

  test.each(languages)('text and HTML say the same words (%s)', (language) => {
    const { text, html } = codeMessage(settings, language, code);
    for (const line of text.split('\n').filter((l) => l.trim() !== '')) expect(seen(html)).toContain(line.trim());
  });

  test('its language is declared where mail programs keep it', () => {
    expect(codeMessage(settings, 'en', code).html).toMatch(/<html lang="en">[\s\S]*<table[^>]*lang="en"/);
  });

  test('the link-free domain is the configured one, whatever the port', () => {
    const { text } = codeMessage({ ...settings, origin: 'http://localhost:3000' }, 'fr', code);
    expect(text).toContain('@localhost #482916');
  });
});

describe('notices', () => {
  for (const language of languages)
    test.each(notices)(`SEC-44: $kind says what happened, when and what to do (${language})`, (notice) => {
      const { subject, text, html } = noticeMessage(settings, language, notice);
      expect(text.split('\n')[0]).toBe(subject);
      expect(text).toMatch(language === 'fr' ? /12.mars 2026 à 14.h.02, heure de Paris/ : /12 March 2026 at 14:02, Paris time/);
      expect(text).toContain(settings.helpdesk.phone);
      if (!['disavowed', 'phone-reported', 'help-asked', 'help-added', 'case-closed'].includes(notice.kind))
        expect(text).toContain(language === 'fr' ? 'Ce n’est pas vous' : 'It wasn’t you?');
      expect(text.includes('Firefox')).toBe(notice.userAgent !== null);
      expect(text.includes('Réseau Inserm, Paris')).toBe(notice.place !== null);
      // No address but the one link, on our own origin, and it is not where anybody signs in (SEC-52).
      for (const part of [text, html]) expect(part.match(/https?:[^\s"<]+/g) ?? []).toEqual(notice.notMe ? [link] : []);
      const bare = (said: string) => said.replace(/\s*:?\s+/g, ' ').trim();
      for (const line of text.split('\n').filter((l) => !l.includes(link))) expect(bare(seen(html))).toContain(bare(line));
    });

  for (const language of languages)
    test.each(byHelpdesk)(`SEC-44: $kind by the helpdesk says what to do for who did not ask (${language})`, (notice) => {
      const { subject, text, html } = noticeMessage(settings, language, notice);
      expect(text.split('\n')[0]).toBe(subject);
      expect(text).toContain(language === 'fr' ? 'Vous n’avez rien demandé' : 'You asked for nothing?');
      expect(text).toContain(settings.helpdesk.phone);
      for (const part of [text, html]) {
        expect(part).toContain(language === 'fr' ? 'Nous n’appelons jamais pour demander un code' : 'We never call to ask for a code');
        expect(part, 'untrue for who has just read one out').not.toContain(language === 'fr' ? 'jamais de code ni' : 'We never ask for a code');
      }
      const start = `${settings.origin}/reset-password/start`;
      for (const part of [text, html]) {
        const links = new Set(part.match(/https?:[^\s"<]+/g));
        expect(links).toEqual(new Set(notice.kind === 'reset-sent' ? [start, link] : [link]));
      }
    });

  test('SEC-49: what « Ce n’était pas moi » would do is said beside the link', () => {
    const [factor, , , codes] = notices.map((notice) => noticeMessage(settings, 'fr', notice).text);
    expect(factor).toContain('ce moyen de connexion sera suspendu');
    expect(codes).toContain('ces codes de secours seront annulés');
    expect(noticeMessage(settings, 'fr', { ...about, kind: 'password-changed' }).text).toContain('toutes vos sessions seront fermées aussitôt');
  });

  test('French has its own typography in them', () => {
    for (const notice of [...notices, ...byHelpdesk])
      expect(noticeMessage(settings, 'fr', notice).text.replace(link, '')).not.toMatch(/'| [:;?!»]|« /);
  });

  test('SEC-74: the helpdesk is told a number and a masked address, and the one link leads to the case in the console, which asks who is there', () => {
    const { subject, text, html } = caseMessage(settings, { number: '7KQF-M2XD', kind: 'not-me', address: 'c•••n@inserm.fr', at: sentAt });
    expect(subject).toContain('7KQF-M2XD');
    expect(text).toContain('c•••n@inserm.fr');
    for (const part of [text, html]) {
      expect(part).toContain('https://auth.inserm.fr/helpdesk/cases/7KQF-M2XD');
      expect(part.match(/https?:[^\s"<]*/g)?.every((link) => link === 'https://auth.inserm.fr/helpdesk/cases/7KQF-M2XD')).toBe(true);
    }
    for (const part of [subject, text, html]) expect(part).not.toMatch(/claire/i);
  });

  test('a consent is told with the information shared, in words', () => {
    const { text } = noticeMessage(settings, 'fr', {
      kind: 'consent-given',
      application: 'Cloud',
      scopes: ['openid', 'profile', 'email'],
      at: 0,
      userAgent: null,
      place: null,
      notMe: null,
    });
    expect(text).toContain('votre nom et votre adresse e-mail');
    expect(text).toContain('90');
  });

  test('SEC-21: no message calls a code received by e-mail a second factor', () => {
    const all = languages.flatMap((l) => [codeMessage(settings, l, code), ...notices.map((n) => noticeMessage(settings, l, n))]);
    for (const { subject, text, html } of all) expect(`${subject}${text}${html}`).not.toMatch(/double authentification|two-factor|deux facteurs/i);
  });
});

describe('names that come from outside', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.constantFrom(
      '<img src=x onerror=alert(1)>',
      '"><script>x</script>',
      "' style='",
      'A\r\nBcc: all@inserm.fr',
      'a\u2028b',
      '&amp;',
      '\u202eefas',
    ),
  );
  test('SEC-106: are escaped in HTML and never break a header or a line', () => {
    fc.assert(
      fc.property(hostile, hostile, (application, address) => {
        const message = codeMessage(settings, 'fr', { ...code, application, address });
        const plain = codeMessage(settings, 'fr', { ...code, application: 'x', address: 'x' });
        expect(message.subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(message.text.split('\n')).toHaveLength(plain.text.split('\n').length);
        const tags = (html: string) => html.match(/<[^>]*>/g);
        expect(tags(message.html)).toEqual(tags(plain.html));
        const notice = noticeMessage(settings, 'en', {
          kind: 'consent-given',
          application,
          scopes: [],
          at: 0,
          userAgent: application,
          place: application,
          notMe: null,
        });
        expect(notice.subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
  });

  test('a browser is named in our words only, or not at all', () => {
    expect(browserOf(firefox)).toEqual({ browser: 'Firefox', system: 'Windows' });
    expect(browserOf('Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36 EdgA/140.0')).toEqual({
      browser: 'Edge',
      system: 'Android',
    });
    expect(browserOf('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1')).toEqual({
      browser: 'Safari',
      system: 'iPhone',
    });
    expect(browserOf('curl/8.5.0')).toBeNull();
    expect(browserOf(null)).toBeNull();
  });
});
