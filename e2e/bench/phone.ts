// What a person waits for who confirms on a telephone: from the button of the password to the number on screen, and from Accepter to the
// application. Push services are no part of it: the telephone has its app open.
import { PhoneDevice } from '../phone-services/phone-device.ts';
import { type Browser, createAgent, createBrowser, formsOf, formWith, locationOf } from './browser.ts';
import { type Figure, type Measure, round } from './measure.ts';
import { startProductionPortal, takeAccounts } from './production-portal.ts';
import { departure } from './relying-party.ts';
import { quantile } from './statistics.ts';

const warmUps = 20;

/** Waits for the request to be approved, as the page does. @returns when the stream is open, and when it was told */
async function watch(browser: Browser, url: URL): Promise<{ readonly approved: Promise<number> }> {
  const response = await browser.stream(url);
  let opened = () => {};
  const open = new Promise<void>((resolve) => {
    opened = resolve;
  });
  const approved = (async () => {
    let text = '';
    for await (const piece of response as AsyncIterable<Buffer>) {
      text += piece.toString();
      if (text.includes(':pending')) opened();
      if (text.includes(':approved')) break;
    }
    const at = performance.now();
    response.destroy();
    return at;
  })();
  await open;
  return { approved };
}

export const phoneMeasure: Measure = {
  name: 'phone',
  about: 'from the button to the number on screen, and from Accepter to signed in, with a telephone',
  async run({ samples, note }) {
    const portal = await startProductionPortal({ phone: warmUps + samples });
    try {
      const take = takeAccounts(portal);
      const agent = createAgent();
      const shown: number[] = [];
      const told: number[] = [];
      const signedIn: number[] = [];
      for (let n = 0; n < warmUps + samples; n++) {
        const { address, password, phone: kept } = take('phone');
        if (!kept) throw new Error('This account has no telephone.');
        const phone = PhoneDevice.kept(portal.origin, kept);
        const browser = createBrowser(agent);
        const { to, state } = departure(portal);
        const passwordPage = await browser.follow(await browser.get(to), portal.origin);
        const pressed = performance.now();
        const page = await browser.follow(await browser.submit(formWith(passwordPage, 'password'), { address, password }), portal.origin);
        const number = /<strong>(\d\d)<\/strong>/.exec(page.text)?.[1];
        const seen = performance.now();
        if (!number) throw new Error(`No number is on screen at ${page.url.pathname} (${page.status}).`);
        // The switch of languages comes before it.
        const goOn = formsOf(page).at(-1);
        if (!goOn) throw new Error('The page has no form to go on with.');
        const { approved } = await watch(browser, new URL(`${page.url.pathname}/state`, portal.origin));
        await phone.request();
        const accepted = performance.now();
        const answered = phone.accepts(number);
        const toldAt = await approved;
        const back = locationOf(await browser.follow(await browser.submit(goOn, {}), portal.origin));
        const arrived = performance.now();
        if ((await answered) !== 'approved') throw new Error('The telephone’s answer was refused.');
        if (back?.searchParams.get('state') !== state) throw new Error(`The sign-in did not come back to the application: ${back}`);
        if (n < warmUps) continue;
        shown.push(seen - pressed);
        told.push(toldAt - accepted);
        signedIn.push(arrived - accepted);
      }
      agent.destroy();
      note(`${samples} sign-ins, one after another`);
      const line = (what: string, times: readonly number[], aim?: number): Figure[] =>
        ([0.5, 0.95] as const).map((share) => {
          const value = round(quantile(times, share));
          const name = `${what}, ${share === 0.5 ? 'median' : '95th percentile'}`;
          return { what: name, value, unit: 'ms', ...(aim && share === 0.95 && { aim: `at most ${aim}`, met: value <= aim }) };
        });
      return [
        ...line('button to number on screen', shown, 500),
        ...line('Accepter to the waiting page told', told, 500),
        ...line('Accepter to signed in', signedIn, 1000),
      ];
    } finally {
      await portal.stop();
    }
  },
};
