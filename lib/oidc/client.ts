// An application as oidc-provider wants to read it (OpenID Connect Dynamic Client Registration, section 2).
import type { AdapterPayload } from 'oidc-provider';
import type { Application } from '../settings.ts';

/** @returns always the same for the same application: oidc-provider keeps clients by the hash of this */
export function clientOf(application: Application): AdapterPayload {
  const { id, name, redirectUris, postLogoutRedirectUris, backchannelLogoutUri, secret, scopes } = application;
  return {
    client_id: id,
    client_name: name,
    application_type: 'web',
    redirect_uris: redirectUris,
    post_logout_redirect_uris: postLogoutRedirectUris,
    response_types: ['code'],
    response_modes: ['query'],
    grant_types: scopes.includes('offline_access') ? ['authorization_code', 'refresh_token'] : ['authorization_code'],
    scope: [...new Set(['openid', ...scopes])].join(' '),
    id_token_signed_response_alg: 'RS256',
    // oidc-provider takes the secret by client_secret_post too.
    ...(secret ? { client_secret: secret, token_endpoint_auth_method: 'client_secret_basic' } : { token_endpoint_auth_method: 'none' }),
    ...(backchannelLogoutUri && { backchannel_logout_uri: backchannelLogoutUri, backchannel_logout_session_required: true }),
  };
}
