// What a telephone is asked, in words; asked for each time that it is opened or woken up.
import { phoneRoute } from '#app/authenticator/device-route';
import type { ShownHome, ShownRequest } from '#app/authenticator/shown';
import { pendingRequests } from '#lib/factors/phone/pending-requests';
import { emptyInput } from '#lib/factors/phone/sent/rules';
import { words } from '#lib/language/language';
import { browserOf } from '#lib/mail/browser';
import { done } from '#lib/result';

export const dynamic = 'force-dynamic';

export const POST = phoneRoute(emptyInput, async (portal, call) => {
  const home = await pendingRequests(portal, call);
  if (!home.ok) return home;
  const { language } = call.visitor;
  const { request: said } = words(language).authenticator;
  const requests = home.value.requests.map(({ network, userAgent, ...request }): ShownRequest => {
    const seen = browserOf(userAgent);
    return {
      ...request,
      where: network === null ? said.unknown : (portal.networks.nameOf(network, language) ?? said.network(network)),
      browser: seen ? said.seenBrowser(seen.browser, seen.system) : said.unknown,
    };
  });
  return done({ ...home.value, requests } satisfies ShownHome);
});
