// Commands about the applications that send people here.
import { addApplication } from '../applications/add-application.ts';
import { listRegisteredApplications } from '../applications/facts.ts';
import { removeApplication } from '../applications/remove-application.ts';
import { randomToken } from '../secrets.ts';
import { applicationSchema, scopes } from '../settings.ts';
import { type Command, isSet, Refused, requiredText, textOf, textsOf, UsageError } from './command.ts';

const add: Command = {
  summary: 'register an application; prints its secret, once',
  usage: 'ID --name NAME --redirect-uri URL… [more] [--json]',
  details: `--redirect-uri URL              where codes go, exactly as the application sends it; may come several times
--post-logout-redirect-uri URL  where people may go after signing out; may come several times
--backchannel-logout-uri URL    where the end of a session is told
--home URL                      where "back to the application" leads after a problem
--host NAME                     shown under the name; the first redirect URI's host when left out
--scope WORD                    ${scopes.join(', ')}; openid, profile and email when left out
--without-mfa                   a password alone is enough for this application
--public                        no secret: for an application that can't keep one (PKCE is required of all)
A running portal knows the application within two seconds.`,
  options: {
    json: { type: 'boolean' },
    name: { type: 'string' },
    'redirect-uri': { type: 'string', multiple: true },
    'post-logout-redirect-uri': { type: 'string', multiple: true },
    'backchannel-logout-uri': { type: 'string' },
    home: { type: 'string' },
    host: { type: 'string' },
    scope: { type: 'string', multiple: true },
    'without-mfa': { type: 'boolean' },
    public: { type: 'boolean' },
  },
  words: 1,
  async run(world, given) {
    const [id = ''] = given.positionals;
    const secret = isSet(given, 'public') ? undefined : randomToken(256);
    const chosen = textsOf(given, 'scope');
    const left = Object.entries({ backchannelLogoutUri: 'backchannel-logout-uri', home: 'home', host: 'host' }).flatMap(([key, option]) => {
      const value = textOf(given, option);
      return value === undefined ? [] : [[key, value]];
    });
    const parsed = applicationSchema.safeParse({
      id,
      name: requiredText(given, 'name'),
      redirectUris: textsOf(given, 'redirect-uri'),
      postLogoutRedirectUris: textsOf(given, 'post-logout-redirect-uri'),
      ...Object.fromEntries(left),
      ...(secret !== undefined && { secret }),
      ...(chosen.length && { scopes: chosen }),
      requiresMfa: !isSet(given, 'without-mfa'),
    });
    if (!parsed.success) throw new UsageError(parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('\n'));
    const portal = await world.portal();
    if (portal.settings.mode === 'production') {
      const plain = parsed.data.redirectUris.find(
        (uri) => !uri.startsWith('https://') && !['localhost', '127.0.0.1'].includes(new URL(uri).hostname),
      );
      if (plain) throw new Refused(`${plain} is not https: give the application's https:// address.`);
    }
    const result = await addApplication(portal, world.operator, parsed.data);
    if (!result.ok) throw new Refused(`There is an application ${id} already: choose another id, or remove that one.`);
    const { issuer } = portal.settings;
    if (isSet(given, 'json')) world.print(JSON.stringify({ issuer, clientId: id, ...(secret !== undefined && { clientSecret: secret }) }));
    else {
      world.print(`issuer         ${issuer}`);
      world.print(`client_id      ${id}`);
      if (secret !== undefined) world.print(`client_secret  ${secret}`);
      if (secret !== undefined) world.tell('The secret is shown this once: it is kept sealed, and nobody can read it again.');
    }
    return 0;
  },
};

const list: Command = {
  summary: 'list applications, without their secrets',
  usage: '[--json]',
  options: { json: { type: 'boolean' } },
  words: 0,
  async run(world, given) {
    const portal = await world.portal();
    const rows = (await listRegisteredApplications(portal)).map(({ secret, ...application }) => ({
      ...application,
      public: secret === undefined,
      from: portal.settings.applications.some((a) => a.id === application.id) ? 'settings file' : 'command',
    }));
    if (isSet(given, 'json')) world.print(JSON.stringify({ applications: rows }));
    else {
      for (const { id, name, from, requiresMfa, redirectUris } of rows) {
        world.print([id, name, from, requiresMfa ? 'two factors' : 'password', redirectUris.join(' ')].join('\t'));
      }
    }
    return 0;
  },
};

const remove: Command = {
  summary: 'forget an application, its tokens and people’s consents',
  usage: 'ID [--json]',
  options: { json: { type: 'boolean' } },
  words: 1,
  async run(world, given) {
    const [id = ''] = given.positionals;
    const result = await removeApplication(await world.portal(), world.operator, id);
    if (!result.ok) {
      const inFile = result.problems[0].code === 'application-in-settings';
      throw new Refused(inFile ? `${id} is in the settings file: take it out there, and start the portal again.` : `There is no application ${id}.`);
    }
    if (isSet(given, 'json')) world.print(JSON.stringify({ removed: id }));
    else world.print(`${id} was removed.`);
    return 0;
  },
};

export const applicationCommands: Readonly<Record<string, Command>> = {
  'applications add': add,
  'applications list': list,
  'applications remove': remove,
};
