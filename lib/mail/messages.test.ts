// What messages say, and that nobody's name can say anything else in them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minutes } from '../duration.ts';
import type { Language } from '../language/language.ts';
import { readSettings } from '../settings.ts';
import { browserOf } from './browser.ts';
import { codeMessage, type Notice, noticeMessage } from './messages.ts';

const settings = readSettings({ PORTAL_MODE: 'demo', PORTAL_ORIGIN: 'https://auth.inserm.fr' });
const languages: Language[] = ['fr', 'en'];
const sentAt = Date.UTC(2026, 2, 12, 13, 2); // 14:02 in Paris
const code = { code: '482916', purpose: 'sign-in' as const, application: 'InsermBiblio', expiresAt: sentAt + minutes(10), address: 'claire.martin@inserm.fr' };
const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const notices: Notice[] = [
  { kind: 'factor-added', factor: 'Google Authenticator', at: sentAt, userAgent: firefox },
  { kind: 'passkey-added', factor: 'YubiKey 5 NFC', at: sentAt, userAgent: firefox },
  { kind: 'recovery-codes-kept', at: sentAt, userAgent: firefox },
  { kind: 'enrolment-finished', at: sentAt, userAgent: null },
  { kind: 'consent-given', application: 'Cloud', scopes: ['openid', 'profile', 'email'], at: sentAt, userAgent: firefox },
  { kind: 'second-factor-failed', at: sentAt, userAgent: firefox },
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
      expect(text).toContain(language === 'fr' ? 'Ce n’est pas vous' : 'It wasn’t you?');
      expect(text.includes('Firefox')).toBe(notice.userAgent !== null);
      expect(html).not.toMatch(/https?:/);
    });

  test('a consent is told with the information shared, in words', () => {
    const { text } = noticeMessage(settings, 'fr', {
      kind: 'consent-given',
      application: 'Cloud',
      scopes: ['openid', 'profile', 'email'],
      at: 0,
      userAgent: null,
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
        const notice = noticeMessage(settings, 'en', { kind: 'consent-given', application, scopes: [], at: 0, userAgent: application });
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
