import { type Condition, describeCondition } from '@countersign/runtime/contract';
import { markdownText } from '../../common/text/literal.ts';
import { asList, asNode, asText, isNode, type Node } from '../../model/reader.ts';
import type { ExpandedDocument } from '../../model/types.ts';
import { copyDocument } from './copy-document.ts';

const INFERRED = '*Inferred: the provider does not document this.*';

/** Additions to an operation's page that its document does not contain. */
type Addition = { readonly facts: string; readonly samples: readonly object[] };

/** Pages are files beside each other. */
const WAY_BACK = '[All API references](index.html)';

/**
 * The expanded document for readers of the reference: paths as they are on the wire, webhooks as webhooks, inferred
 * facts marked, and all content as text.
 *
 * @param additions by operationId
 */
export function prepareDocument(
  document: ExpandedDocument,
  additions: ReadonlyMap<string, Addition> = new Map(),
): object {
  const remark = (original: Node, copy: Node): Node =>
    withAddition(original, mark(original, withSummaries(copy)), additions);
  const paths = new Map<string, unknown>();
  const webhooks = new Map<string, unknown>();
  for (const [key, value] of Object.entries(document.paths)) {
    const item = asNode(value);
    const webhook = asText(item['x-cs-webhook']);
    const wire = wirePath(key, item);
    if (webhook !== '') webhooks.set(webhookName(webhook, item), copyDocument(item, remark));
    else paths.set(paths.has(wire) ? key : wire, copyDocument(item, remark));
  }
  const { paths: _, ...rest } = document;
  const copy = copyDocument(rest, remark) as Node;
  const info = asNode(copy.info);
  return {
    ...copy,
    info: { ...info, description: `${WAY_BACK}\n\n${asText(info.description)}`.trimEnd() },
    ...(Array.isArray(copy.tags) && { tags: copy.tags.map(asNode).map(shownTag) }),
    paths: Object.fromEntries(paths),
    ...(webhooks.size > 0 && { webhooks: Object.fromEntries(webhooks) }),
  };
}

/** A tag that the page lists: Redoc hides tags whose `kind` is not `nav`, and all operations of them. */
function shownTag({ kind, ...tag }: Node): Node {
  const name = asText(kind);
  const words = [asText(tag.description), name === '' || name === 'nav' ? '' : `*Kind: ${markdownText(name)}*`];
  const description = words.filter((text) => text !== '').join('\n\n');
  return { ...tag, ...(description !== '' && { description }) };
}

/** Responses with their `summary` in the description, because Redoc shows only the description. */
function withSummaries(copy: Node): Node {
  if (!isNode(copy.responses)) return copy;
  const responses = Object.entries(copy.responses).map(([key, value]) => {
    const response = asNode(value);
    const words = [`**${asText(response.summary)}**`, asText(response.description)].filter((text) => text !== '');
    const isSaid = asText(response.summary) !== '' && response.$ref === undefined;
    return [key, isSaid ? { ...response, description: words.join('\n\n') } : value];
  });
  return { ...copy, responses: Object.fromEntries(responses) };
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

function withAddition(original: Node, copy: Node, additions: ReadonlyMap<string, Addition>): Node {
  const added = typeof original.operationId === 'string' ? additions.get(original.operationId) : undefined;
  if (added === undefined || original.responses === undefined) return copy;
  return {
    ...copy,
    description: `${asText(copy.description)}\n\n${added.facts}`.trimStart(),
    ...(added.samples.length > 0 && { 'x-codeSamples': added.samples }),
  };
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
