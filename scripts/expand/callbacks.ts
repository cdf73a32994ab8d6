import { defineMember } from '../bundle/copy-tree.ts';
import { withOperations } from '../common/document/path-operations.ts';
import { isObject, ownMember, pointerTokens } from '../common/document/pointer.ts';
import type { JsonDocument, Step, StepContext } from './step.ts';

type Members = { readonly [member: string]: unknown };

/**
 * Converts callbacks of operations to webhooks: both are requests of a provider to a URL of the receiver. A callback
 * that several operations refer to is one webhook.
 */
export const callbacksToWebhooks: Step = (document, { derivations: { derive } }) => {
  const written = isObject(document.webhooks) ? document.webhooks : {};
  const webhooks: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(written)) defineMember(webhooks, name, item);
  const seen = new Set<unknown>();

  const add = (name: string, owner: unknown, item: unknown): void => {
    const found = resolve(document, item);
    if (found === undefined || seen.has(found)) return;
    seen.add(found);
    const base = Object.hasOwn(webhooks, name) ? `${typeof owner === 'string' ? owner : 'callback'}-${name}` : name;
    let key = base;
    for (let count = 2; Object.hasOwn(webhooks, key); count += 1) key = `${base}-${count}`;
    defineMember(webhooks, key, item);
  };

  const collect = (operation: unknown): unknown => {
    if (!isObject(operation) || !isObject(operation.callbacks)) return operation;
    const { callbacks, ...rest } = operation;
    for (const [name, value] of Object.entries(callbacks as Members)) {
      if (name.startsWith('x-')) continue;
      for (const [expression, item] of Object.entries(resolve(document, value) ?? {}))
        if (!expression.startsWith('x-')) add(name, operation.operationId, item);
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

/** A path item with changed operations, also those of x-cs-dispatch; the same object if none changed. */
function eachOperation(
  item: unknown,
  change: (operation: unknown) => unknown,
  derive: StepContext['derivations']['derive'],
): unknown {
  if (!isObject(item)) return item;
  const made = withOperations(item, ({ operation }) => change(operation), derive);
  const dispatch = item['x-cs-dispatch'];
  if (!Array.isArray(dispatch)) return made;
  const variants = dispatch.map((variant: unknown) => {
    const operation = isObject(variant) ? change(variant.operation) : undefined;
    return isObject(variant) && operation !== variant.operation ? derive({ ...variant, operation }, variant) : variant;
  });
  if (variants.every((variant, index) => variant === dispatch[index])) return made;
  return derive({ ...made, 'x-cs-dispatch': derive(variants, dispatch) }, item);
}

function resolve(document: JsonDocument, value: unknown): Members | undefined {
  let found = value;
  for (let hops = 0; isObject(found) && typeof found.$ref === 'string' && hops < 64; hops++)
    found = pointerTokens(decodeURIComponent(found.$ref)).reduce<unknown>(ownMember, document);
  return isObject(found) ? found : undefined;
}
