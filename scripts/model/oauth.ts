import type { OAuthDescriptor, OAuthFlowDescriptor, OAuthFlowName } from '@countersign/runtime/contract';
import { asNode, asText, type Node } from './reader.ts';

/** The flows of OpenAPI 3.0 and 3.1, and the one that 3.2 adds. */
const FLOWS: readonly OAuthFlowName[] = [
  'clientCredentials',
  'authorizationCode',
  'deviceAuthorization',
  'password',
  'implicit',
];
const URLS = ['authorizationUrl', 'deviceAuthorizationUrl', 'tokenUrl', 'refreshUrl'] as const;

function buildFlow(node: Node): OAuthFlowDescriptor {
  const urls = URLS.flatMap((name) => (asText(node[name]) === '' ? [] : [[name, asText(node[name])]]));
  return { ...Object.fromEntries(urls), scopes: Object.keys(asNode(node.scopes)) };
}

/**
 * The authorization server of a scheme; undefined if the scheme is neither `oauth2` nor `openIdConnect`.
 * @see https://spec.openapis.org/oas/v3.2.0.html#oauth-flows-object
 */
export function buildOAuth(scheme: Node): OAuthDescriptor | undefined {
  if (scheme.type !== 'oauth2' && scheme.type !== 'openIdConnect') return undefined;
  const flows = asNode(scheme.flows);
  const named = scheme.type === 'oauth2' ? FLOWS.filter((name) => typeof flows[name] === 'object') : [];
  const metadataUrl = asText(scheme.type === 'oauth2' ? scheme.oauth2MetadataUrl : scheme.openIdConnectUrl);
  return {
    flows: Object.fromEntries(named.map((name) => [name, buildFlow(asNode(flows[name]))])),
    ...(metadataUrl !== '' && { metadataUrl }),
  };
}
