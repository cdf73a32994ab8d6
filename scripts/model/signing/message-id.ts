import { asNode, asText, follow, type Node } from '../reader.ts';
import type { ExpandedDocument } from '../types.ts';
import { usesScheme } from './number-members.ts';

const placeOf = (node: Node): string => {
  const name = asText(node.name) || asText(node.pointer);
  return `${asText(node.in)} ${node.in === 'header' ? name.toLowerCase() : name}`;
};

/**
 * `x-cs-signing` with its nonce as the message id, if the `x-cs-retry` of each operation sends the same value again. A
 * value that is the same for all attempts is used up when the handler succeeds, not when the receiver first sees it.
 */
export function withMessageId(document: ExpandedDocument, scheme: string, signing: Node): Node {
  const { nonce, ...rest } = signing;
  const once = asNode(nonce);
  if (signing.id !== undefined || once.in === undefined) return signing;
  const keys = Object.values(asNode(document.paths))
    .flatMap((item) => Object.values(asNode(follow(document, item, '').node)).map(asNode))
    .filter(({ security, responses }) => responses && usesScheme(security ?? document.security, scheme))
    .map((operation) => asNode(asNode(asNode(operation['x-cs-retry']).idempotent).key));
  if (keys.length === 0 || keys.some((key) => placeOf(key) !== placeOf(once))) return signing;
  const { bytes: _, ...id } = once;
  return { ...rest, id, replay: signing.replay === 'none' ? 'none' : 'id' };
}
