import { isObject } from '../../common/document/pointer.ts';
import { documentShape, type Shape } from '../shapes.ts';

/** Fields of a document whose objects have a description, and no references. */
const DESCRIBED: ReadonlySet<string> = new Set(['info', 'tags', 'servers']);

type Described = { readonly holder: { readonly description?: unknown }; readonly at: string };

/**
 * The objects whose description is an object, for one field that has no shape: the object itself, or those of the
 * field. In data, such as an example, `description` has no meaning.
 */
export function descriptionsIn(value: object, key: string, shape: Shape, pointer: string): readonly Described[] {
  if (shape.kind !== 'object') return [];
  if (key === 'description') return [{ holder: value, at: pointer }];
  const member = (value as { readonly [key: string]: unknown })[key];
  if (shape !== documentShape || !DESCRIBED.has(key)) return [];
  const objects = Array.isArray(member)
    ? member.map((each, at) => [each, `${pointer}/${key}/${at}`] as const)
    : [[member, `${pointer}/${key}`] as const];
  return objects.flatMap(([holder, at]) => (isObject(holder) && isObject(holder.description) ? [{ holder, at }] : []));
}
