// Every way in asks for itself who is there and where the request came from: nothing relies on proxy.ts (SEC-98, SEC-101).
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';

const files = readdirSync('app', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.ts$/.test(entry.name))
  .map((entry) => posix.join(entry.parentPath, entry.name))
  .sort();
const textOf = (file: string) => readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '$1');

/** A function's text up to the next one. */
const functions = (text: string, head: RegExp) => text.split(/^(?=export |async function |function |const )/m).filter((part) => head.test(part));

describe('server actions', () => {
  const actionFiles = files.filter((file) => /^\s*['"]use server['"]/.test(textOf(file)));

  test('SEC-98: are in files of their own, never inside a page or component (SEC-100: nothing is captured)', () => {
    expect(actionFiles.length).toBeGreaterThan(8);
    const inside = files.filter((file) => !actionFiles.includes(file) && /['"]use server['"]/.test(textOf(file)));
    expect(inside).toEqual([]);
  });

  test.each(actionFiles)('SEC-66, SEC-98, SEC-101: %s refuses foreign requests before anything else', (file) => {
    const exported = functions(textOf(file), /^export (?!type|interface)/);
    expect(exported.length).toBeGreaterThan(0);
    for (const action of exported) {
      const made =
        /^export const \w+ = (?:signInAction|signInNotice|lostPhoneAction|lostPhoneChoice|signInQuestion|enrolmentAction|enrolmentQuestion|provenQuestion|memberQuestion|memberAction|provenAction|agentAction|agentAnswer|confirmAction|beginResetAction|resetAction|resetNotice|resetQuestion|enrolmentHelpAction|signInHelpAction|resetHelpAction|memberHelpAction)\(/.test(
          action,
        );
      const first = /^export async function \w+\([^)]*\): Promise<\w+> \{\s*await refuseForeignRequest\(\);/.test(action);
      expect(made || first, `${file}: ${action.slice(0, 120)}`).toBe(true);
    }
  });

  test('SEC-66: what makes them begins with the same refusal', () => {
    const text = textOf('app/form-action.ts');
    const refusal = String.raw`\{\s*await refuseForeignRequest\(\);`;
    expect(text).toMatch(new RegExp(String.raw`async function acting<[^{]*\): Promise<FormState> ${refusal}`));
    const answering = text.split('sent: FormData): Promise<FormState> =>').slice(1);
    expect(answering).toHaveLength(7);
    for (const body of answering) expect(body).toMatch(new RegExp(String.raw`^\s*(?:acting\(|${refusal})`));
    expect(text).toMatch(new RegExp(String.raw`async \(uid: string\): Promise<string \| null> => ${refusal}`));
    expect(text.match(new RegExp(String.raw`async \(\): Promise<string \| null> => ${refusal}`, 'g'))).toHaveLength(3);
  });
});

/** Pages that anybody may see: no person's data on them. */
const open = [
  'app/accessibility/page.tsx',
  // The same for everybody: a telephone knows itself whose it is.
  'app/authenticator/page.tsx',
  'app/help/page.tsx',
  'app/not-me/done/page.tsx',
  'app/page.tsx',
  'app/privacy/page.tsx',
  'app/problem/[code]/page.tsx',
  'app/reset-password/start/page.tsx',
  'app/sign-out/page.tsx',
  'app/session-ended/page.tsx',
  'app/signed-out/page.tsx',
];
const guards: readonly (readonly [RegExp, RegExp])[] = [
  [/^app\/sign-in\/\[uid\]\/lost-phone\//, /await lostPhone(Proof)?Place\(uid, '[a-z-]+'\)/],
  [/^app\/sign-in\/\[uid\]\/ask-for-help\//, /await signInHelpPlace\(uid\)/],
  [/^app\/sign-in\/\[uid\]\//, /await signInPlace\(uid, '[a-z-]+'\)/],
  [/^app\/enrol\/\[uid\]\/ask-for-help\//, /await enrolmentHelpPlace\(uid\)/],
  [/^app\/enrol\/\[uid\]\//, /await enrolmentPlace\(uid, '[a-z-]+'\)/],
  [/^app\/consent\/\[uid\]\//, /await consentPlace\(uid\)/],
  // The link of a letter: a page says what it would take away, and gives nothing.
  [/^app\/not-me\/page/, /await followedLink\(\)/],
  [/^app\/reset-password\/ask-for-help\//, /await resetHelpPlace\(\)/],
  [/^app\/reset-password\//, /await reset(Person|Way)?Place\('[a-z-]+'\)/],
  [/^app\/(account|helpdesk)\//, /await require[A-Z]\w+\(/],
];

describe('pages', () => {
  const pages = files.filter((file) => /\/page\.tsx$/.test(file));

  test.each(pages.filter((file) => !open.includes(file)))('SEC-98: %s asks who is there before it reads anything of them', (file) => {
    const guard = guards.find(([path]) => path.test(file))?.[1];
    if (!guard) throw new Error(`${file} has no guard: name the one of its folder here, or list it among the open pages.`);
    const text = textOf(file);
    const at = text.search(guard);
    expect(at, `${file} does not call ${guard}`).toBeGreaterThan(0);
    const before = text.slice(text.indexOf('export default'), at);
    expect(before.replace(/await (params|searchParams|cookies\(\)|language\(\))/g, '')).not.toContain('await ');
  });

  test('SEC-98: the open pages are those, and read no account', () => {
    expect(open.filter((file) => !files.includes(file))).toEqual([]);
    for (const file of open) expect(textOf(file), file).not.toMatch(/findAccount|Factors|inPlace|listConsents|mint\(/);
  });
});

describe('route handlers', () => {
  /** What keeps each from being misused, as its text shows. */
  const kept: Readonly<Record<string, readonly RegExp[]>> = {
    'app/account/data/file/route.ts': [/export async function POST/, /originRefusal\(request, origin\)/, /await recentProof\(\)/],
    'app/account/factors/recovery-codes/file/route.ts': [/await requireRecentProof\(paths\.recoveryCodes\)/],
    'app/account/session-end/route.ts': [/originRefusal\(request, origin\)/, /await sessionState\(\)/],
    'app/account/confirm/state/route.ts': [/await requireMember\(/, /requestOnScreen\(running, member\)/],
    'app/account/factors/add/scan-phone/state/route.ts': [/await requireMember\(/, /place: sessionId/],
    'app/account/sign-in/route.ts': [/\breturnTo\(/, /get\('rsc'\)/],
    'app/account/sign-out/route.ts': [/export async function POST/, /originRefusal\(request, origin\)/],
    'app/api/auth/[...nextauth]/route.ts': [/export async function GET/, /if \(!known\)/],
    'app/api/backchannel-logout/route.ts': [/export async function POST/, /readLogoutToken\(/],
    ...Object.fromEntries(
      ['answer', 'pending', 'pin', 'receipt', 'remove', 'rename', 'subscription', 'test'].map((name) => [
        `app/authenticator/api/${name}/route.ts`,
        [/^export const POST = phoneRoute\(\w+Input, /m],
      ]),
    ),
    ...Object.fromEntries(
      ['claim', 'finish', 'pairing'].map((name) => [`app/authenticator/api/${name}/route.ts`, [/^export const POST = ticketRoute\(\w+Input, /m]]),
    ),
    'app/authenticator/api/events/route.ts': [/const signed = await signedCallOf\(request\);\s*if \(signed instanceof Response\) return signed;/],
    'app/authenticator/manifest.webmanifest/route.ts': [/export async function GET\(\): /],
    'app/enrol/[uid]/save-recovery-codes/file/route.ts': [/await enrolmentPlace\(uid, 'save-recovery-codes'\)/],
    'app/enrol/[uid]/scan-code/state/route.ts': [/await enrolmentPlace\(uid, 'scan-code'\)/, /place: uid/],
    'app/health/live/route.ts': [/export function GET\(\): Response \{\s*return Response\.json\(\{ status: 'ok' \}/],
    'app/health/route.ts': [/isAlive/],
    'app/metrics/route.ts': [/if \(!mayScrape\(settings, request\.headers\.get\('authorization'\)\)\)/],
    'app/helpdesk/dashboard/file/route.ts': [
      /export async function POST/,
      /originRefusal\(request, origin\)/,
      /await requireColleague\('export-dashboard'/,
    ],
    'app/helpdesk/[accountId]/verify-caller/phone/state/route.ts': [
      /await requireAgent\('verify-caller', /,
      /callerRequestOnScreen\(running, agent, accountId\)/,
    ],
    'app/not-me/[token]/route.ts': [/export async function GET/, /isToken\(token\)/],
    'app/oidc/[...path]/route.ts': [/providerFetch\(/],
    'app/sign-in/[uid]/second-factor/phone/state/route.ts': [/await signInPlace\(uid, 'second-factor'\)/, /requestOnScreen\(portal, flow\)/],
  };

  test('SEC-98: each is known, and has its own guard', () => {
    const routes = files.filter((file) => /\/route\.ts$/.test(file));
    expect(routes.filter((file) => !(file in kept))).toEqual([]);
    for (const [file, patterns] of Object.entries(kept)) for (const pattern of patterns) expect(textOf(file), file).toMatch(pattern);
  });

  test('SEC-66, SEC-98: what makes telephones’ routes refuses foreign requests first, and acts for who has signed', () => {
    const text = textOf('app/authenticator/device-route.ts');
    expect(text).toMatch(
      /async function askedBy[^{]*\{\s*const running = await portal\(\);\s*if \(originRefusal\(request, running\.settings\.origin\)\) return nothing\(403\);/,
    );
    expect(text.match(/const asked = await askedBy\(request\);\s*if \(asked instanceof Response\) return asked;/g)).toHaveLength(2);
    expect(text).toMatch(/const verified = await verifyCall\([^;]*;\s*return verified\.ok \? /);
    expect(text).toMatch(/const signed = await signedCallOf\(request\);\s*if \(signed instanceof Response\) return signed;/);
    expect(text).not.toMatch(/cookies\(/);
  });

  test('SEC-67: none that changes something answers GET', () => {
    for (const file of [
      'app/account/data/file/route.ts',
      'app/account/sign-out/route.ts',
      'app/api/backchannel-logout/route.ts',
      'app/helpdesk/dashboard/file/route.ts',
    ])
      expect(textOf(file)).not.toMatch(/GET/);
  });
});
