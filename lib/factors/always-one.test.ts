// No sequence of what people do in their account, in however many tabs, leaves them without a factor that works (SEC-42).
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listFactors } from '#db/factors';
import { findPendingFactor } from '#db/pending-factors';
import { engines } from '#db/testing';
import { days, hours, minutes } from '../duration.ts';
import { type TestPortal, testAccount, testApp, testPortal, testVisitor, totpCode } from '../portal.testing.ts';
import { proveFactor } from '../proof/prove-factor.ts';
import { askToProvePasskey, provePasskeyAgain } from '../proof/prove-passkey.ts';
import type { Result } from '../result.ts';
import { mint, type RecentlyProven } from '../visitor.ts';
import { addPasskey, askAddedPasskey } from './add-passkey.ts';
import { chooseApp } from './choose-app.ts';
import { readHeldFactors } from './facts.ts';
import { type TestAuthenticator, testAuthenticator } from './passkey/authenticator.testing.ts';
import { proveApp } from './prove-app.ts';
import { keepRecoveryCodes } from './recovery-codes/keep-recovery-codes.ts';
import { makeRecoveryCodes } from './recovery-codes/make-recovery-codes.ts';
import { removeFactor } from './remove-factor.ts';
import { renameFactor } from './rename-factor.ts';

/** Somebody, with every device that they ever put in place in their drawer. */
class Person {
  readonly passkeys: TestAuthenticator[] = [];
  constructor(
    private readonly portal: TestPortal,
    readonly accountId: string,
  ) {}

  /** Of a session with a recent proof. @param sessionId one for each tab of another browser */
  by = (sessionId = 'one') => mint<RecentlyProven>({ accountId: this.accountId, sessionId, provenAt: this.portal.now(), visitor: testVisitor });
  held = () => this.portal.store.read((tx) => listFactors(tx, this.accountId));
  pending = () => this.portal.store.read((tx) => findPendingFactor(tx, this.accountId));
  idAt = async (place: number) => (await this.held()).at(place)?.id ?? '';
  remove = (factor: string, tab?: string) => removeFactor(this.portal, this.by(tab), { factor });

  async proveNewApp() {
    const pending = await this.pending();
    const code = pending ? totpCode(this.portal.secrets.open(`factors:${pending.id}`, pending.secret), this.portal.now()) : '123456';
    return proveApp(this.portal, this.by(), { code });
  }

  async addPasskey(verifies: boolean) {
    const question = given(await askAddedPasskey(this.portal, this.by()));
    const key = testAuthenticator(this.portal.settings.origin, { verifies });
    if (question !== null) await addPasskey(this.portal, this.by(), { credential: key.register(question) });
    this.passkeys.push(key);
  }

  async provePasskey(key: TestAuthenticator | undefined): Promise<boolean> {
    const question = given(await askToProvePasskey(this.portal, this.by()));
    return key !== undefined && question !== null && (await provePasskeyAgain(this.portal, this.by(), { credential: key.prove(question) })).ok;
  }

  /** Whether any of their devices opens the account: by trying, not by asking what the rows say. */
  async getsIn(): Promise<boolean> {
    for (const { id, kind, secret } of await this.held()) {
      if (kind !== 'totp') continue;
      const code = totpCode(this.portal.secrets.open(`factors:${id}`, secret), this.portal.now());
      if ((await proveFactor(this.portal, this.by(), { code })).ok) return true;
    }
    for (const key of this.passkeys) if (await this.provePasskey(key)) return true;
    return false;
  }
}
const given = (asked: Result<string>) => (asked.ok ? asked.value : null);

type Act = (person: Person, portal: TestPortal) => Promise<unknown>;
const acts: Record<string, Act> = {
  'choose an app': (p, portal) => chooseApp(portal, p.by(), { app: 'other' }),
  'prove the app': (p) => p.proveNewApp(),
  'prove the app in two tabs': (p) => Promise.all([p.proveNewApp(), p.proveNewApp()]),
  'prove the app wrongly': (p, portal) => proveApp(portal, p.by(), { code: '000000' }),
  'add a passkey': (p) => p.addPasskey(true),
  'add a security key without a PIN': (p) => p.addPasskey(false),
  'ask for a passkey, and stop': (p, portal) => askAddedPasskey(portal, p.by()),
  'prove a passkey': (p) => p.provePasskey(p.passkeys.at(-1)),
  'remove the first': async (p) => p.remove(await p.idAt(0)),
  'remove the last': async (p) => p.remove(await p.idAt(-1)),
  'remove the first and the last, in two tabs at once': async (p) => Promise.all([p.remove(await p.idAt(0)), p.remove(await p.idAt(-1), 'two')]),
  'remove all at once': async (p) => Promise.all((await p.held()).map(({ id }, n) => p.remove(id, `tab ${n}`))),
  'remove the same twice at once': async (p) => Promise.all([p.remove(await p.idAt(0)), p.remove(await p.idAt(0))]),
  'remove the old while the new one is being proven': async (p) => Promise.all([p.remove(await p.idAt(0)), p.proveNewApp()]),
  rename: async (p, portal) => renameFactor(portal, p.by(), { factor: await p.idAt(0), name: 'Téléphone' }),
  'make recovery codes': (p, portal) => makeRecoveryCodes(portal, p.by(), {}),
  'keep recovery codes': (p, portal) => keepRecoveryCodes(portal, p.by(), { kept: 'yes' }),
  'confirm wrongly': (p, portal) => proveFactor(portal, p.by(), { code: '000000' }),
  'wait three minutes': async (_, portal) => portal.clock.advance(minutes(3)),
  'come back tomorrow': async (_, portal) => portal.clock.advance(days(1)),
};
/** « Je change de téléphone », and what may come between two of its steps. */
const changePhone = ['choose an app', 'prove the app', 'remove the first'];

const anyAct = fc.constantFrom(...Object.keys(acts));
const anySequence = fc.oneof(
  fc.array(anyAct, { maxLength: 20 }),
  fc
    .tuple(fc.nat({ max: changePhone.length }), fc.array(anyAct, { maxLength: 6 }))
    .map(([at, between]) => [...changePhone.slice(0, at), ...between, ...changePhone.slice(at)]),
);

describe.each(engines())('$name', (engine) => {
  let portal: TestPortal;
  beforeAll(async () => {
    portal = await testPortal({ store: await engine.open() });
  });
  afterAll(() => portal.close());

  let people = 0;
  test('SEC-42: no sequence of acts leaves an account without a factor that works', async () => {
    await fc.assert(
      fc.asyncProperty(anySequence, fc.boolean(), async (sequence, begunWithPasskey) => {
        const account = await testAccount(portal, { address: `person${people++}@inserm.fr` });
        const person = new Person(portal, account.id);
        if (begunWithPasskey) await person.addPasskey(true);
        else await testApp(portal, account.id);
        for (const act of sequence) {
          await acts[act]?.(person, portal);
          const held = await portal.store.read((tx) => readHeldFactors(portal, tx, account.id, portal.now()));
          expect(held.some(({ works }) => works)).toBe(true);
        }
        // However many tries have to be waited for.
        portal.clock.advance(hours(24));
        expect(await person.getsIn()).toBe(true);
      }),
      { numRuns: 80 },
    );
  }, 120_000);
});
