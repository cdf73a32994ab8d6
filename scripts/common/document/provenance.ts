import type { LoadedSpec, SourceFile } from '../../load/types.ts';
import type { Position } from '../diagnostics/diagnostic.ts';
import { escapeToken, ownMember, pointerTokens, toPointer } from './pointer.ts';

type Origin = { readonly file: SourceFile; readonly pointer: string };

/** Remembers which written object each made object stands for. */
export type Derivations = {
  /** Says that `made` stands for `original`, an object of a file or itself made. Gives `made`. */
  readonly derive: <T extends object>(made: T, original: object) => T;
  readonly originalOf: (made: object) => object | undefined;
};

/** Remembers which object each object of a document was made from. */
export function createDerivations(): Derivations {
  // As old as what it speaks of; a WeakMap of so many entries is walked by each collection.
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
 * Gives a function from a JSON Pointer of `document` to the place where that was written. The objects of the files are
 * indexed when it is first asked: a run without problems pays nothing.
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
        // The same object reached by its own path: keep the longer way, so that its key can be pointed at.
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
