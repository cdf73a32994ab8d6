import { isObject, type JsonObject } from '../common/document/pointer.ts';

/** Characters of a name that are escapes in a reference. */
const ESCAPES = /~[01]|[~%/]/g;

/**
 * Renames components that the bundler added under a part of a pointer: it takes `x~1y` of `parts.yaml#/x~1y` as the
 * name, and a reference to that name reads it as `x/y`. Changes the document.
 *
 * @param written the document before bundling, whose own names are kept
 * @param data objects whose `$ref` is data
 */
export function nameAsKeys(document: JsonObject, written: JsonObject, data: ReadonlySet<object>): void {
  const renamed = new Map<string, string>();
  const components = isObject(document.components) ? document.components : {};
  const own = isObject(written.components) ? written.components : {};
  for (const [kind, entries] of Object.entries(components)) {
    if (!isObject(entries)) continue;
    const kept = isObject(own[kind]) ? own[kind] : {};
    const isEscaped = (name: string): boolean => name.search(ESCAPES) >= 0 && !Object.hasOwn(kept, name);
    if (!Object.keys(entries).some(isEscaped)) continue;
    const taken = new Set(Object.keys(entries));
    const named = Object.entries(entries).map(([name, value]) => {
      if (!isEscaped(name)) return [name, value] as const;
      const free = freeName(name.replace(ESCAPES, '_'), taken);
      renamed.set(`#/components/${kind}/${name}`, `#/components/${kind}/${free}`);
      return [free, value] as const;
    });
    (components as { [kind: string]: unknown })[kind] = Object.fromEntries(named);
  }
  if (renamed.size > 0) renameReferences(document, renamed, data);
}

function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let at = 2; taken.has(free); at += 1) free = `${name}-${at}`;
  taken.add(free);
  return free;
}

function renameReferences(document: JsonObject, renamed: ReadonlyMap<string, string>, data: ReadonlySet<object>): void {
  const rename = (holder: { [key: string]: unknown }, key: string): void => {
    const found = renamed.get(String(holder[key]));
    if (found !== undefined) holder[key] = found;
  };
  const seen = new Set<object>();
  const waiting: unknown[] = [document];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    const holder = next as { [key: string]: unknown };
    if (typeof holder.$ref === 'string' && !data.has(holder)) rename(holder, '$ref');
    const mapping = isObject(holder.discriminator) ? holder.discriminator.mapping : undefined;
    if (isObject(mapping))
      for (const value of Object.keys(mapping)) rename(mapping as { [key: string]: unknown }, value);
    waiting.push(...Object.values(holder));
  }
}
