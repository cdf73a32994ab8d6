import { asNode, isNode, type Node, resolverOf } from './reader.ts';
import { isSecret } from './schema/shape/parameter-shape.ts';
import type { ExpandedDocument, Operation, SecurityScheme } from './types.ts';

/**
 * Names whose values are secret anywhere in a request: parameters and properties with `format: password`, and the
 * property that contains a session's token. A parameter of one operation is often a property of another's body.
 */
export function findSecretNames(
  document: ExpandedDocument,
  operations: readonly Operation[],
  schemes: readonly SecurityScheme[],
): readonly string[] {
  const names = new Set<string>();
  for (const { parameters } of operations) {
    for (const { descriptor } of parameters) if (descriptor.secret) names.add(descriptor.name);
  }
  for (const { descriptor } of schemes) {
    if (descriptor.kind !== 'session') continue;
    const last = descriptor.token.split('/').at(-1)?.replaceAll('~1', '/').replaceAll('~0', '~');
    if (last) names.add(last);
  }
  const passwords = new Set<unknown>();
  const propertyMaps = new Set<Node>();
  walk(document, (node) => {
    if (node.format === 'password') passwords.add(node);
    if (isNode(node.properties)) propertyMaps.add(node.properties);
  });
  if (passwords.size > 0) {
    const resolve = resolverOf(document);
    for (const properties of propertyMaps) {
      for (const [name, schema] of Object.entries(properties)) {
        if (isSecret(asNode(schema), resolve)) names.add(name);
      }
    }
  }
  return [...names].sort();
}

function walk(root: unknown, visit: (node: Node) => void): void {
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) visit(value as Node);
    for (const inner of Object.values(value)) if (typeof inner === 'object') waiting.push(inner);
  }
}
