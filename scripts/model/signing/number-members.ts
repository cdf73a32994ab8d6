import { asList, asNode, follow, join, type Node } from '../reader.ts';
import type { ExpandedDocument } from '../types.ts';

const isNumber = (schema: Node): boolean => {
  const types = [schema.type].flat();
  return types.some((type) => type === 'integer' || type === 'number') && !types.includes('string');
};

function collect(document: ExpandedDocument, value: unknown, at: string, depth: number, found: Set<string>): void {
  if (depth > 6) return;
  const { node } = follow(document, value, '');
  if (isNumber(node)) found.add(at);
  for (const part of asList(node.allOf)) collect(document, part, at, depth + 1, found);
  for (const [name, member] of Object.entries(asNode(node.properties)))
    collect(document, member, join(at, name), depth + 1, found);
}

/** Whether a security requirement names a scheme. */
export const usesScheme = (security: unknown, scheme: string): boolean =>
  asList(security).some((requirement) => Object.hasOwn(asNode(requirement), scheme));

/** JSON Pointers of the numbers in the JSON bodies of those operations that a scheme signs. */
export function numberMembers(document: ExpandedDocument, scheme: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const item of Object.values(asNode(document.paths)))
    for (const operation of Object.values(asNode(follow(document, item, '').node))) {
      const { security, requestBody } = asNode(operation);
      if (requestBody === undefined || !usesScheme(security ?? document.security, scheme)) continue;
      const content = asNode(follow(document, requestBody, '').node.content);
      for (const [type, media] of Object.entries(content))
        if (/json/i.test(type)) collect(document, asNode(media).schema, '', 0, found);
    }
  return found;
}
