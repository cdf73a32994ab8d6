import path from 'node:path';
import { isObject } from '../common/document/pointer.ts';
import { documentShape, memberShape, type Shape } from './shapes.ts';

/**
 * Writes references to a document by its own `$self` as references inside of it: `https://specs.example/a.yaml#/…` and
 * `a.yaml#/…` as `#/…`. A URL of another document becomes the path of a local file if that file has this URL as its `$self`.
 * Nothing is fetched from either address.
 * @param read the local file at a path relative to the document; undefined if there is none
 * @see https://spec.openapis.org/oas/v3.2.0.html#establishing-the-base-uri
 */
export function pointAtSelf(document: unknown, read: (relative: string) => unknown): void {
  const $self = isObject(document) ? document.$self : undefined;
  if (typeof $self !== 'string') return;
  const self = resolve($self, UNKNOWN);
  if (self === undefined) return;
  const own = self.replace(/#.*$/, '');
  const local = (ref: unknown): string | undefined => {
    if (typeof ref !== 'string' || ref.startsWith('#')) return undefined;
    const [address = '', fragment = ''] = ref.split('#', 2);
    const target = resolve(address, own);
    if (target === own) return `#${fragment}`;
    // A relative path already is one of a local file.
    if (target === undefined || !/^https?:/i.test(address)) return undefined;
    const relative = relativePath(own, target);
    const other = relative === undefined ? undefined : read(decodeURIComponent(relative));
    const isOther = isObject(other) && typeof other.$self === 'string' && resolve(other.$self, target) === target;
    return isOther ? `${relative}#${fragment}` : undefined;
  };
  type Members = { [name: string]: unknown };
  const waiting: { readonly value: unknown; readonly shape: Shape }[] = [{ value: document, shape: documentShape }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, shape } = next;
    if (typeof value !== 'object' || value === null) continue;
    const members = value as Members;
    const inner = shape.kind === 'one-or-list' && !Array.isArray(value) ? shape.of : shape;
    if (inner.kind === 'mapping') {
      for (const [name, ref] of Object.entries(members)) members[name] = local(ref) ?? ref;
      continue;
    }
    const ref = inner.kind === 'object' ? local(members.$ref) : undefined;
    if (ref !== undefined) members.$ref = ref;
    for (const [name, member] of Object.entries(members)) {
      const of = memberShape(inner, name);
      if (of) waiting.push({ value: member, shape: of });
    }
  }
}

/** Stands for the address that a document was read from: a relative `$self` is relative to it. */
const UNKNOWN = 'countersign://document/';

/** The path from one URL to another on the same host; undefined if the hosts differ or the encoding is invalid. */
function relativePath(from: string, to: string): string | undefined {
  const [base, target] = [new URL(from), new URL(to)];
  const isInvalid =
    base.origin !== target.origin || target.search !== '' || /%(?![\da-f]{2})|%[89a-f]/i.test(target.pathname);
  return isInvalid ? undefined : path.posix.relative(path.posix.dirname(base.pathname), target.pathname);
}

function resolve(uri: string, base: string): string | undefined {
  try {
    return new URL(uri, base).href;
  } catch {
    return undefined;
  }
}
