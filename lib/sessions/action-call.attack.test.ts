// Arguments of server actions as our forms send them, and as somebody else might.
import { expect, test } from 'vitest';
import { areActionArguments, isActionCall } from './action-call.ts';

const state = {
  problems: [{ code: 'wrong-code', field: 'code', sentence: 'Non.\nEncore.' }],
  kept: { address: '$$x' },
  notice: '$undefined',
  attempt: 2,
};

test.each([
  ['a flow, a state and a form', ['a'.repeat(43), state, '$K1']],
  ['a form alone', ['$K1']],
  ['nothing', []],
  ['text that begins with a dollar sign, as React writes it', ['$$1', '$K1f']],
])('SEC-97: %s may pass', (_what, args) => expect(areActionArguments(JSON.stringify(args))).toBe(true));

test.each([
  '',
  '[',
  '{}',
  'null',
  '"$K1"',
  '["$1"]',
  '["$0:0:then"]',
  '["$1:__proto__:then"]',
  '["$@1"]',
  '["$F1"]',
  '["$h1"]',
  '["$B1"]',
  '["$T1"]',
  '["$Q1"]',
  '["$W1"]',
  '["$D2026-01-01"]',
  '["$n1"]',
  '["$NaN"]',
  '["$Kx"]',
  '["$K1:x"]',
  '["$"]',
  '[{"a":["$@1"]}]',
  '[{"then":"x"}]',
  '[{"__proto__":{}}]',
  '[[[[[[[[1]]]]]]]]',
  `["${'x'.repeat(70_000)}"]`,
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
])('SEC-97, T23: %s may not', (text) => expect(areActionArguments(text)).toBe(false));

test('SEC-97: a call is a form with its arguments once; anything else is none, and its body can still be read', async () => {
  const call = (form: FormData) => new Request('https://auth.inserm.fr/', { method: 'POST', body: form, headers: { 'next-action': 'x' } });
  const form = new FormData();
  form.append('1_code', '123456');
  expect(await isActionCall(call(form))).toBe(false);
  form.append('0', '["$K1"]');
  const request = call(form);
  expect(await isActionCall(request)).toBe(true);
  expect((await request.formData()).get('1_code')).toBe('123456');
  form.append('0', '["$K1"]');
  expect(await isActionCall(call(form))).toBe(false);
  const file = new FormData();
  file.append('0', new Blob(['[]']), 'x.json');
  expect(await isActionCall(call(file))).toBe(false);
  const bare = (body: string) =>
    new Request('https://auth.inserm.fr/', { method: 'POST', body, headers: { 'next-action': 'x', 'content-type': 'text/plain;charset=UTF-8' } });
  expect(await isActionCall(bare('["x"]'))).toBe(true);
  expect(await isActionCall(bare('["$1"]'))).toBe(false);
  for (const type of ['text/html', 'application/json', 'multipart/form-data', 'multipart/form-data; boundary=x'])
    expect(
      await isActionCall(
        new Request('https://auth.inserm.fr/', { method: 'POST', body: '[]', headers: { 'next-action': 'x', 'content-type': type } }),
      ),
    ).toBe(false);
});

test('SEC-97: without script, the fields that name an action hold a reference and plain arguments; others are the form’s own', async () => {
  const call = (fields: Readonly<Record<string, string>>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    return isActionCall(new Request('https://auth.inserm.fr/', { method: 'POST', body: form }));
  };
  const reference = JSON.stringify({ id: '7f', bound: '$@1' });
  expect(await call({ $ACTION_REF_2: '', '$ACTION_2:0': reference, '$ACTION_2:1': JSON.stringify(['x', state]), code: '$1' })).toBe(true);
  expect(await call({ answer: 'allow' })).toBe(true);
  for (const bound of ['["$1"]', '[{"then":1}]', '{}', '[', '"$@0"', `${'['.repeat(9000)}${']'.repeat(9000)}`])
    expect(await call({ $ACTION_REF_2: '', '$ACTION_2:0': reference, '$ACTION_2:1': bound }), bound).toBe(false);
  for (const wrong of [
    '{',
    '[]',
    'null',
    '{"id":1,"bound":null}',
    '{"id":"x","bound":{}}',
    '{"id":"x","bound":"$1"}',
    '{"id":"x","bound":null,"then":1}',
  ])
    expect(await call({ $ACTION_REF_2: '', '$ACTION_2:0': wrong }), wrong).toBe(false);
  const urlEncoded = new Request('https://auth.inserm.fr/', { method: 'POST', body: new URLSearchParams({ a: 'b' }) });
  expect(await isActionCall(urlEncoded)).toBe(true);
});
