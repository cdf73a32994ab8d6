import type { Diagnostic } from '../../common/diagnostics/diagnostic.ts';
import { escapeToken, ownMember, toPointer } from '../../common/document/pointer.ts';
import type { LocalReference } from '../self-references.ts';
import { documentShape, memberShape, pathItemShape, type Shape, schemaShape } from '../shapes.ts';
import type { PatternPlace, SourceFile } from '../types.ts';
import { descriptionsIn } from './descriptions-in.ts';
import { exampleFile } from './example-file.ts';
import { includeParts } from './include-parts.ts';
import { refuseTarget } from './refuse-target.ts';
import { type Open, type Place, ReferenceResolver } from './resolve-reference.ts';
import { isUrl, resolveUri } from './resolve-uri.ts';
import { kindAt, type TargetKind } from './target-kind.ts';

type Work = { readonly value: unknown; readonly shape: Shape; readonly file: SourceFile; readonly pointer: string };

/** Reading a path's parameters takes quadratic time. */
const longestPath = 4_096;

/** The result of resolving a spec's references. */
export type References = {
  readonly problems: readonly Diagnostic[];
  readonly external: boolean;
  readonly dataRefs: ReadonlySet<object>;
  readonly refs: ReadonlySet<string>;
  readonly wrongRefs: ReadonlySet<object>;
  readonly patterns: readonly PatternPlace[];
  readonly externalValues: ReadonlySet<object>;
  /** Whether any key is one of our extensions. */
  readonly extended: boolean;
};

