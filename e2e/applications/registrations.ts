// The demo's applications: how the portal knows them and how they know themselves. The only place where both are written.

export interface Registration {
  /** OAuth `client_id`. */
  readonly id: string;
  readonly name: string;
  /** As a person would know it; the demo answers on localhost. */
  readonly host: string;
  /** What it is for, in the application's own words. */
  readonly purpose: string;
  readonly secret: string;
  readonly scopes: readonly ('openid' | 'profile' | 'email' | 'eduperson')[];
  /** Whether the portal asks for two factors before letting anyone in. */
  readonly requiresMfa: boolean;
  readonly colour: string;
}

export const registrations: readonly Registration[] = [
  {
    id: 'insermbiblio',
    name: 'InsermBiblio',
    host: 'biblio.inserm.fr',
    purpose: 'Revues, livres et bases documentaires de l’institut',
    secret: 'demo-insermbiblio-4f9a1c7be25d08368afc',
    scopes: ['openid', 'profile', 'email', 'eduperson'],
    requiresMfa: true,
    colour: '#7a3b00',
  },
  {
    id: 'share',
    name: 'Share',
    host: 'share.inserm.fr',
    purpose: 'Dépôt et envoi de fichiers volumineux',
    secret: 'demo-share-b7d02e91f4c86a5573109de8',
    scopes: ['openid', 'profile', 'email'],
    requiresMfa: false,
    colour: '#0b5d4e',
  },
  {
    id: 'cloud',
    name: 'Cloud',
    host: 'cloud.inserm.fr',
    purpose: 'Documents partagés de votre équipe',
    secret: 'demo-cloud-2c8e5f10a9b374d6ee41830f',
    scopes: ['openid', 'profile', 'email'],
    requiresMfa: true,
    colour: '#1f4e9e',
  },
  {
    id: 'sifac',
    name: 'Sifac+',
    host: 'sifac.inserm.fr',
    purpose: 'Commandes, missions et suivi des crédits',
    secret: 'demo-sifac-91a6d3f28c0b5e7744fa2d68',
    scopes: ['openid', 'profile', 'email'],
    requiresMfa: true,
    colour: '#6b2a6f',
  },
];

/** @returns http://localhost:PORT, an origin of its own. @param firstPort where the first application listens; the others follow */
export const originOf = (registration: Registration, firstPort: number) => `http://localhost:${firstPort + registrations.indexOf(registration)}`;

/** The `applications` part of the portal's settings file (lib/settings.ts). @param firstPort as in `originOf` */
export const applicationSettings = (firstPort: number) =>
  registrations.map((registration) => {
    const { id, name, host, secret, scopes, requiresMfa } = registration;
    const origin = originOf(registration, firstPort);
    return {
      id,
      name,
      host,
      home: `${origin}/`,
      redirectUris: [`${origin}/callback`],
      postLogoutRedirectUris: [`${origin}/logged-out`],
      backchannelLogoutUri: `${origin}/backchannel-logout`,
      secret,
      scopes: [...scopes],
      requiresMfa,
    };
  });
