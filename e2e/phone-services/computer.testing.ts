// The computer beside a phone, without its pages: a process on the portal's own data that pairs, confirms and asks, told by its parent what to
// do. So the phone's app is tested alone; what people see on the computer has tests of its own.

import { QRCodeSVG } from 'qrcode.react';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { findAccountByAddress } from '#db/accounts';
import { listFactors } from '#db/factors';
import { cancelPhoneRequests } from '#db/phone-requests';
import { addPhone, pairPhone } from '#lib/factors/add-phone';
import { pairingOnScreen, phonesInPlace, requestOnScreen } from '#lib/factors/phone/facts';
import { testProven } from '#lib/factors/phone/phone.testing';
import { openPortal } from '#lib/portal';
import { testApp, testFlow, totpCode } from '#lib/portal.testing';
import { askPhone } from '#lib/sign-in/ask-phone';
import { checkPassword } from '#lib/sign-in/check-password';
import type { Flow } from '#lib/visitor';

const place = 'a session';
const portal = await openPortal();
const flows: Flow[] = [];

async function idOf(address: string): Promise<string> {
  const account = await portal.store.read((tx) => findAccountByAddress(tx, address));
  if (!account) throw new Error(`No account ${address}.`);
  return account.id;
}
const screen = async (accountId: string) => {
  const pairing = await pairingOnScreen(portal, { accountId, place });
  if (!pairing) throw new Error('Nothing is being paired.');
  return pairing;
};

const acts = {
  /** A QR code on the screen. */
  async pair({ address }: { address: string }) {
    const accountId = await idOf(address);
    await pairPhone(portal, testProven(portal, accountId, place));
    const { uri, code } = await screen(accountId);
    return { uri, code, picture: renderToStaticMarkup(createElement(QRCodeSVG, { value: uri ?? '', size: 400, marginSize: 4 })) };
  },
  async shown({ address }: { address: string }) {
    return screen(await idOf(address));
  },
  async confirm({ address }: { address: string }) {
    const accountId = await idOf(address);
    return addPhone(portal, testProven(portal, accountId, place), { factor: (await screen(accountId)).factorId });
  },
  /** Another way to sign in, so that the phone may go. */
  async addApp({ address }: { address: string }) {
    await testApp(portal, await idOf(address));
    return null;
  },
  async phones({ address }: { address: string }) {
    return phonesInPlace(portal, await idOf(address));
  },
  /** Signs in with the password and asks the phone. @returns the number on the screen */
  async ask({ address, password, application }: { address: string; password: string; application: string }) {
    const userAgent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
    const flow = testFlow(portal, { userAgent, application: { id: 'share', name: application, host: 'share.inserm.fr' } });
    const known = await checkPassword(portal, flow, { address, password });
    const asked = known.ok ? await askPhone(portal, flow) : known;
    if (!asked.ok) throw new Error(`The phone was not asked: ${asked.problems[0].code}`);
    flows.push(flow);
    return (await requestOnScreen(portal, flow))?.number ?? null;
  },
  /** Of the sign-in that asked last. */
  async request() {
    const flow = flows.at(-1);
    return flow ? requestOnScreen(portal, flow) : null;
  },
  /** As signing in by another way does. */
  async cancel() {
    const flow = flows.at(-1);
    if (flow) await portal.store.unit(flow.uid, (tx) => cancelPhoneRequests(tx, flow.uid, portal.now()));
    return null;
  },
  /** What the phone's codes must be now. */
  async code({ address }: { address: string }) {
    const accountId = await idOf(address);
    const factor = (await portal.store.read((tx) => listFactors(tx, accountId))).find(({ kind }) => kind === 'phone');
    if (!factor?.secret) throw new Error('There is no phone.');
    return totpCode(portal.secrets.open(`factors:${factor.id}`, factor.secret), portal.now());
  },
};
export type ComputerActs = typeof acts;

process.on('message', async ({ name, input }: { name: keyof ComputerActs; input: never }) => {
  try {
    process.send?.({ value: await acts[name](input) });
  } catch (error) {
    process.send?.({ error: String(error) });
  }
});
process.send?.({ value: 'ready' });
process.on('disconnect', () => void portal.close().then(() => process.exit()));