/** Follows every `$ref` from the root and opens files as needed, without recursion. */
export function followReferences(
  root: SourceFile,
  open: Open,
  allowHosts: readonly string[],
  shape: Shape = documentShape,
  local?: LocalReference,
): References {
  const problems: Diagnostic[] = [];
  const visited = new Set<object>();
  const data: unknown[] = [];
  const wrongRefs = new Set<object>();
  const patterns: PatternPlace[] = [];
  const externalValues = new Set<object>();
  let extended = false;
  const found = new Map<SourceFile, Map<string, Place>>();
  const usedAs = new Map<SourceFile, Map<string, Shape>>();
  /** The targets of valid references to schemas. */
  const schemas = new Set<Place>();
  const resolver = new ReferenceResolver(root, open, allowHosts, local);

  const work: Work[] = [{ value: root.value, shape, file: root, pointer: '' }];
  for (let next = work.pop(); next; next = work.pop()) visit(next);
  const dataRefs = objectsWithRef(data, visited);
  return {
    problems,
    external: resolver.external,
    dataRefs,
    refs: new Set(found.get(root)?.keys()),
    wrongRefs,
    patterns,
    externalValues,
    extended,
  };

  function visit({ value, shape, file, pointer }: Work): void {
    if (typeof value !== 'object' || value === null || visited.has(value)) return;
    visited.add(value);
    if (shape.kind === 'mapping') visitMapping(value, file, pointer);
    else if (Array.isArray(value)) visitList(value, shape, file, pointer);
    else visitObject(value, shape.kind === 'one-or-list' ? shape.of : shape, file, pointer);
  }

  function visitList(list: readonly unknown[], shape: Shape, file: SourceFile, pointer: string): void {
    if (shape.kind !== 'list' && shape.kind !== 'one-or-list') return;
    for (const [index, value] of list.entries()) {
      work.push({ value, shape: shape.of, file, pointer: `${pointer}/${index}` });
    }
  }

  function visitObject(value: object, shape: Shape, file: SourceFile, pointer: string): void {
    if (shape.kind === 'object') pointAtLocal(value, '$ref', file);
    const ref = ownMember(value, '$ref');
    // In a map of names, `$ref` may be a name if its value is not a text.
    const isRef = shape.kind === 'object' ? ref !== undefined : typeof ref === 'string';
    if (isRef && !visitRef(ref, shape, file, `${pointer}/$ref`)) wrongRefs.add(value);
    if (shape.kind === 'object') {
      if (shape.name === 'Schema' && (Object.hasOwn(value, 'pattern') || Object.hasOwn(value, 'patternProperties'))) {
        patterns.push({ schema: value, file, pointer });
      }
      if (shape.name === 'Example' && Object.hasOwn(value, 'externalValue') && !includeExternal(value, file, pointer))
        externalValues.add(value);
    }
    for (const key of Object.keys(value)) {
      includeParts(value, key, shape, file, resolve);
      const member = (value as { readonly [key: string]: unknown })[key];
      extended ||= key.startsWith('x-cs-');
      if (typeof member !== 'object' || member === null) continue;
      const of = memberShape(shape, key);
      if (of === pathItemShape && key.length > longestPath) refusePath(file, `${pointer}/${escapeToken(key)}`);
      if (of) work.push({ value: member, shape: of, file, pointer: `${pointer}/${escapeToken(key)}` });
      else if (!includeTexts(value, key, shape, file, pointer))
        data.push(includeExample(value, key, shape, file) ?? member);
    }
  }

  /** Replaces `description: { $ref: intro.md }` by the text. Redocly and others accept it. */
  function includeTexts(value: object, key: string, shape: Shape, file: SourceFile, pointer: string): boolean {
    for (const { holder, at } of descriptionsIn(value, key, shape, pointer)) {
      const ref = ownMember(holder.description, '$ref');
      const text = typeof ref === 'string' ? resolve(ref, file, `${at}/description/$ref`)?.value : undefined;
      if (typeof text !== 'string') return false;
      (holder as { description: unknown }).description = text;
    }
    return key === 'description';
  }

  /** Replaces an example that consists of `$ref: pet.json` by the value in the file, if there is one. */
  function includeExample(value: object, key: string, shape: Shape, file: SourceFile): unknown {
    const ref = exampleFile(value, key, shape);
    const place = ref === undefined ? undefined : resolver.resolve(ref, file, () => {});
    if (!place) return undefined;
    // A copy: each object has one place.
    const example: unknown = structuredClone(place.value);
    (value as { [key: string]: unknown })[key] = example;
    return example;
  }

  /** Replaces `externalValue` by the value in the file, unless it is a URL of a host that the configuration does not name. */
  function includeExternal(example: object, file: SourceFile, pointer: string): boolean {
    const address = ownMember(example, 'externalValue');
    const isWritten = ['value', 'dataValue', 'serializedValue'].some((name) => Object.hasOwn(example, name));
    if (typeof address !== 'string' || isWritten) return false;
    const isRemote = isUrl(resolveUri(file.path, address));
    const place = resolver.resolve(address, file, (code, message, help) => {
      if (isRemote && code === 'ref-remote') return;
      const said = message.replace('The `$ref`', 'The `externalValue`');
      const at = file.locate(`${pointer}/externalValue`, 'value');
      const where = { at, pointer: `${pointer}/externalValue` };
      problems.push({ severity: 'warning', code: 'example-file', message: said, help, ...where });
    });
    if (!place) return false;
    const { externalValue: _, ...rest } = example as { readonly externalValue: unknown };
    for (const name of Object.keys(example)) Reflect.deleteProperty(example, name);
    // A copy: each object has one place.
    Object.assign(example, rest, { value: structuredClone(place.value) });
    return true;
  }

  /** Whether the reference is valid. */
  function visitRef(ref: unknown, shape: Shape, file: SourceFile, pointer: string): boolean {
    if (typeof ref !== 'string') {
      const help = 'Write the reference as a string, for example `#/components/schemas/Name`.';
      complain(file, pointer, 'ref-type', 'The value of `$ref` is not a string.', help);
      return false;
    }
    const target = resolve(ref, file, pointer);
    // A recursive schema may contain the reference, but the document may not.
    if (target !== undefined && shape === schemaShape && schemas.has(target)) return true;
    const refusal = target && refuseTarget(target, kindOf(target, shape), shape, root, { file, pointer });
    if (refusal) {
      complain(file, pointer, ...refusal);
      return false;
    }
    if (target !== undefined && shape === schemaShape && target.value !== root.value) schemas.add(target);
    if (target) work.push({ value: target.value, shape, file: target.file, pointer: toPointer(target.tokens) });
    return target !== undefined;
  }

  /** A file of parts does not state their kinds: the first reference to a part decides. */
  function kindOf({ file, tokens }: Place, wanted: Shape): TargetKind | undefined {
    const kind = kindAt(file, tokens, file === root ? shape : undefined);
    if (kind !== undefined || wanted.kind !== 'object') return kind;
    const key = toPointer(tokens);
    const known = usedAs.get(file) ?? new Map<string, Shape>();
    usedAs.set(file, known);
    const first = known.get(key);
    if (first === undefined) known.set(key, wanted);
    return first;
  }

  /** Replaces a reference by `$self`, so that bundling finds a path. One that leads nowhere stays, and is reported. */
  function pointAtLocal(holder: object, name: string, file: SourceFile): void {
    const ref = ownMember(holder, name);
    const found = typeof ref === 'string' ? local?.(ref, file) : undefined;
    if (typeof found === 'string') (holder as { [name: string]: unknown })[name] = found;
  }

  function visitMapping(mapping: object, file: SourceFile, pointer: string): void {
    for (const name of Object.keys(mapping)) {
      pointAtLocal(mapping, name, file);
      const ref = ownMember(mapping, name);
      if (typeof ref === 'string' && looksLikeReference(ref)) {
        visitRef(ref, schemaShape, file, `${pointer}/${escapeToken(name)}`);
      }
    }
  }

  /** An invalid reference is reported at every place. A valid one is resolved once. */
  function resolve(ref: string, file: SourceFile, pointer: string): Place | undefined {
    const known = found.get(file) ?? new Map<string, Place>();
    found.set(file, known);
    const place =
      known.get(ref) ??
      resolver.resolve(ref, file, (code, message, help) => complain(file, pointer, code, message, help));
    if (place) known.set(ref, place);
    return place;
  }

  function refusePath(file: SourceFile, pointer: string): void {
    const message = `The path is longer than ${longestPath} characters.`;
    const help = 'Shorten the path: servers reject long paths.';
    const at = file.locate(pointer, 'key');
    problems.push({ severity: 'error', code: 'document-refused', message, help, at, pointer });
  }

  function complain(file: SourceFile, pointer: string, code: string, message: string, help: string): void {
    problems.push({ severity: 'error', code, message, help, at: file.locate(pointer, 'value'), pointer });
  }
}

/** The values of a discriminator's mapping are references or names of schemas. */
function looksLikeReference(text: string): boolean {
  return text.startsWith('#') || text.includes('/') || /\.(ya?ml|json)$/i.test(text);
}

/** Objects with a `$ref` in data, unless a reference leads to them. */
function objectsWithRef(roots: readonly unknown[], visited: ReadonlySet<object>): Set<object> {
  const found = new Set<object>();
  const open = [...roots];
  const seen = new Set<object>();
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null || visited.has(next) || seen.has(next)) continue;
    seen.add(next);
    if (!Array.isArray(next) && Object.hasOwn(next, '$ref')) found.add(next);
    for (const member of Object.values(next)) if (typeof member === 'object' && member !== null) open.push(member);
  }
  return found;
}
