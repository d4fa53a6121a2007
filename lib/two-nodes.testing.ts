// One of two nodes on the same data: a process that plays the acts it is told to, those of a line all at once, and says how each went.
import { createInterface } from 'node:readline';
import { openPostgres, openSqlite } from '#db/store';
import { scanCode } from './enrolment/scan-code.ts';
import { testFlow, testMemberFlow, testPortal } from './portal.testing.ts';
import type { Portal } from './portal.ts';
import { createSecrets, type KeyRing } from './secrets.ts';
import { finishSignIn } from './sign-in/finish-sign-in.ts';
import { proveEmailCode } from './sign-in/prove-email-code.ts';
import { proveRecoveryCode } from './sign-in/prove-recovery-code.ts';
import { proveTotp } from './sign-in/prove-totp.ts';

export interface Task {
  readonly act: keyof typeof acts;
  /** The flow's uid. */
  readonly uid: string;
  readonly accountId: string;
  readonly code: string;
}

/** What a node is told first; every later line is a list of tasks. */
export interface Orders {
  /** A file's path, or postgres://… */
  readonly database: string;
  readonly ring: KeyRing;
}

/** A portal of the node's own, which shares data and keys with the others. */
export async function nodeOn(database: string, ring: KeyRing): Promise<Portal> {
  const store = database.startsWith('postgres') ? openPostgres(database, 5) : openSqlite(database);
  return { ...(await testPortal({ store })), secrets: createSecrets(() => ring) };
}

const said = (result: { readonly ok: true } | { readonly ok: false; readonly problems: readonly { readonly code: string }[] }) =>
  result.ok ? 'ok' : (result.problems[0]?.code ?? '');

const acts = {
  proveEmailCode: async (portal: Portal, { uid, code }: Task) => said(await proveEmailCode(portal, testFlow(portal, { uid }), { code })),
  proveTotp: async (portal: Portal, { uid, code }: Task) => said(await proveTotp(portal, testFlow(portal, { uid }), { code })),
  proveRecoveryCode: async (portal: Portal, { uid, code }: Task) => said(await proveRecoveryCode(portal, testFlow(portal, { uid }), { code })),
  finishSignIn: async (portal: Portal, { uid }: Task) =>
    (await finishSignIn(portal, testFlow(portal, { uid }), `browser ${uid}`)) ? 'ok' : 'nothing',
  scanCode: async (portal: Portal, { uid, accountId, code }: Task) =>
    said(await scanCode(portal, testMemberFlow(portal, { uid, accountId }), { code })),
};

if (process.argv[2] === 'node') {
  let portal: Portal | undefined;
  for await (const line of createInterface({ input: process.stdin })) {
    const node = portal;
    if (node) {
      const outcomes = await Promise.all((JSON.parse(line) as Task[]).map((task) => acts[task.act](node, task)));
      process.stdout.write(`${JSON.stringify(outcomes)}\n`);
    } else {
      const { database, ring } = JSON.parse(line) as Orders;
      portal = await nodeOn(database, ring);
      process.stdout.write('ready\n');
    }
  }
  await portal?.close();
}
