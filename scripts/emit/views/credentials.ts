import type { CredentialDescriptor } from '@countersign/runtime/contract';
import type { Api } from '../../model/types.ts';

/** What a caller must have, by name; two schemes may share a credential. */
export function credentialsOf(api: Api): readonly CredentialDescriptor[] {
  const all = api.securitySchemes.flatMap(({ descriptor }) => {
    if (descriptor.kind === 'signature') return descriptor.credentials;
    return descriptor.kind === 'session' ? [] : [descriptor.credential];
  });
  return [...new Map(all.map((credential) => [credential.name, credential])).values()];
}
