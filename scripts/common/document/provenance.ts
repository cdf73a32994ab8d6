import type { LoadedSpec, SourceFile } from '../../load/types.ts';
import type { Position } from '../diagnostics/diagnostic.ts';
import { escapeToken, ownMember, pointerTokens, toPointer } from './pointer.ts';

type Origin = { readonly file: SourceFile; readonly pointer: string };

/** Remembers the written object of each derived object. */
export type Derivations = {
  /** Records that `made` is derived from `original`, an object of a file or itself derived. Returns `made`. */
  readonly derive: <T extends object>(made: T, original: object) => T;
  readonly originalOf: (made: object) => object | undefined;
};

/** Remembers the origin of each object of a document. */
export function createDerivations(): Derivations {
  // Lives as long as the document; each garbage collection would walk a WeakMap of this size.
  const originals = new Map<object, object>();
  return {
    derive: (made, original) => {
      if (made !== original) originals.set(made, original);
      return made;
    },
    originalOf: (made) => originals.get(made),
  };
}

/**
 * Returns a function from a JSON Pointer of `document` to the place where it was written. The objects of the files are
 * indexed on first use: a run without errors has no cost.
 */
export function createLocate(
  spec: LoadedSpec,
  document: unknown,
  { originalOf }: Derivations,
): (pointer: string, on?: 'key' | 'value') => Position {
  let origins: Map<object, Origin> | undefined;
  const root: Origin = { file: spec.sources.get(spec.path) as SourceFile, pointer: '' };
  return (pointer, on) => {
    origins ??= indexOrigins(spec);
    let origin = root;
    let rest = '';
    let value = document;
    for (const token of pointerTokens(pointer)) {
      value = ownMember(value, token);
      rest += `/${escapeToken(token)}`;
      const known = originOf(value, origins, originalOf);
      if (known) {
        // If one object is at two paths, the longer path is kept, so that its key can be shown.
        origin = known;
        rest = '';
      }
    }
    return origin.file.locate(origin.pointer + rest, on);
  };
}

function originOf(
  value: unknown,
  origins: ReadonlyMap<object, Origin>,
  originalOf: Derivations['originalOf'],
): Origin | undefined {
  let at = typeof value === 'object' && value !== null ? value : undefined;
  while (at) {
    const origin = origins.get(at);
    if (origin) return origin;
    at = originalOf(at);
  }
  return undefined;
}

function indexOrigins(spec: LoadedSpec): Map<object, Origin> {
  const origins = new Map<object, Origin>();
  for (const file of spec.sources.values()) {
    const open: { readonly value: unknown; readonly pointer: string }[] = [{ value: file.value, pointer: '' }];
    for (let next = open.pop(); next; next = open.pop()) {
      if (typeof next.value !== 'object' || next.value === null) continue;
      origins.set(next.value, { file, pointer: next.pointer });
      for (const [key, value] of Object.entries(next.value)) {
        if (typeof value === 'object' && value !== null) open.push({ value, pointer: next.pointer + toPointer([key]) });
      }
    }
  }
  return origins;
}
