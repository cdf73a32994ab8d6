import type { SignatureScheme } from '@countersign/runtime/contract';
import { asNode, type Node } from '../reader.ts';
import type { Api } from '../types.ts';
import type { Tell } from './check-names.ts';

/** Warns of a signature that stays valid forever: nothing distinguishes a copy of a request from a new one. */
export function checkReplay({ operations }: Api, signing: Node, scheme: SignatureScheme, tell: Tell): void {
  if (scheme.timestamp || ['nonce', 'id', 'replay'].some((word) => signing[word] !== undefined)) return;
  if (asNode(asNode(signing.jwt).claims).exp !== undefined) return;
  const signed = operations.filter(({ descriptor: { security } }) => security.flat().includes(scheme.name));
  const received = signed.filter(({ descriptor: { webhook } }) => webhook);
  // The ids of deliveries are those of webhooks.
  if ((received.length > 0 ? received : signed).every(({ descriptor: { delivery } }) => delivery?.carrier)) return;
  tell(
    [],
    'signing-replay',
    'The scheme has no `timestamp`, `nonce` or `id`: a recorded request is accepted again at any time.',
    'Add the value that the provider signs. For webhooks with a message id, add `x-cs-delivery` to each of them. If the provider has neither, write `replay: none`.',
    'warning',
  );
}
