// What every directory must do, whichever is behind the port: each adapter's own suite runs it on its own world.
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAccount } from '../accounts/create-account.ts';
import { setAccountStatus } from '../accounts/set-account-status.ts';
import { putPassword } from '../passwords/put-password.ts';
import { type TestPortal, testOperator } from '../portal.testing.ts';
import type { Directory } from './directory.ts';

export interface DirectoryWorld {
  /** Behind its `directory` is the one that is tested. */
  readonly portal: TestPortal;
  /** Somebody with an account and, unless null, this password. @returns the account's id */
  person(address: string, password: string | null): Promise<string>;
  close(): Promise<void>;
}

/** A server with entries, as its own testing file starts it. */
interface Server {
  add(entry: { uid: string; mail: string; givenName: string; sn: string; password?: string }): Promise<unknown>;
  remove(uid: string): Promise<unknown>;
}

/** A world of a directory elsewhere: its people have an entry there, and an account that has no password of its own. */
export function worldElsewhere(own: TestPortal, directory: Directory & { close(): unknown }, server: Server): DirectoryWorld {
  const uids: string[] = [];
  return {
    portal: { ...own, directory },
    async person(address, password) {
      // Active Directory takes no longer names than this.
      const uid = address.replace(/@.*/, '').slice(0, 20);
      uids.push(uid);
      await server.add({ uid, mail: address, givenName: 'Camille', sn: 'Durand', ...(password !== null && { password }) });
      const made = await createAccount(own, testOperator(), { address, givenName: 'Camille', familyName: 'Durand', password: null });
      if (!made.ok) throw new Error(JSON.stringify(made.problems));
      return made.value.id;
    },
    async close() {
      directory.close();
      await own.close();
      for (const uid of uids) await server.remove(uid);
    },
  };
}

const claire = 'claire.martin@inserm.fr';
const password = 'Été au château de Chinon';

/** @param before what must run once, before any world is opened */
export function directoryContract(open: () => Promise<DirectoryWorld>, before: () => Promise<unknown> = async () => {}): void {
  describe('the contract of every directory', () => {
    let world: DirectoryWorld;
    beforeAll(before);
    beforeEach(async () => {
      world = await open();
    });
    afterEach(() => world.close());
    const verify = (address: string, typed: string) => world.portal.directory.verifyPassword(address, typed);

    test('the right password is right, from any keyboard', async () => {
      const accountId = await world.person(claire, password);
      expect(await verify(claire, password)).toMatchObject({ outcome: 'right', accountId });
      expect(await verify(claire, password.normalize('NFD'))).toMatchObject({ outcome: 'right', accountId });
    });

    test('every other is wrong, the empty one too', async () => {
      const accountId = await world.person(claire, password);
      for (const wrong of [password.toLowerCase(), `${password} `, '', '\0', `${password}\0`, '\ud800', '🦒', '*', 'a'.repeat(1_000_000)])
        expect(await verify(claire, wrong)).toEqual({ outcome: 'wrong', accountId });
    });

    test('nobody’s address is wrong, whatever the password', async () => {
      await world.person(claire, password);
      for (const typed of ['', password]) expect(await verify('personne@inserm.fr', typed)).toEqual({ outcome: 'wrong', accountId: null });
      expect(await verify('', password)).toEqual({ outcome: 'wrong', accountId: null });
    });

    test.each([
      '*',
      'claire*',
      'claire.martin@inserm.fr)(mail=*',
      '*)(uid=*))(|(uid=*',
      'x)(|(objectClass=*)',
      '\\2a',
      '\\63laire.martin@inserm.fr',
      'claire.martin@inserm.fr\0',
      "' or 1=1 --",
      'é'.repeat(60),
    ])('the address %j is nobody’s', async (address) => {
      await world.person(claire, password);
      expect(await verify(address, password)).toEqual({ outcome: 'wrong', accountId: null });
    });

    test('SEC-01: the whole password counts, character 73 too', async () => {
      const long = `${'les girafes du zoo de la Haute-Touche aiment les acacias et les longues siestes '.slice(0, 72)}xyz`;
      await world.person(claire, long);
      expect(await verify(claire, long)).toMatchObject({ outcome: 'right' });
      expect(await verify(claire, `${long.slice(0, 72)}Xyz`)).toMatchObject({ outcome: 'wrong' });
    });

    test('who has no password does not get in, not even with an empty one', async () => {
      const accountId = await world.person(claire, null);
      for (const typed of ['', password, 'nobody has this']) expect(await verify(claire, typed)).toEqual({ outcome: 'wrong', accountId });
    });

    test('a disabled account is wrong', async () => {
      const accountId = await world.person(claire, password);
      await setAccountStatus(world.portal, testOperator(), claire, 'disabled');
      expect(await verify(claire, password)).toEqual({ outcome: 'wrong', accountId });
    });

    test('one person’s password is not another’s', async () => {
      await world.person(claire, password);
      await world.person('jean.petit@inserm.fr', 'Les sept girafes lisent');
      expect(await verify(claire, 'Les sept girafes lisent')).toMatchObject({ outcome: 'wrong' });
    });

    test('a new password takes the place of the old one, accents and quotes included', async () => {
      const accountId = await world.person(claire, password);
      const next = 'Œil de lynx, "guillemets" & <été> \\ # 2027';
      const ready = await world.portal.directory.setPassword(accountId, next);
      if (ready.outcome !== 'ready') throw new Error(ready.reason);
      await world.portal.store.unit(accountId, (tx) => putPassword(tx, accountId, ready));
      expect(await verify(claire, next)).toMatchObject({ outcome: 'right', accountId });
      expect(await verify(claire, next.normalize('NFD'))).toMatchObject({ outcome: 'right' });
      expect(await verify(claire, password)).toMatchObject({ outcome: 'wrong' });
    });

    test('many at once are each answered for themselves', async () => {
      const people = await Promise.all(
        [1, 2, 3, 4, 5, 6].map(async (i) => ({
          address: `personne${i}@inserm.fr`,
          id: await world.person(`personne${i}@inserm.fr`, `${password} ${i}`),
        })),
      );
      const answers = await Promise.all(
        people.flatMap(({ address }, i) => [verify(address, `${password} ${i + 1}`), verify(address, `${password} ${i + 2}`)]),
      );
      expect(answers.map(({ outcome, accountId }) => [outcome, accountId])).toEqual(
        people.flatMap(({ id }) => [
          ['right', id],
          ['wrong', id],
        ]),
      );
    });

    test('it has nothing to complain of', async () => expect(await world.portal.directory.complaints()).toEqual([]));
  });
}
