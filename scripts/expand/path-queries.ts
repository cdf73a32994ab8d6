import { pathShape, withoutFragment } from '@countersign/runtime/contract';
import { defineMember } from '../common/document/copy-tree.ts';
import { operationsOf } from '../common/document/path-operations.ts';
import { isObject, type JsonObject, toPointer } from '../common/document/pointer.ts';
import type { Step, StepContext } from './step.ts';

/** A path with a query of fixed values: `/v1?action=balance`. A name of a parameter may contain `?`. */
const WITH_QUERY = /^((?:\{[^{}]*\}|[^?#{}])*)\?([^{}#]+)$/;

type Condition = { readonly query: string; readonly equals: string };

/**
 * Turns paths with a query into variants of `x-cs-dispatch`, because a path of a request has no query. OpenAPI forbids
 * such paths, but documents contain them. Reports operations that requests cannot reach, because only a fragment
 * distinguishes them from others.
 */
export const pathQueries: Step = (document, context) => {
  const { paths } = document;
  if (!isObject(paths)) return document;
  const names = Object.keys(paths).filter((path) => path.startsWith('/'));
  if (names.some(hasFragment)) reportFragments(paths, names, context);
  if (!names.some((path) => conditionsOf(path))) return document;
  const { derive } = context.derivations;
  const made: { [path: string]: unknown } = {};
  for (const path of Object.keys(paths)) {
    const item = paths[path];
    const conditions = isObject(item) && item.$ref === undefined ? conditionsOf(path) : undefined;
    if (!conditions || !isObject(item)) {
      const known = made[path];
      defineMember(made, path, isObject(known) && isObject(item) ? joined(known, item, derive) : item);
      continue;
    }
    const [base, when] = conditions;
    const variants = variantsOf(item, when, derive);
    const known = made[base];
    const own = derive({ 'x-cs-dispatch': variants }, item);
    defineMember(made, base, isObject(known) ? joined(known, own, derive) : own);
  }
  return { ...document, paths: derive(made, paths) };
};

function conditionsOf(path: string): readonly [base: string, when: readonly Condition[]] | undefined {
  const [, base = '', query] = WITH_QUERY.exec(path) ?? [];
  if (query === undefined) return undefined;
  const when = [...new URLSearchParams(query)].map(([name, value]) => ({ query: name, equals: value }));
  return when.every(({ query: name, equals }) => name !== '' && equals !== '') ? [base, when] : undefined;
}

type Derive = StepContext['derivations']['derive'];

/** The operations of a path item as variants. Each gets what all operations of the item share. */
function variantsOf(item: JsonObject, when: readonly Condition[], derive: Derive): readonly JsonObject[] {
  const { parameters: shared, servers } = item;
  return operationsOf(item).flatMap(({ steps: [method = '', additional], operation }) => {
    if (additional !== undefined) return [];
    const own = Array.isArray(operation.parameters) ? operation.parameters : [];
    const parameters = Array.isArray(shared) ? [...shared.filter((each) => !isIn(own, each)), ...own] : own;
    const whole = {
      ...operation,
      ...(parameters.length > 0 && { parameters: derive(parameters, operation) }),
      ...(operation.servers === undefined && servers !== undefined && { servers }),
    };
    return [derive({ method, when: [...when], operation: derive(whole, operation) }, operation)];
  });
}

/** Whether an operation declares a parameter of its path item again. */
const isIn = (own: readonly unknown[], shared: unknown): boolean =>
  isObject(shared) && own.some((each) => isObject(each) && each.in === shared.in && each.name === shared.name);

/** The operations of two path items in one. */
function joined(one: JsonObject, other: JsonObject, derive: Derive): JsonObject {
  const variants = [one, other].flatMap((item) => {
    const dispatch = item['x-cs-dispatch'];
    return Array.isArray(dispatch) ? dispatch : [];
  });
  return derive({ ...one, ...other, 'x-cs-dispatch': variants }, other);
}

const hasFragment = (path: string): boolean => withoutFragment(path) !== path;

function reportFragments(paths: JsonObject, names: readonly string[], { warn }: StepContext): void {
  const used = new Map<string, string>();
  // The server prefers the path without a fragment, too.
  const ordered = [...names].sort((one, two) => Number(hasFragment(one)) - Number(hasFragment(two)));
  for (const path of ordered) {
    const item = paths[path];
    if (!isObject(item)) continue;
    for (const { method, steps } of operationsOf(item)) {
      const target = `${method} ${pathShape(path)}`;
      const first = used.get(target);
      if (first === undefined) used.set(target, path);
      else if (hasFragment(path))
        warn(
          toPointer(['paths', path, ...steps]),
          'path-fragment',
          `The server cannot distinguish ${method} ${path} from ${method} ${first}, because requests do not contain a fragment: it handles all of them as the latter.`,
          `If the query, a header or the body distinguishes them, write the operations as variants of \`x-cs-dispatch\` below one path.`,
        );
    }
  }
}
