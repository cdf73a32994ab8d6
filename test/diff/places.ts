import { inside, isJson, type Json, listed } from './json.ts';

/** A schema of a document, and how to replace it. */
export type Place = { readonly schema: Json; readonly replace: (schema: unknown) => void };

const MAPS = ['properties', 'patternProperties', 'dependentSchemas'];
const LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const ONES = ['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'propertyNames', 'contains'];

function within(holder: Json, name: string, found: Place[]): void {
  const schema = holder[name];
  if (!isJson(schema)) return;
  found.push({
    schema,
    replace: (next) => {
      holder[name] = next;
    },
  });
  for (const keyword of MAPS)
    for (const each of Object.keys(inside(schema, keyword))) within(inside(schema, keyword), each, found);
  for (const keyword of LISTS) {
    const list = listed(schema[keyword]);
    list.forEach((_, index) => {
      within(list as unknown as Json, String(index), found);
    });
  }
  for (const keyword of ONES) within(schema, keyword, found);
}

/** Operations of path items, each with its path item. */
export function operationsOf(
  document: Json,
): readonly { readonly item: Json; readonly method: string; readonly operation: Json }[] {
  return Object.values(inside(document, 'paths')).flatMap((item) =>
    isJson(item)
      ? ['get', 'put', 'post', 'delete']
          .filter((method) => isJson(item[method]))
          .map((method) => ({ item, method, operation: inside(item, method) }))
      : [],
  );
}

/** `content` of each request and response. */
export function contentsOf(document: Json): readonly Json[] {
  return operationsOf(document).flatMap(({ operation }) =>
    [inside(operation, 'requestBody'), ...Object.values(inside(operation, 'responses'))].flatMap((holder) =>
      isJson(holder) && isJson(holder.content) ? [holder.content] : [],
    ),
  );
}

/** Every schema of a document, at any depth. */
export function schemasOf(document: Json): readonly Place[] {
  const found: Place[] = [];
  const schemas = inside(document, 'components', 'schemas');
  for (const name of Object.keys(schemas)) within(schemas, name, found);
  for (const { operation } of operationsOf(document)) {
    for (const parameter of listed(operation.parameters)) if (isJson(parameter)) within(parameter, 'schema', found);
    for (const response of Object.values(inside(operation, 'responses')))
      for (const header of Object.values(inside(response, 'headers')))
        if (isJson(header)) within(header, 'schema', found);
  }
  for (const content of contentsOf(document))
    for (const media of Object.values(content)) if (isJson(media)) within(media, 'schema', found);
  return found;
}

/** Components that no operation of one of two documents uses. A user may both send and receive them. */
export function unusedIn(...documents: readonly unknown[]): ReadonlySet<string> {
  const unused = documents.flatMap((document) => {
    const schemas = inside(document, 'components', 'schemas');
    const waiting = [JSON.stringify(inside(document, 'paths'))];
    const used = new Set<string>();
    for (let text = waiting.pop(); text !== undefined; text = waiting.pop())
      for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
        if (!used.has(name)) waiting.push(JSON.stringify(schemas[name]) ?? '');
        used.add(name);
      }
    return Object.keys(schemas).filter((name) => !used.has(name));
  });
  return new Set(unused);
}
