import type { Document } from 'yaml';
import { operationsOf } from '../../common/document/path-operations.ts';
import { isObject, type JsonObject } from '../../common/document/pointer.ts';
import { camelCase } from '../../common/text/names.ts';
import { dropUnused } from './drop-unused.ts';

const INFERRED = { 'x-cs-source': 'inferred' };

type Path = readonly (string | number)[];
type Operation = { readonly path: Path; readonly name: string; readonly value: JsonObject };

/**
 * Adds fields that `lint` requires and public documents often omit, and marks them as inferred if a mark is possible.
 * Existing content stays unchanged.
 * @returns descriptions of what was added or removed, for the user
 */
export function completeDocument(document: Document): readonly string[] {
  const value: unknown = document.toJS({ maxAliasCount: 1000 });
  if (!isObject(value)) return [];
  const operations = ['paths', 'webhooks'].flatMap((section) => findOperations(value[section], [section]));
  return [
    count('operationId', nameOperations(document, operations)),
    count('summary', summarize(document, operations)),
    count(
      'response',
      operations.reduce((sum, operation) => sum + addResponses(document, operation), 0),
    ),
    count('description of a tag', describeTags(document, value)),
    ...completeHead(document, value, operations),
    ...dropUnused(document),
  ].filter((line) => line !== '');
}

const count = (what: string, number: number): string => (number === 0 ? '' : `added    ${what} × ${number}`);

function findOperations(items: unknown, at: Path): readonly Operation[] {
  return Object.entries(isObject(items) ? items : {}).flatMap(([path, item]) =>
    operationsOf(isObject(item) ? item : {}).flatMap(({ method, steps, operation: value }) => {
      const here = [...at, path, ...steps];
      const callbacks = Object.entries(isObject(value.callbacks) ? value.callbacks : {}).flatMap(([name, callback]) =>
        findOperations(callback, [...here, 'callbacks', name]),
      );
      return [{ path: here, name: `${method.toLowerCase()} ${path}`, value }, ...callbacks];
    }),
  );
}

/** `GET /pets/{id}` becomes `getPetsId`. */
function nameOperations(document: Document, operations: readonly Operation[]): number {
  const taken = new Set(operations.map(({ value }) => value.operationId));
  const nameless = operations.filter(({ value }) => value.operationId === undefined);
  for (const { path, name } of nameless) {
    const base = camelCase(name.replace(/[^A-Za-z0-9]+/g, ' ').trim());
    let unique = base;
    for (let number = 2; taken.has(unique); number += 1) unique = `${base}${number}`;
    taken.add(unique);
    document.setIn([...path, 'operationId'], unique);
  }
  return nameless.length;
}

/** The first sentence of the description, or method and path. */
function summarize(document: Document, operations: readonly Operation[]): number {
  const silent = operations.filter(({ value }) => typeof value.summary !== 'string' || value.summary.trim() === '');
  for (const { path, name, value } of silent) {
    const [first = ''] = /^[^\n]{1,119}?(?=\.(\s|$)|\n|$)/.exec(String(value.description ?? '').trim()) ?? [];
    document.setIn([...path, 'summary'], first || name);
  }
  return silent.length;
}

function addResponses(document: Document, { path, value }: Operation): number {
  const statuses = Object.keys(isObject(value.responses) ? value.responses : {});
  const missing = [
    ['2', '2XX', 'Success. The document does not describe this response.'],
    ['4', '4XX', 'An error. The document does not describe this response.'],
  ].filter(
    ([first = '']) => !statuses.some((status) => status.startsWith(first) || (first === '2' && status === 'default')),
  );
  for (const [, status, description] of missing)
    document.setIn([...path, 'responses', status], document.createNode({ description, ...INFERRED }));
  return missing.length;
}

function describeTags(document: Document, { tags }: JsonObject): number {
  const silent = (Array.isArray(tags) ? tags : []).flatMap((tag: unknown, index) =>
    isObject(tag) && !tag.description ? [{ index, name: String(tag.name) }] : [],
  );
  for (const { index, name } of silent) document.setIn(['tags', index, 'description'], name);
  return silent.length;
}

/** The top level of a contract: licence, host, and who may call without a credential. */
function completeHead(
  document: Document,
  { info, security, servers }: JsonObject,
  operations: readonly Operation[],
): readonly string[] {
  const told: string[] = [];
  const license = isObject(info) && isObject(info.license) ? info.license : undefined;
  if (license === undefined || (license.url === undefined && license.identifier === undefined)) {
    const made = { name: String(license?.name ?? 'Unknown'), identifier: 'LicenseRef-Unknown' };
    document.setIn(['info', 'license'], document.createNode(made));
    told.push('added    info.license');
  }
  if (!Array.isArray(servers) || servers.length === 0) {
    document.set('servers', document.createNode([{ url: '/' }]));
    told.push('added    servers: [{ url: / }]; set baseUrl in clients');
  }
  // An operation without `security` needs no credential: OpenAPI's own default, made explicit.
  if (security === undefined && operations.some(({ value }) => value.security === undefined)) {
    document.set('security', document.createNode([]));
    told.push('added    security: [], because the document declares no default security');
  }
  return told;
}
