import {
  type BearerScheme,
  type CredentialDescriptor,
  credentialsIn,
  type OAuthDescriptor,
} from '@countersign/runtime/contract';
import type { Api } from '../../model/types.ts';

/** The credentials of a caller, by name. Two schemes can share a credential. */
export function credentialsOf(api: Api): readonly CredentialDescriptor[] {
  const all = api.securitySchemes.flatMap(({ descriptor }) => credentialsIn(descriptor));
  return [...new Map(all.map((credential) => [credential.name, credential])).values()];
}

/** The schemes whose tokens an authorization server issues. */
export function oauthSchemes(api: Api): readonly (BearerScheme & { readonly oauth: OAuthDescriptor })[] {
  return api.securitySchemes.flatMap(({ descriptor }) =>
    descriptor.kind === 'bearer' && descriptor.oauth ? [{ ...descriptor, oauth: descriptor.oauth }] : [],
  );
}
