// What errors of the store say in the log.
import { expect, test } from 'vitest';
import { insertAccount } from './accounts.ts';
import { isDuplicate, sqlState, withoutValues } from './store.ts';
import { engines } from './testing.ts';

const account = {
  id: 'a',
  address: 'claire.martin@inserm.fr',
  givenName: 'Clairette',
  familyName: 'Martin',
  kind: 'internal' as const,
  affiliations: ['member'],
  status: 'active' as const,
  language: null,
  createdAt: 1,
  enrolledAt: null,
};

const told = (error: unknown): string => {
  const { message, stack, cause, ...rest } = error as Error;
  return [message, stack, JSON.stringify({ ...rest, ...(error as object) }), cause ? told(cause) : ''].join('\n');
};

test.each(engines())('SEC-111: on $name, a statement that fails tells which and why, not with what values', async (engine) => {
  const store = await engine.open();
  try {
    await store.unit('a', (tx) => insertAccount(tx, account, []));
    const failures = await Promise.allSettled([
      store.unit('a', (tx) => insertAccount(tx, account, [])),
      store.write(store.db.insert(store.s.accounts).values(account)),
    ]);
    for (const failure of failures) {
      if (failure.status === 'fulfilled') throw new Error('Twice the same account.');
      expect(isDuplicate(failure.reason)).toBe(true);
      expect(told(failure.reason)).not.toMatch(/claire|Clairette/i);
    }
  } finally {
    await store.close();
  }
});

test('SEC-111: values are taken out however deep they stand, the code stays', () => {
  const cause = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (address)=(claire.martin@inserm.fr) already exists.' });
  const error = Object.assign(new Error('Failed query: insert\nparams: claire.martin@inserm.fr', { cause }), { params: ['claire.martin@inserm.fr'] });
  expect(told(withoutValues(error))).not.toContain('claire');
  expect(sqlState(error)).toBe('23505');
  expect(error.message).toBe('Failed query: insert');
});
