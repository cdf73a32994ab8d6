import { asNode, asText, isNode, type Node } from '../../model/reader.ts';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Prefix of the wire path that identifies the operation for the proxy: `/-createSession`. */
const operationPrefix = (operationId: string): string => `/-${encodeURIComponent(operationId)}`;

/** The provider of the prefix, and the path without it; undefined for a path without a prefix. */
export function readOperationPrefix(path: string): { readonly operationId: string; readonly path: string } | undefined {
  const [, id, rest] = /^\/-([^/]+)(\/.*)?$/.exec(path) ?? [];
  return id === undefined ? undefined : { operationId: decodeURIComponent(id), path: rest ?? '' };
}

/**
 * A copy of an expanded document whose calls go to the proxy. Each operation has a separate path: respect would treat
 * the `#` in the key of a dispatch variant as a fragment, and lose the query after it.
 *
 * @param server base URL, without a trailing slash
 */
export function prepareDocument(document: Node, server: string): Node {
  const paths: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(asNode(document.paths))) {
    const item = asNode(value);
    const wire = asText(item['x-cs-path']) || key;
    const shared = Object.fromEntries(
      Object.entries(item).filter(([name]) => name !== 'servers' && !METHODS.includes(name)),
    );
    for (const method of METHODS) {
      const operation = item[method];
      if (!isNode(operation)) continue;
      const { servers: _, ...rest } = operation;
      paths[operationPrefix(asText(operation.operationId)) + wire] = { ...shared, [method]: rest };
    }
  }
  return { ...document, servers: [{ url: server }], paths };
}
