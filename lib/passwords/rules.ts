// Which passwords are refused, and why. Pure. Sources: SEC-01, SEC-03 (ASVS 6.2, NIST SP 800-63B-4 §3.1.1.2). No rule of composition.
import type { Problem } from '../result.ts';

/** In code points. */
export const passwordLength = { least: 15, most: 256 } as const;
/** In UTF-8 bytes: more is never hashed (SEC-13). 256 code points of four bytes fit. */
const hashableBytes = 1024;

export type PasswordProblem = 'password-too-short' | 'password-too-long' | 'password-common' | 'password-personal' | 'unreadable';

/** The form in which a password is hashed: the same on every keyboard (NFC). */
export const foldPassword = (plain: string) => plain.normalize('NFC');

export const isHashable = (plain: string) => plain.length <= hashableBytes && new TextEncoder().encode(plain).length <= hashableBytes;

/** What everybody tries first, folded; longer passwords made of nothing but these and digits are refused too. */
const common = `
  motdepasse password passw0rd bonjour bienvenue welcome soleil doudou loulou chouchou jetaime iloveyou princesse princess marseille football
  monkey dragon sunshine letmein admin administrateur administrator changeme changezmoi secret azerty azertyuiop qwerty qwertyuiop qwertz
  portail inserm institut recherche research auth compte account covid france paris janvier fevrier mars avril mai juin juillet aout septembre
  octobre novembre decembre printemps ete automne hiver correcthorsebatterystaple
`
  .trim()
  .split(/\s+/);

const keyboardRows = [
  'azertyuiopqsdfghjklmwxcvbn',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
];
/** A run of keys this long is refused wherever it stands. */
const runLength = 6;

const reversed = (text: string) => [...text].reverse().join('');
const runs = new Set(
  [...keyboardRows, ...keyboardRows.map(reversed)].flatMap((row) =>
    Array.from({ length: Math.max(0, row.length - runLength + 1) }, (_, i) => row.slice(i, i + runLength)),
  ),
);

/** Small letters and digits without accents; the digits that stand for letters (4, 3, 1, 0, 5, @, $) become them. */
const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const lettersOf = (text: string) => folded(text).replace(/[@43105$]/g, (c) => ({ '@': 'a', 4: 'a', 3: 'e', 1: 'i', 0: 'o', 5: 's', $: 's' })[c] ?? c);

/** Who chooses: what others know of the person must not be the password. */
export interface PasswordOwner {
  readonly address: string;
  readonly givenName: string;
  readonly familyName: string;
}

/**
 * The first reason to refuse, or null. Refused: fewer than 15 or more than 256 code points; parts of the person's address or name;
 * « inserm »; runs of keys; little else than common words, digits or one repeated pattern.
 */
export function judgePassword(plain: string, owner: PasswordOwner): Problem<PasswordProblem> | null {
  const field = 'password';
  if (plain.length > passwordLength.most * 4) return { code: 'password-too-long', field };
  const password = foldPassword(plain);
  const length = [...password].length;
  if (length > passwordLength.most) return { code: 'password-too-long', field };
  if (length < passwordLength.least) return { code: 'password-too-short', field };
  // A password is typed blind: a control character comes from a broken paste, and directories refuse it.
  if (!password.isWellFormed() || /\p{Cc}/u.test(password)) return { code: 'unreadable', field };
  const plainLetters = folded(password);
  const letters = lettersOf(password);
  const personal = [owner.address.split('@')[0] ?? '', ...(owner.address.split('@')[0] ?? '').split(/[._-]/), owner.givenName, owner.familyName]
    .map((part) => folded(part).replace(/[^\p{L}\p{N}]/gu, ''))
    .filter((part) => part.length >= 4);
  const bare = [plainLetters, letters].map((text) => text.replace(/[^\p{L}\p{N}]/gu, ''));
  if (bare.some((text) => text.includes('inserm') || personal.some((part) => text.includes(part)))) return { code: 'password-personal', field };
  if (isRun(plainLetters) || isRepetition(plainLetters) || bare.some(isMadeOfCommonWords)) return { code: 'password-common', field };
  return null;
}

const isRun = (text: string) =>
  Array.from({ length: Math.max(0, text.length - runLength + 1) }, (_, i) => text.slice(i, i + runLength)).some((s) => runs.has(s));

/** One pattern of at most five characters again and again, or fewer than five different ones. */
const isRepetition = (text: string) => /^(.{1,5}?)\1+.{0,4}$/su.test(text) || new Set(text).size < 5;

/** Whether, common words taken out, fewer than four letters are left. */
const isMadeOfCommonWords = (text: string) => {
  let rest = text;
  for (const word of [...common].sort((a, b) => b.length - a.length)) rest = rest.replaceAll(word, '');
  return rest !== text && rest.replace(/\p{N}/gu, '').length < 4;
};
