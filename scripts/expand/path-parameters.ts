import { namesInPath } from '../common/document/callback-path.ts';
import { operationsOf } from '../common/document/path-operations.ts';
import { isObject } from '../common/document/pointer.ts';
import { eachOperation } from './each-operation.ts';
import type { StepContext } from './step.ts';

type Node = { readonly [member: string]: unknown };
type Resolve = (value: unknown) => Node | undefined;

const listsOf = (item: Node): readonly unknown[] => {
  const dispatch = Array.isArray(item['x-cs-dispatch']) ? item['x-cs-dispatch'].filter(isObject) : [];
  const operations = [...operationsOf(item).map(({ operation }) => operation), ...dispatch.map((one) => one.operation)];
  return [item, ...operations].map((node) => (isObject(node) ? node.parameters : undefined));
};

/** The path parameters that a path item, or an operation of it, declares. */
export const declaredInPath = (item: Node, resolve: Resolve): ReadonlySet<unknown> =>
  new Set(
    listsOf(item)
      .flat()
      .map(resolve)
      .flatMap((parameter) => (parameter?.in === 'path' ? [parameter.name] : [])),
  );

/**
 * A webhook without the path parameters that its route does not contain, of which lint warns: no request could have
 * them, so that a receiver would reject all.
 */
export function withoutStray(
  item: Node,
  route: string,
  resolve: Resolve,
  derive: StepContext['derivations']['derive'],
): Node {
  const names = new Set(namesInPath(route));
  const change = (value: unknown): unknown => {
    if (!isObject(value) || !Array.isArray(value.parameters)) return value;
    const { parameters } = value;
    const kept = parameters.filter((parameter: unknown) => {
      const found = resolve(parameter);
      return found?.in !== 'path' || names.has(String(found.name));
    });
    return kept.length === parameters.length
      ? value
      : derive({ ...value, parameters: derive(kept, parameters) }, value);
  };
  const made = change(eachOperation(item, change, derive));
  return isObject(made) ? made : item;
}
