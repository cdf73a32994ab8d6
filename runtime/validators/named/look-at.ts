import { hasMember, isJsonObject } from '../json.ts';
import type { AnyZod, Keywords, Node } from '../node.ts';
import { extensionOf } from './extensions.ts';
import type { Look } from './look.ts';
import { lookAtKeywords } from './look-at-keywords.ts';
import { lookAtZod } from './look-at-zod.ts';

const looks = new WeakMap<object, Look | null>();

/** The properties of an object and the items of an array that a schema names. Undefined if it names neither. */
export function lookAt(node: Node): Look | undefined {
  if (typeof node === 'boolean') return undefined;
  const known = looks.get(node);
  if (known !== undefined) return known ?? undefined;
  // A recursive schema finds this one.
  let made: Look | undefined;
  looks.set(node, {
    see: (value, seen, dynamic) => made?.see(value, seen, dynamic),
    always: () => made?.always?.(),
  });
  made = make(node);
  looks.set(node, made ?? null);
  return made;
}

function make(node: Exclude<Node, boolean>): Look | undefined {
  if (typeof node === 'function') return { see: (value, seen, dynamic) => lookAt(node())?.see(value, seen, dynamic) };
  const own = '_zod' in node ? lookAtZod(node as AnyZod, lookAt) : lookAtKeywords(node as Keywords, lookAt);
  return own && '_zod' in node ? withExtension(own, node) : own;
}

/** Extensions are looked up at each call, because schemas that extend this one can be registered later. */
function withExtension(own: Look, node: object): Look {
  return {
    always: () => (extensionOf(node) ? undefined : own.always?.()),
    see(value, seen, dynamic) {
      const extension = extensionOf(node);
      if (!extension) return own.see(value, seen, dynamic);
      const [schema, property, choices] = extension;
      seen.extended ??= new Set();
      if (seen.extended.has(schema)) return;
      seen.extended.add(schema);
      own.see(value, seen, dynamic);
      const tag = isJsonObject(value) && hasMember(value, property) ? value[property] : undefined;
      if (typeof tag !== 'string' || !Object.hasOwn(choices, tag)) return;
      lookAt(choices[tag] as unknown as AnyZod)?.see(value, seen, dynamic);
    },
  };
}
