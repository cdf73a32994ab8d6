import { isObject, ownMember } from '../../common/document/pointer.ts';
import { documentShape, memberShape, type Shape } from '../shapes.ts';
import type { SourceFile } from '../types.ts';

/** `data`: values, and objects of OpenAPI that are not targets of `$ref`, such as `info`. */
export type TargetKind = Shape | 'data';

/** Properties of OpenAPI's objects and of schemas that contain no possible target of a `$ref`. */
const DATA = new Set([
  'info',
  'servers',
  'server',
  'tags',
  'security',
  'externalDocs',
  'example',
  'examples',
  'value',
  'default',
  'const',
  'enum',
  'required',
  'dependentRequired',
  'type',
  'xml',
  'flows',
]);

/**
 * The kind of object at a place of an OpenAPI document; undefined if OpenAPI does not define it: below an extension, in
 * an unknown property, in a file of parts.
 *
 * @param rootShape the shape of the file, if it is the root file
 */
export function kindAt(
  file: SourceFile,
  tokens: readonly string[],
  rootShape: Shape | undefined,
): TargetKind | undefined {
  let shape = rootShape ?? (typeof ownMember(file.value, 'openapi') === 'string' ? documentShape : undefined);
  for (const token of tokens) {
    if (shape === undefined) return undefined;
    const member = memberShape(shape, token);
    if (member === undefined && shape.kind === 'object' && DATA.has(token)) return 'data';
    shape = member;
  }
  return shape;
}

/** Whether a `$ref` in place of `wanted` may lead to its target. */
export function isOfKind(wanted: Shape, kind: TargetKind | undefined, value: unknown): boolean {
  if (wanted.kind !== 'object') return true;
  if (wanted.name === 'Schema' ? !isObject(value) && typeof value !== 'boolean' : !isObject(value)) return false;
  if (kind === undefined || kind === wanted) return true;
  if (kind !== 'data' && kind.kind === 'one-or-list') return kind.of === wanted;
  // A parameter has all fields of a header, and documents share one object for both.
  return wanted.name === 'Header' && kind !== 'data' && kind.kind === 'object' && kind.name === 'Parameter';
}

/** For messages: `a schema`, `a map of path items`, `a value`. */
export function describeKind(kind: TargetKind | undefined, value: unknown): string {
  if (!isObject(value)) return Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`;
  if (kind === undefined) return 'an object of an unknown kind';
  if (kind === 'data') return 'data';
  if (kind.kind === 'names' || kind.kind === 'mapping') return `a map of ${plural(wordsOf(kind.of))}`;
  if (kind.kind !== 'object') return `a list of ${plural(wordsOf(kind.of))}`;
  if (kind === documentShape) return 'the whole document';
  const words = wordsOf(kind);
  return kind.name === 'Components' ? 'the `components` object' : `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
}

/** `PathItem` → `path item`. */
const wordsOf = (shape: Shape): string =>
  shape.kind === 'object' ? shape.name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase() : 'maps';

const plural = (words: string): string =>
  words === 'maps' ? words : words.endsWith('y') ? `${words.slice(0, -1)}ies` : `${words}s`;
