import type { Diagnostic } from '../diagnostic.ts';
import { didYouMean } from '../nearest.ts';
import { escapeToken, isObject, ownMember, toPointer } from '../pointer.ts';
import { parseReference } from './parse-reference.ts';
import { documentShape, memberShape, type Shape, schemaShape } from './shapes.ts';
import type { SourceFile } from './types.ts';

type Place = { readonly file: SourceFile; readonly tokens: readonly string[]; readonly value: unknown };
type Work = { readonly value: unknown; readonly shape: Shape; readonly file: SourceFile; readonly pointer: string };

export type References = {
  readonly problems: readonly Diagnostic[];
  readonly external: boolean;
  readonly dataRefs: ReadonlySet<object>;
  readonly externalValues: ReadonlySet<object>;
};

export type Open = (
  uri: string,
  from: SourceFile,
  complain: (code: string, message: string, help: string) => void,
) => SourceFile | undefined;

/** Follows every `$ref` from the root, opening files as it goes, without recursion. */
export function followReferences(root: SourceFile, open: Open, allowHosts: readonly string[]): References {
  const problems: Diagnostic[] = [];
  const visited = new Set<object>();
  const data: unknown[] = [];
  const externalValues = new Set<object>();
  const resolved = new Map<SourceFile, Map<string, Place | undefined>>();
  let external = false;

  const work: Work[] = [{ value: root.value, shape: documentShape, file: root, pointer: '' }];
  for (let next = work.pop(); next; next = work.pop()) visit(next);
  return { problems, external, dataRefs: objectsWithRef(data, visited), externalValues };

  function visit({ value, shape, file, pointer }: Work): void {
    if (typeof value !== 'object' || value === null || visited.has(value)) return;
    visited.add(value);
    if (shape.kind === 'mapping') return visitMapping(value, file, pointer);
    if (Array.isArray(value)) {
      if (shape.kind !== 'list' && shape.kind !== 'one-or-list') return;
      for (let index = value.length - 1; index >= 0; index--)
        work.push({ value: value[index], shape: shape.of, file, pointer: `${pointer}/${index}` });
      return;
    }
    const inner = shape.kind === 'one-or-list' ? shape.of : shape;
    if (inner.kind === 'object') visitRef(value, inner, file, pointer);
    if (inner.kind === 'object' && inner.name === 'Example' && Object.hasOwn(value, 'externalValue'))
      externalValues.add(value);
    const keys = Object.keys(value);
    for (let index = keys.length - 1; index >= 0; index--) {
      const key = keys[index] as string;
      const member: unknown = (value as { readonly [key: string]: unknown })[key];
      if (typeof member !== 'object' || member === null) continue;
      const of = memberShape(inner, key);
      if (of) work.push({ value: member, shape: of, file, pointer: `${pointer}/${escapeToken(key)}` });
      else data.push(member);
    }
  }

  function visitRef(value: object, shape: Shape, file: SourceFile, pointer: string): void {
    if (!Object.hasOwn(value, '$ref')) return;
    const ref: unknown = Reflect.get(value, '$ref');
    if (typeof ref !== 'string')
      return complain(
        file,
        `${pointer}/$ref`,
        'ref-type',
        'A `$ref` that is no text.',
        'Write the reference as text, for example `#/components/schemas/Name`.',
      );
    const target = resolve(ref, file, `${pointer}/$ref`);
    if (target) work.push({ value: target.value, shape, file: target.file, pointer: toPointer(target.tokens) });
  }

  function visitMapping(mapping: object, file: SourceFile, pointer: string): void {
    for (const [name, ref] of Object.entries(mapping)) {
      if (typeof ref !== 'string' || !looksLikeReference(ref)) continue;
      const target = resolve(ref, file, `${pointer}/${escapeToken(name)}`);
      if (target)
        work.push({ value: target.value, shape: schemaShape, file: target.file, pointer: toPointer(target.tokens) });
    }
  }

  function resolve(ref: string, file: SourceFile, pointer: string): Place | undefined {
    let known = resolved.get(file);
    if (!known) resolved.set(file, (known = new Map()));
    if (known.has(ref)) {
      const place = known.get(ref);
      // A wrong reference is wrong at every place that holds it.
      if (!place) find(ref, file, pointer);
      return place;
    }
    const place = find(ref, file, pointer);
    known.set(ref, place);
    return place;
  }

  function find(ref: string, file: SourceFile, pointer: string): Place | undefined {
    const say = (code: string, message: string, help: string) => complain(file, pointer, code, message, help);
    const place = target(ref, file, say);
    if (!place) return undefined;
    // A chain of references must end somewhere.
    const chain = new Set<unknown>();
    for (
      let at: Place | undefined = place;
      at && isObject(at.value) && typeof ownMember(at.value, '$ref') === 'string';
    ) {
      if (chain.has(at.value))
        return say(
          'ref-cycle',
          'This `$ref` leads back to itself.',
          'Let one of the references in the circle be a real definition.',
        ) as undefined;
      chain.add(at.value);
      at = target(String(at.value.$ref), at.file, () => {});
    }
    return place;
  }

  function target(
    ref: string,
    file: SourceFile,
    say: (code: string, message: string, help: string) => void,
  ): Place | undefined {
    const parsed = parseReference(ref, allowHosts);
    if (parsed.kind === 'refused') return say(parsed.code, parsed.message, parsed.help) as undefined;
    if (parsed.uri !== '') external = true;
    const targetFile = parsed.uri === '' ? file : open(parsed.uri, file, say);
    return targetFile ? descend(targetFile, parsed.tokens, say) : undefined;
  }

  function descend(
    file: SourceFile,
    tokens: readonly string[],
    say: (code: string, message: string, help: string) => void,
  ): Place | undefined {
    let place: Place = { file, tokens: [], value: file.value };
    let hops = 0;
    for (const token of tokens) {
      while (
        isObject(place.value) &&
        ownMember(place.value, token) === undefined &&
        typeof ownMember(place.value, '$ref') === 'string'
      ) {
        const through: Place | undefined =
          ++hops > 64 ? undefined : target(String(place.value.$ref), place.file, () => {});
        if (!through)
          return say(
            'ref-not-found',
            'This `$ref` leads through another one that leads nowhere.',
            'Mend the other reference first.',
          ) as undefined;
        place = through;
      }
      const value = ownMember(place.value, token);
      if (value === undefined) {
        const siblings = isObject(place.value) ? Object.keys(place.value) : [];
        // Names of another file are its content, and are not repeated here.
        const hint = place.file === file && file === root ? didYouMean(token, siblings) : '';
        return say(
          'ref-not-found',
          `This \`$ref\` leads nowhere: ${place.file.display} has no such part.`,
          `${hint}Write a JSON Pointer to something that exists, for example \`#/components/schemas/Name\`.`,
        ) as undefined;
      }
      place = { file: place.file, tokens: [...place.tokens, token], value };
    }
    return place;
  }

  function complain(file: SourceFile, pointer: string, code: string, message: string, help: string): void {
    problems.push({ severity: 'error', code, message, help, at: file.locate(pointer, 'value'), pointer });
  }
}

export function looksLikeReference(text: string): boolean {
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
