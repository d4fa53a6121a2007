// The demo's eight fictional accounts, made and brought to their states by the same acts as everybody's.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Secret, TOTP } from 'otpauth';
import { createAccount } from '../accounts/create-account.ts';
import { setAccountStatus } from '../accounts/set-account-status.ts';
import { seconds } from '../duration.ts';
import { answerQuestions } from '../enrolment/answer-questions.ts';
import { pendingRecoveryCodes, pendingTotp } from '../enrolment/facts.ts';
import { installApp } from '../enrolment/install-app.ts';
import { saveRecoveryCodes } from '../enrolment/save-recovery-codes.ts';
import { scanCode } from '../enrolment/scan-code.ts';
import type { Portal } from '../portal.ts';
import type { Result } from '../result.ts';
import { giveRole } from '../roles/give-role.ts';
import type { Role } from '../roles/rules.ts';
import { randomToken } from '../secrets.ts';
import { type MemberFlow, mint, type Operator } from '../visitor.ts';

export interface DemoAccount {
  readonly address: string;
  readonly password: string;
  /** As it was made; what a visitor does afterwards changes the account, not this. */
  readonly state: 'new' | 'half-enrolled' | 'enrolled' | 'disabled';
  /** At the helpdesk; left out for whoever has none. */
  readonly role?: Role;
  /** The TOTP key (base32) of an account that has one. */
  readonly key?: string;
  readonly recoveryCodes?: readonly string[];
}

interface Person extends DemoAccount {
  readonly givenName: string;
  readonly familyName: string;
}

const people: readonly Person[] = [
  { address: 'claire.martin@inserm.fr', givenName: 'Claire', familyName: 'Martin', password: 'quatre tortues dans la brume', state: 'new' },
  { address: 'karim.benali@inserm.fr', givenName: 'Karim', familyName: 'Benali', password: 'le vélo bleu dort au grenier', state: 'new' },
  { address: 'ewa.nowak@ext.inserm.fr', givenName: 'Ewa', familyName: 'Nowak', password: 'sept prunes sur un banc vert', state: 'new' },
  { address: 'paul.lefevre@inserm.fr', givenName: 'Paul', familyName: 'Lefèvre', password: 'un phare allumé en plein jour', state: 'half-enrolled' },
  { address: 'sofia.almeida@ext.inserm.fr', givenName: 'Sofia', familyName: 'Almeida', password: 'la cuisine sent la cannelle', state: 'enrolled' },
  { address: 'marc.dubois@inserm.fr', givenName: 'Marc', familyName: 'Dubois', password: 'trois valises pleines de vent', state: 'disabled' },
  {
    address: 'nadia.cherif@inserm.fr',
    givenName: 'Nadia',
    familyName: 'Chérif',
    password: 'deux hérissons sous la pluie',
    state: 'enrolled',
    role: 'agent',
  },
  {
    address: 'julien.roche@inserm.fr',
    givenName: 'Julien',
    familyName: 'Roche',
    password: 'onze pigeons lisent le journal',
    state: 'enrolled',
    role: 'lead-agent',
  },
];

/** Of everybody whose enrolment is finished. */
export const demoAnswers = {
  q1: 'first-soft-toy',
  a1: 'Capitaine Patate',
  q2: 'driving-instructor',
  a2: 'Bérengère',
  q3: 'school-trip',
  a3: 'Rocamadour',
  q4: 'first-film',
  a4: 'Le Roi et l’Oiseau',
};

const operator = mint<Operator>({ name: 'demo' });

function must<Value>(what: string, result: Result<Value>): Value {
  if (result.ok) return result.value;
  throw new Error(`The demo could not ${what}: ${result.problems.map((p) => p.code).join(', ')}`);
}

/**
 * Makes the accounts that are not there yet.
 * @param file remembers the keys and codes of the fictional accounts; nothing of the kind exists for real ones
 */
export async function seedDemo(portal: Portal, file: string): Promise<readonly DemoAccount[]> {
  const accounts = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DemoAccount[]) : [];
  for (const { givenName, familyName, ...account } of people) {
    const { address, password, state, role } = account;
    if (accounts.some((a) => a.address === address)) continue;
    const made = await createAccount(portal, operator, { address, givenName, familyName, password });
    // Made by a start that was interrupted: it stays as it was left.
    const interrupted = !made.ok && made.problems.some((p) => p.code === 'address-taken');
    if (interrupted) accounts.push(account);
    else {
      const { id } = must(`make ${address}`, made);
      const enrolled = state === 'half-enrolled' || state === 'enrolled' ? await enrol(portal, id, state === 'enrolled') : {};
      if (role) must(`give ${address} a role`, await giveRole(portal, operator, { address, role }));
      if (state === 'disabled') must(`disable ${address}`, await setAccountStatus(portal, operator, address, 'disabled'));
      accounts.push({ ...account, ...enrolled });
    }
    writeFileSync(file, JSON.stringify(accounts, null, 2), { mode: 0o600 });
  }
  return accounts;
}

/** @param completely or only until the code app is proven */
async function enrol(portal: Portal, accountId: string, completely: boolean): Promise<Pick<DemoAccount, 'key' | 'recoveryCodes'>> {
  const flow = mint<MemberFlow>({
    uid: randomToken(128),
    prompt: 'enrol',
    application: { id: 'demo', name: 'Démo', host: 'localhost' },
    visitor: { browser: null, network: null, userAgent: null, language: 'fr' },
    accountId,
  });
  must('choose an app', await installApp(portal, flow, { app: 'other' }));
  const pending = await pendingTotp(portal, flow);
  if (!pending) throw new Error('The demo found no key to scan.');
  const key = pending.key.replace(/\s/g, '');
  // The step before the current one, so that the current code is still good for whoever signs in at once.
  const code = new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: portal.now() - seconds(30) });
  must('prove the app', await scanCode(portal, flow, { code }));
  if (!completely) return { key };
  must('answer the questions', await answerQuestions(portal, flow, demoAnswers));
  const recovery = await pendingRecoveryCodes(portal, flow);
  if (!recovery) throw new Error('The demo found no recovery codes.');
  must('keep the recovery codes', await saveRecoveryCodes(portal, flow, { kept: 'yes' }));
  return { key, recoveryCodes: recovery.codes };
}
