// Another passkey, for an account that is in use.
import { expect, test } from 'vitest';
import { events, letters, testAccount, testMember, testPortal } from '../portal.testing.ts';
import type { RecentlyProven } from '../visitor.ts';
import { addPasskey, askAddedPasskey } from './add-passkey.ts';
import { testAuthenticator } from './passkey/authenticator.testing.ts';

test('a passkey is added, told by mail, and the next question leaves it out; in another session its answer is worth nothing', async () => {
  const portal = await testPortal();
  const claire = await testAccount(portal);
  const proven = (session: string) => ({ ...testMember(claire.id, session), provenAt: portal.now() }) as RecentlyProven;
  const ask = async (session: string) => {
    const asked = await askAddedPasskey(portal, proven(session));
    return asked.ok ? asked.value : '';
  };
  const key = testAuthenticator(portal.settings.origin);
  const elsewhere = key.register(await ask('one'));
  expect(await addPasskey(portal, proven('two'), { credential: elsewhere })).toMatchObject({ problems: [{ code: 'passkey-expired' }] });
  expect(await addPasskey(portal, proven('one'), { credential: key.register(await ask('one')) })).toEqual({ ok: true, value: undefined });
  expect((await events(portal)).at(-1)).toMatchObject({ type: 'factor-added', accountId: claire.id, data: { kind: 'passkey' } });
  expect((await letters(portal)).map((l) => l.kind)).toContain('passkey-added');
  const question = await ask('one');
  expect(JSON.parse(question).excludeCredentials).toMatchObject([{ id: key.id }]);
  expect(await addPasskey(portal, proven('one'), { credential: key.register(question) })).toMatchObject({
    problems: [{ code: 'passkey-already-there' }],
  });
  await portal.close();
});
