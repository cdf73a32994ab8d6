import type { Code, EnvelopeDescriptor, ErrorDescriptor, Faults, Json } from '@countersign/runtime/contract';
import { asList, asNode, asText, type Node } from './reader.ts';

/** HTTP statuses of the same meaning, for documents that define none. */
const DEFAULT_FAULTS: Faults = {
  invalid: 400,
  notFound: 404,
  methodNotAllowed: 405,
  tooLarge: 413,
  unsupportedMediaType: 415,
  rateLimited: 429,
  internal: 500,
  notImplemented: 501,
  timeout: 503,
};

/** An object without `x-cs-source`. */
export const withoutSource = (node: Node): Node => {
  const { 'x-cs-source': _, ...rest } = node;
  return rest;
};

function buildError(node: Node): ErrorDescriptor {
  return {
    name: asText(node.name),
    ...(typeof node.description === 'string' && { description: node.description }),
    ...(typeof node.status === 'number' && { status: node.status }),
    retry: node.retry === true,
    ...(typeof node.clockSkew === 'string' && { clockSkew: node.clockSkew }),
  };
}

/** `x-cs-envelope` of the document; without one, the HTTP status is the code and no error has a name. */
export function buildEnvelope(value: unknown): EnvelopeDescriptor {
  const node = asNode(value);
  const code = typeof node.code === 'string' ? node.code : 'status';
  return {
    code,
    success: asList(node.success) as readonly Code[],
    ...(typeof node.message === 'string' && { message: node.message }),
    ...(typeof node.data === 'string' && { data: node.data }),
    status: typeof node.status === 'number' ? node.status : 200,
    ok: asNode(node.ok) as { readonly [member: string]: Json },
    failure: asNode(node.failure) as { readonly [member: string]: Json },
    errors: Object.fromEntries(
      Object.entries(asNode(node.errors)).map(([errorCode, error]) => [errorCode, buildError(asNode(error))]),
    ),
    faults: { ...DEFAULT_FAULTS, ...withoutSource(asNode(node.faults)) },
  };
}
