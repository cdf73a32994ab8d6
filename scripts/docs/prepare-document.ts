import type { Condition } from '@countersign/runtime/contract';
import { asList, asNode, asText, isNode, type Node } from '../model/reader.ts';
import type { ExpandedDocument } from '../model/types.ts';

const INFERRED = "*Inferred: the provider's document does not say this.*";

/**
 * The expanded document as a reader of the reference should see it: paths as they are on the wire, webhooks as webhooks, and
 * whatever is inferred marked as such.
 */
export function prepareDocument(document: ExpandedDocument): object {
  const paths: Record<string, unknown> = {};
  const webhooks: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(document.paths)) {
    const item = asNode(value);
    const webhook = asText(item['x-cs-webhook']);
    const wire = wirePath(key, item);
    if (webhook !== '') webhooks[webhook] = mark(item);
    else paths[Object.hasOwn(paths, wire) ? key : wire] = mark(item);
  }
  const { paths: _, ...rest } = document;
  const marked = mark(rest) as Node;
  return { ...marked, paths, ...(Object.keys(webhooks).length > 0 && { webhooks }) };
}

/** `/api/org-api-keys?action=create-session`: what tells siblings apart is read at a glance. */
function wirePath(key: string, item: Node): string {
  const path = asText(item['x-cs-path']) || key;
  const query = (asList(item['x-cs-when']) as readonly Condition[]).flatMap((when) => {
    if ('equals' in when) return [`${when.query}=${when.equals}`];
    return 'present' in when ? [`${when.query}={${when.query}}`] : [];
  });
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

/** A copy in which every inferred thing says so; examples are data, and are left as they are. */
function mark(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mark);
  if (!isNode(value)) return value;
  const copy = Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      ['example', 'examples', 'value', 'default', 'const', 'enum'].includes(name) ? member : mark(member),
    ]),
  );
  if (value['x-cs-source'] !== 'inferred' || typeof value.$ref === 'string') return copy;
  const said = asText(value.description);
  const isOperation = typeof value.operationId === 'string';
  return {
    ...copy,
    description: said === '' ? INFERRED : `${said.trimEnd()}\n\n${INFERRED}`,
    ...(isOperation && { 'x-badges': [{ name: 'inferred', color: '#875200' }] }),
  };
}
