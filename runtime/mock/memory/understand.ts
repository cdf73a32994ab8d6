import { createSchemaSource } from '../../values/schema-source.ts';
import type { Schema } from '../../values/types.ts';
import type { MockOperation, MockProvider } from '../types.ts';
import { findId, findItem, findItems } from './find-item.ts';
import type { Action, MockHint } from './hint.ts';

/** The role of an operation. */
export type Role = {
  readonly action: Action;
  /** Path template of the collection: `/customers/{customer}/orders`. */
  readonly collection: string;
  /** The parameter with the item's id. Undefined for `create`, for `list`, and if the id is in the body. */
  readonly parameter: { readonly in: 'path' | 'query'; readonly name: string } | undefined;
  /** Properties of an item that may contain its id, the most plausible first. */
  readonly ids: readonly string[];
  /** Pointer to the item in the body of a success. Undefined if the body does not contain it. */
  readonly item: string | undefined;
  /** Pointer to the items in the body of a success. Only for `list`. */
  readonly items: string | undefined;
  /** Whether an operation creates or replaces items of the collection. */
  readonly writable: boolean;
};

/** Roles by operationId. Examples respond for operations without a role. */
export type Roles = ReadonlyMap<string, Role>;

type Guess = {
  readonly operation: MockOperation;
  readonly hint: Exclude<MockHint, false> | undefined;
  readonly action: Action;
  readonly collection: string;
  readonly parameter: Role['parameter'];
};

/** Derives the roles of a contract's operations from paths, methods, schemas and `x-cs-mock`. */
export function understand({ operations, document }: MockProvider): Roles {
  const { resolve, schemaAt } = createSchemaSource(document);
  const successOf = ({ responses }: MockOperation): Schema | undefined =>
    schemaAt(responses.find(({ status, mediaType }) => /^2/.test(status) && mediaType !== undefined)?.pointer);
  const guesses = operations.flatMap((operation) => guess(operation, operations));
  const roles = new Map<string, Role>();
  for (const [collection, own] of Map.groupBy(guesses, (each) => each.collection)) {
    const parameter = own.find((each) => each.parameter)?.parameter?.name ?? '';
    const hinted = own.find(({ hint }) => hint?.id !== undefined)?.hint?.id;
    // The operation that reads one item describes the item best.
    const order: readonly Action[] = ['read', 'create', 'update', 'replace', 'list', 'delete'];
    const sorted = own.toSorted((a, b) => order.indexOf(a.action) - order.indexOf(b.action));
    const found = sorted
      .map(({ operation, action }) => findId(successOf(operation), { parameter, collection, resolve, action }))
      .find((ids) => ids.length > 0);
    const ids = [...new Set([...(hinted === undefined ? [] : [hinted]), ...(found ?? []), 'id'])];
    const writable = own.some(({ action }) => action === 'create' || action === 'replace');
    const hasItems = own.some((each) => each.parameter !== undefined);
    const actions = new Set(own.map(({ action }) => action));
    for (const { operation, hint, action, parameter: at } of own) {
      const schema = successOf(operation);
      const named = hint?.items ?? operation.descriptor.page?.items;
      const items = action === 'list' ? (named ?? findItems(schema, collection, resolve)) : undefined;
      const isPart = hint !== undefined || hasItems || (actions.has('create') && actions.has('list'));
      if (!isPart || (action === 'list' && items === undefined)) continue;
      // A command for an item, such as `POST /orders/{id}`, changes the item if it returns it.
      const item = action === 'list' ? undefined : (hint?.item ?? findItem(schema, ids, resolve));
      if (!hint && operation.descriptor.method === 'POST' && action === 'update' && item === undefined) continue;
      // The collection accepts a body with an id. A value without an id is not an item.
      if (!hint && action === 'replace' && at === undefined && item === undefined && !hasItems) continue;
      roles.set(operation.descriptor.id, { action, collection, parameter: at, ids, item, items, writable });
    }
  }
  return roles;
}

function guess(operation: MockOperation, all: readonly MockOperation[]): readonly Guess[] {
  const { descriptor, hint } = operation;
  const { path, method, webhook, when } = descriptor;
  if (hint === false || webhook || (when && hint === undefined)) return [];
  const [, before = '', last] = /^(.*)\/\{([^{}]+)\}$/.exec(path) ?? [];
  if (hint) {
    const { action, collection = last === undefined ? path : before, parameter = last } = hint;
    const isItem = action !== 'create' && action !== 'list';
    const isQuery = parameter !== undefined && !path.includes(`{${parameter}}`);
    const at =
      isItem && parameter !== undefined ? ({ in: isQuery ? 'query' : 'path', name: parameter } as const) : undefined;
    return [{ operation, hint, action, collection, parameter: at }];
  }
  const isPatched = all.some(({ descriptor: other }) => other.path === path && other.method === 'PATCH');
  const action = last === undefined ? ofCollection(method) : ofItem(method, isPatched);
  if (action === undefined) return [];
  const collection = last === undefined ? path : before;
  if (collection === '') return [];
  const parameter = last === undefined ? undefined : ({ in: 'path', name: last } as const);
  return [{ operation, hint: undefined, action, collection, parameter }];
}

function ofCollection(method: string): Action | undefined {
  return method === 'POST' ? 'create' : method === 'GET' ? 'list' : method === 'PUT' ? 'replace' : undefined;
}

function ofItem(method: string, isPatched: boolean): Action | undefined {
  switch (method) {
    case 'GET':
      return 'read';
    case 'PUT':
      return 'replace';
    case 'PATCH':
      return 'update';
    case 'DELETE':
      return 'delete';
    case 'POST':
      return isPatched ? undefined : 'update';
    default:
      return undefined;
  }
}
