import { operationsOf, withOperations } from '../common/document/path-operations.ts';
import { followRefs, isObject } from '../common/document/pointer.ts';
import { type Carriers, carriersOf } from './signing-carriers.ts';
import type { JsonDocument, Step, StepContext } from './step.ts';
import { withoutRequired } from './without-required.ts';

type Value = { readonly [member: string]: unknown };

/**
 * Removes the parameters that an operation's signing scheme fills in, and makes the body properties that it fills in
 * optional. Public documents declare both, but a caller has neither timestamp nor signature.
 */
export const dropCarriers: Step = (document, { derivations }) => {
  const schemes = signingSchemes(document);
  if (schemes.size === 0) return document;
  const paths = isObject(document.paths) ? document.paths : {};
  const changed = Object.entries(paths).map(
    ([path, item]) => [path, isObject(item) ? withoutCarriers(document, item, schemes, derivations) : item] as const,
  );
  if (changed.every(([path, item]) => item === paths[path])) return document;
  return { ...document, paths: derivations.derive(Object.fromEntries(changed), paths) };
};

function resolve(document: JsonDocument, value: unknown): Value {
  const found = followRefs(value, document);
  return isObject(found) ? found : {};
}

/** The values that each signing scheme fills in. */
function signingSchemes(document: JsonDocument): ReadonlyMap<string, Carriers> {
  const { securitySchemes } = isObject(document.components) ? document.components : {};
  return new Map(
    Object.entries(isObject(securitySchemes) ? securitySchemes : {}).flatMap(([name, value]) => {
      const scheme = resolve(document, value);
      return isObject(scheme['x-cs-signing']) ? [[name, carriersOf(scheme, scheme['x-cs-signing'])] as const] : [];
    }),
  );
}

function withoutCarriers(
  document: JsonDocument,
  item: Value,
  schemes: ReadonlyMap<string, Carriers>,
  { derive }: StepContext['derivations'],
): Value {
  const operations = operationsOf(item).map(({ operation }) => usedBy(document, operation, schemes));
  const shared = Array.isArray(item.parameters) ? item.parameters : [];
  const filter = (parameters: readonly unknown[], carriers: readonly Carriers[]): readonly unknown[] =>
    parameters.flatMap((parameter) => {
      const said = resolve(document, parameter);
      const state = carriers.map(({ parameterIs }) => parameterIs(said));
      if (state.includes('filled')) return [];
      return state.includes('offered') && said.required === true
        ? [derive({ ...said, required: false }, said)]
        : [parameter];
    });
  const differs = (one: readonly unknown[], other: readonly unknown[]): boolean =>
    one.length !== other.length || one.some((each, index) => each !== other[index]);
  // One shared list. An operation that needs a different list gets its own.
  const isShared = operations.every((carriers) => !differs(filter(shared, carriers), shared));
  const change = (operation: Value): Value => {
    const carriers = usedBy(document, operation, schemes);
    const written = Array.isArray(operation.parameters) ? operation.parameters : [];
    const own = filter(written, carriers);
    const keyOf = (parameter: unknown): string => {
      const { in: place, name } = resolve(document, parameter);
      return `${place} ${name}`;
    };
    const overridden = new Set(written.map(keyOf));
    const all = isShared
      ? own
      : [...filter(shared, carriers).filter((parameter) => !overridden.has(keyOf(parameter))), ...own];
    const requestBody = bodyWithout(document, operation.requestBody, carriers, derive);
    let result = operation;
    if (differs(all, written)) result = { ...result, parameters: derive([...all], written) };
    if (requestBody !== operation.requestBody) result = { ...result, requestBody };
    return result === operation ? operation : derive(result, operation);
  };
  let changed = withOperations(item, ({ operation }) => change(operation), derive);
  if (!isShared) {
    const { parameters: _, ...rest } = changed;
    changed = derive(rest, item);
  }
  return changed;
}

function usedBy(document: JsonDocument, operation: Value, schemes: ReadonlyMap<string, Carriers>): readonly Carriers[] {
  const requirements = operation.security ?? document.security;
  const names = (Array.isArray(requirements) ? requirements : []).flatMap((each) =>
    isObject(each) ? Object.keys(each) : [],
  );
  return [...new Set(names)].flatMap((name) => schemes.get(name) ?? []);
}

function bodyWithout(
  document: JsonDocument,
  value: unknown,
  carriers: readonly Carriers[],
  derive: StepContext['derivations']['derive'],
): unknown {
  const pointers = carriers.flatMap(({ members }) => members);
  if (value === undefined || pointers.length === 0) return value;
  const body = resolve(document, value);
  const content = isObject(body.content) ? body.content : {};
  const changed = Object.entries(content).map(([type, media]) => {
    if (!isObject(media) || !/json|x-www-form-urlencoded/i.test(type)) return [type, media] as const;
    const schema = pointers.reduce<unknown>(
      (current, pointer) => withoutRequired(current, pointer, { resolve: (each) => resolve(document, each), derive }),
      media.schema,
    );
    return [type, schema === media.schema ? media : derive({ ...media, schema }, media)] as const;
  });
  if (changed.every(([type, media]) => media === content[type])) return value;
  return derive({ ...body, content: derive(Object.fromEntries(changed), content) }, body);
}
