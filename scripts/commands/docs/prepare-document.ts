import { type Condition, describeCondition } from '@countersign/runtime/contract';
import { asList, asNode, asText, type Node } from '../../model/reader.ts';
import type { ExpandedDocument } from '../../model/types.ts';
import { copyDocument } from './copy-document.ts';

const INFERRED = '*Inferred: the provider does not document this.*';

/**
 * The expanded document for readers of the reference: paths as they are on the wire, webhooks as webhooks, inferred
 * facts marked, and all content as text.
 */
export function prepareDocument(document: ExpandedDocument): object {
  const paths = new Map<string, unknown>();
  const webhooks = new Map<string, unknown>();
  for (const [key, value] of Object.entries(document.paths)) {
    const item = asNode(value);
    const webhook = asText(item['x-cs-webhook']);
    const wire = wirePath(key, item);
    if (webhook !== '') webhooks.set(webhookName(webhook, item), copyDocument(item, mark));
    else paths.set(paths.has(wire) ? key : wire, copyDocument(item, mark));
  }
  const { paths: _, ...rest } = document;
  const copy = copyDocument(rest, mark) as Node;
  return {
    ...copy,
    paths: Object.fromEntries(paths),
    ...(webhooks.size > 0 && { webhooks: Object.fromEntries(webhooks) }),
  };
}

/** `/api/org-api-keys?action=create-session`: the query shows how similar operations differ. */
function wirePath(key: string, item: Node): string {
  const path = asText(item['x-cs-path']) || key;
  const when = asList(item['x-cs-when']) as readonly Condition[];
  const query = when.flatMap((condition) => {
    if (!('query' in condition)) return [];
    if ('equals' in condition) return [`${condition.query}=${condition.equals}`];
    return 'present' in condition ? [`${condition.query}={${condition.query}}`] : [];
  });
  const rest = when.filter((condition) => !('query' in condition)).map(describeCondition);
  return `${path}${query.length === 0 ? '' : `?${query.join('&')}`}${rest.length === 0 ? '' : `#${rest.join(', ')}`}`;
}

/** Several operations of one webhook are listed together, labelled by their conditions. */
function webhookName(name: string, item: Node): string {
  const when = asList(item['x-cs-when']) as readonly Condition[];
  return when.length === 0 ? name : `${name} (${when.map(describeCondition).join(', ')})`;
}

/** Marks an inferred fact. */
function mark(original: Node, copy: Node): Node {
  if (original['x-cs-source'] !== 'inferred' || typeof original.$ref === 'string') return copy;
  const said = asText(copy.description);
  const isOperation = typeof original.operationId === 'string';
  return {
    ...copy,
    description: said === '' ? INFERRED : `${said.trimEnd()}\n\n${INFERRED}`,
    ...(isOperation && { 'x-badges': [{ name: 'inferred', color: '#875200' }] }),
  };
}
