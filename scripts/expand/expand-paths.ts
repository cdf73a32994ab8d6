import { namesInPath } from '../common/document/callback-path.ts';
import { defineMember } from '../common/document/copy-tree.ts';
import { operationsOf } from '../common/document/path-operations.ts';
import { followRefs, isObject, valueAt } from '../common/document/pointer.ts';
import { dispatchItems } from './dispatch-items.ts';
import { declaredInPath, withoutStray } from './path-parameters.ts';
import type { JsonDocument, Step, StepContext } from './step.ts';

type PathItem = { readonly [member: string]: unknown };

/** Turns dispatch variants and webhooks into ordinary path items, each with its own key. */
export const expandPaths: Step = (document, { derivations }) => {
  const { webhooks, ...rest } = document;
  const paths: { [path: string]: unknown } = {};
  const written = isObject(document.paths) ? document.paths : {};
  const taken = new Set(Object.keys(written));

  const schemas = {
    derive: derivations.derive,
    resolve: (value: unknown): PathItem => {
      const found = followRefs(value, document);
      return isObject(found) ? found : {};
    },
  };

  for (const [path, value] of Object.entries(written)) {
    if (path.startsWith('x-')) defineMember(paths, path, value);
    else place(path, path, pathItem(value, document, derivations), {});
  }
  for (const [name, value] of Object.entries(isObject(webhooks) ? webhooks : {})) {
    const item = pathItem(value, document, derivations);
    const path = unique(item ? webhookPath(name, declaredInPath(item, schemas.resolve)) : webhookPath(name), taken);
    const received = item && withoutStray(item, path, schemas.resolve, derivations.derive);
    place(path, path, received, { 'x-cs-webhook': name });
  }
  return { ...rest, paths: isObject(document.paths) ? derivations.derive(paths, document.paths) : paths };

  function place(key: string, path: string, item: PathItem | undefined, marks: PathItem): void {
    if (!item) return;
    const { 'x-cs-dispatch': dispatch, ...plain } = item;
    const variants = Array.isArray(dispatch) ? dispatchItems(dispatch, plain, path, schemas) : [];
    const hasMethod = operationsOf(plain).length > 0;
    if (hasMethod || variants.length === 0) {
      const unchanged = dispatch === undefined && Object.keys(marks).length === 0;
      defineMember(paths, key, unchanged ? item : derivations.derive({ ...plain, ...marks }, item));
    }
    for (const { id, item: variant } of variants) {
      const variantKey = unique(`${key}#${id}`, taken);
      paths[variantKey] = derivations.derive({ ...variant, ...marks }, variant);
    }
  }
};

/** A path item with its `$ref` replaced. Fields beside the `$ref` take precedence. */
function pathItem(
  value: unknown,
  document: JsonDocument,
  { derive }: StepContext['derivations'],
): PathItem | undefined {
  let item = isObject(value) ? value : undefined;
  for (let hops = 0; item && typeof item.$ref === 'string' && hops < 64; hops++) {
    const { $ref, ...beside }: PathItem = item;
    const target = valueAt(document, decodeURIComponent(String($ref)));
    if (!isObject(target)) return undefined;
    item = Object.keys(beside).length === 0 ? target : derive({ ...target, ...beside }, item);
  }
  return item;
}

/** `/name`, with characters replaced that a path cannot contain, and with the declared path parameters in it. */
function webhookPath(name: string, declared?: ReadonlySet<unknown>): string {
  if (declared && namesInPath(name).some((each) => declared.has(each))) {
    const pieces = name.split(/(\{[^{}]+\}|\/)/);
    const path = pieces
      .map((piece) => (/^[{/]/.test(piece) ? piece : piece.replace(/[^A-Za-z0-9._~-]+/g, '-')))
      .join('');
    return `/${path.split('/').filter(Boolean).join('/')}`;
  }
  const safe = name
    .replace(/^\/+/, '')
    .replace(/[^A-Za-z0-9._~-]+/g, '-')
    .slice(0, 100);
  return `/${/[A-Za-z0-9]/.test(safe) ? safe : 'webhook'}`;
}

function unique(wanted: string, taken: Set<string>): string {
  let key = wanted;
  for (let number = 2; taken.has(key); number++) key = `${wanted}-${number}`;
  taken.add(key);
  return key;
}
