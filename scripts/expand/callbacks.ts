import { callbackPath, namesInPath } from '../common/document/callback-path.ts';
import { defineMember } from '../common/document/copy-tree.ts';
import { followRefs, isObject } from '../common/document/pointer.ts';
import { eachOperation } from './each-operation.ts';
import { declaredInPath } from './path-parameters.ts';
import type { JsonDocument, Step } from './step.ts';

type Members = { readonly [member: string]: unknown };

/**
 * Converts callbacks of operations to webhooks: both are requests of a provider to a URL of the receiver. A callback
 * that several operations refer to is one webhook. Its name ends with the path parameters of its key:
 * `paid: { '{$request.body#/url}/{id}': … }` is `paid/{id}`.
 */
export const callbacksToWebhooks: Step = (document, { derivations: { derive } }) => {
  const written = isObject(document.webhooks) ? document.webhooks : {};
  const webhooks: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(written)) defineMember(webhooks, name, item);
  const seen = new Set<unknown>();

  const add = (name: string, owner: unknown, expression: string, item: unknown): void => {
    const found = resolve(document, item);
    if (found === undefined || seen.has(found)) return;
    seen.add(found);
    const declared = declaredInPath(found, (parameter) => resolve(document, parameter));
    const added = callbackPath(expression);
    const path = namesInPath(added).some((each) => declared.has(each)) ? added : '';
    const isTaken = Object.hasOwn(webhooks, name + path);
    const base = isTaken ? `${typeof owner === 'string' ? owner : 'callback'}-${name}` : name;
    let key = base + path;
    for (let count = 2; Object.hasOwn(webhooks, key); count += 1) key = `${base}-${count}${path}`;
    defineMember(webhooks, key, item);
  };

  const collect = (operation: unknown): unknown => {
    if (!isObject(operation) || !isObject(operation.callbacks)) return operation;
    const { callbacks, ...rest } = operation;
    for (const [name, value] of Object.entries(callbacks as Members)) {
      if (name.startsWith('x-')) continue;
      for (const [expression, item] of Object.entries(resolve(document, value) ?? {}))
        if (!expression.startsWith('x-')) add(name, operation.operationId, expression, item);
    }
    return derive(rest, operation);
  };

  const paths = isObject(document.paths) ? document.paths : {};
  const changed = Object.entries(paths).map(([path, item]) => [path, eachOperation(item, collect, derive)] as const);
  if (Object.keys(webhooks).length === Object.keys(written).length) return document;
  const made: Record<string, unknown> = {};
  for (const [path, item] of changed) defineMember(made, path, item);
  return {
    ...document,
    paths: derive(made, paths),
    webhooks: derive(webhooks, isObject(document.webhooks) ? written : paths),
  };
};

function resolve(document: JsonDocument, value: unknown): Members | undefined {
  const found = followRefs(value, document);
  return isObject(found) ? found : undefined;
}
