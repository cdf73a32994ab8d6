import { type CredentialDescriptor, credentialsIn } from '@countersign/runtime/contract';
import type { Api } from '../../model/types.ts';

/** What a caller must have, by name; two schemes may share a credential. */
export function credentialsOf(api: Api): readonly CredentialDescriptor[] {
  const all = api.securitySchemes.flatMap(({ descriptor }) => credentialsIn(descriptor));
  return [...new Map(all.map((credential) => [credential.name, credential])).values()];
}
