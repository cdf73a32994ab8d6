import type { Diagnostic } from '../common/diagnostics/diagnostic.ts';
import { isLeftOut } from './operations.ts';
import { asList, asNode, atPointer, join } from './reader.ts';
import type { Api } from './types.ts';

/** Reports operations that no client can call as the contract requires. */
export function checkCalls(api: Pick<Api, 'document' | 'operations' | 'locate'>): readonly Diagnostic[] {
  return [...api.operations.flatMap((operation) => unsupportedSecurity(api, operation.pointer))];
}

function unsupportedSecurity(
  { document, locate }: Pick<Api, 'document' | 'locate'>,
  operation: string,
): readonly Diagnostic[] {
  const own = asNode(atPointer(document, operation)).security;
  const at = own === undefined ? '/security' : join(operation, 'security');
  const requirements = asList(own ?? document.security).map(asNode);
  const unsupported = (requirement: object) => Object.keys(requirement).filter((name) => isLeftOut(document, name));
  const names = requirements.flatMap(unsupported);
  const [name] = names;
  if (name === undefined) return [];
  const others = requirements.some((requirement) => unsupported(requirement).length === 0);
  const pointer = join(
    at,
    requirements.findIndex((requirement) => Object.hasOwn(requirement, name)),
    name,
  );
  return [
    {
      severity: others ? 'warning' : 'error',
      code: 'unsupported-security-scheme',
      message: `The security scheme ${JSON.stringify(name)} is HTTP Digest, which is not supported${others ? '; this alternative is ignored' : ''}.`,
      help: 'Use another scheme, such as `scheme: bearer`, or describe the signature with `x-cs-signing`.',
      at: locate(pointer),
      pointer,
    },
  ];
}
