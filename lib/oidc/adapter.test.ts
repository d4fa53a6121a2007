// The contract that oidc-provider expects of its storage, on both engines.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '#db/testing';
import { addApplication } from '../applications/add-application.ts';
import { removeApplication } from '../applications/remove-application.ts';
import { minutes, seconds } from '../duration.ts';
import { purgeExpired } from '../operations/purge-expired.ts';
import { type TestPortal, testOperator, testPortal } from '../portal.testing.ts';
import { digest } from '../secrets.ts';
import { adaptersOf } from './adapter.ts';
import { testApplications } from './provider.testing.ts';

describe.each(engines())('$name', (engine) => {
  let portal: TestPortal;
  let adapters: ReturnType<typeof adaptersOf>;
  beforeEach(async () => {
    portal = await testPortal({ store: await engine.open(), settings: { applications: testApplications } });
    adapters = adaptersOf(portal);
  });
  afterEach(() => portal.close());

  test('what is written is read, until its time is over', async () => {
    await adapters('AccessToken').upsert('id', { accountId: 'a', scope: 'openid' }, 60);
    expect(await adapters('AccessToken').find('id')).toEqual({ accountId: 'a', scope: 'openid' });
    expect(await adapters('RefreshToken').find('id')).toBeUndefined();
    portal.clock.advance(seconds(60));
    expect(await adapters('AccessToken').find('id')).toBeUndefined();
  });

  test('written again it is replaced, and stays used', async () => {
    const codes = adapters('AuthorizationCode');
    await codes.upsert('id', { scope: 'one' }, 60);
    await codes.consume('id');
    await codes.upsert('id', { scope: 'two' }, 60);
    expect(await codes.find('id')).toEqual({ scope: 'two', consumed: portal.now() });
  });

  test('SEC-82: of many uses at once exactly one is the first, and the family of the grant dies', async () => {
    const codes = adapters('AuthorizationCode');
    await adapters('Grant').upsert('grant', { accountId: 'a' }, 600);
    await adapters('AccessToken').upsert('token', { grantId: 'grant' }, 600);
    await codes.upsert('id', { grantId: 'grant' }, 60);
    const uses = await Promise.allSettled(Array.from({ length: 20 }, () => codes.consume('id')));
    expect(uses.filter((u) => u.status === 'fulfilled')).toHaveLength(1);
    for (const use of uses) if (use.status === 'rejected') expect(use.reason).toMatchObject({ error: 'invalid_grant' });
    expect(await adapters('Grant').find('grant')).toBeUndefined();
    expect(await adapters('AccessToken').find('token')).toBeUndefined();
  });

  test('sessions and flows are found by uid, which is kept hashed', async () => {
    await adapters('Session').upsert('id', { uid: 'the-uid', accountId: 'a' }, 60);
    expect(await adapters('Session').findByUid('the-uid')).toMatchObject({ accountId: 'a' });
    expect(await adapters('Session').findByUid(digest('the-uid'))).toBeUndefined();
  });

  test('two applications opened at once are both remembered by the session; another person’s are not', async () => {
    const sessions = adapters('Session');
    const session = { uid: 'uid', accountId: 'a' };
    await sessions.upsert('id', { ...session, authorizations: { one: { sid: '1' } } }, 60);
    await sessions.upsert('id', { ...session, authorizations: { two: { sid: '2' } } }, 60);
    expect((await sessions.find('id'))?.authorizations).toEqual({ one: { sid: '1' }, two: { sid: '2' } });
    await sessions.upsert('id', { ...session, accountId: 'b', authorizations: {} }, 60);
    expect((await sessions.find('id'))?.authorizations).toEqual({});
  });

  test('revoking a grant takes codes and tokens, not the flow that names it', async () => {
    for (const model of ['AccessToken', 'RefreshToken', 'AuthorizationCode', 'Interaction'])
      await adapters(model).upsert(model, { grantId: 'grant' }, 60);
    await adapters('AccessToken').upsert('other', { grantId: 'another' }, 60);
    await adapters('AccessToken').revokeByGrantId('grant');
    for (const model of ['AccessToken', 'RefreshToken', 'AuthorizationCode']) expect(await adapters(model).find(model)).toBeUndefined();
    expect(await adapters('Interaction').find('Interaction')).toBeDefined();
    expect(await adapters('AccessToken').find('other')).toBeDefined();
  });

  test('a record moved to another place does not open', async () => {
    const sessions = adapters('Session');
    await sessions.upsert('mine', { accountId: 'me' }, 60);
    const { db, s } = portal.store;
    await portal.store.write(db.update(s.oidcRecords).set({ id: digest('theirs') }));
    await expect(sessions.find('theirs')).rejects.toThrow();
  });

  test('what is past its time is purged', async () => {
    await adapters('Session').upsert('id', { accountId: 'a' }, 60);
    portal.clock.advance(minutes(2));
    expect((await purgeExpired(portal)).oidcRecords).toBe(1);
  });

  test('applications come from the settings and from the table, at once', async () => {
    const clients = adapters('Client');
    expect(await clients.find('share')).toMatchObject({ client_id: 'share', response_types: ['code'], scope: 'openid profile email' });
    expect(await clients.find('portal')).toMatchObject({ redirect_uris: [`${portal.settings.origin}/api/auth/callback/portal`] });
    expect(await clients.find('new')).toBeUndefined();
    const secret = 's'.repeat(40);
    const registration = {
      id: 'new',
      name: 'New',
      redirectUris: ['https://new.example/cb'],
      postLogoutRedirectUris: [],
      scopes: ['openid' as const],
      requiresMfa: true,
    };
    expect(await addApplication(portal, testOperator(), { ...registration, secret })).toMatchObject({ ok: true });
    expect(await clients.find('new')).toMatchObject({ client_secret: secret, grant_types: ['authorization_code'] });
    const { db, s } = portal.store;
    expect(JSON.stringify(await db.select().from(s.applications))).not.toContain(secret);
    await removeApplication(portal, testOperator(), 'new');
    expect(await clients.find('new')).toBeUndefined();
    await expect(clients.upsert('x', {})).rejects.toThrow();
  });
});
