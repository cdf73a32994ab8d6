type Document = { readonly paths: object; readonly components: { readonly [kind: string]: object } };

/** The document's first operations, with only the components that they refer to. */
export function partOf(document: Document, operations: number): Document {
  const methods = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace']);
  let left = operations;
  const paths: [string, object][] = [];
  for (const [path, item] of Object.entries(document.paths)) {
    if (left === 0) break;
    const kept = Object.entries(item as object).filter(([key]) => !methods.has(key) || left-- > 0);
    left = Math.max(0, left);
    paths.push([path, Object.fromEntries(kept)]);
  }
  const used = new Map<string, Set<string>>();
  const waiting: unknown[] = [paths];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    const [, kind = '', name = ''] = /^#\/components\/([^/]+)\/([^/]+)/.exec(String(Reflect.get(value, '$ref'))) ?? [];
    const names = used.get(kind) ?? new Set();
    if (name !== '' && !names.has(name)) {
      used.set(kind, names.add(name));
      waiting.push(Reflect.get(document.components[kind] ?? {}, name));
    }
    waiting.push(...Object.values(value));
  }
  const components = Object.entries(document.components).map(([kind, members]) => {
    if (kind === 'securitySchemes') return [kind, members] as const;
    return [kind, Object.fromEntries(Object.entries(members).filter(([name]) => used.get(kind)?.has(name)))] as const;
  });
  const { 'x-webhooks': _webhooks, webhooks: _other, ...rest } = document as Document & { [member: string]: unknown };
  return { ...rest, paths: Object.fromEntries(paths), components: Object.fromEntries(components) };
}
