import { isObject, ownMember } from '../../common/document/pointer.ts';
import { didYouMean } from '../../common/text/nearest.ts';
import type { LocalReference } from '../self-references.ts';
import type { SourceFile } from '../types.ts';
import { parseReference } from './parse-reference.ts';

/** The target of a reference. */
export type Place = { readonly file: SourceFile; readonly tokens: readonly string[]; readonly value: unknown };
/** Reports a reference that leads nowhere. */
export type Complain = (code: string, message: string, help: string) => void;
/** Returns the file that a reference names, or reports an error. */
export type Open = (uri: string, from: SourceFile, complain: Complain) => SourceFile | undefined;

const maxHops = 100;

/** How many references may still be followed on the way to one target. */
type Budget = { left: number };

/**
 * Resolves references. Only own properties count, so that a name like `constructor` is found only if it was written.
 */
export class ReferenceResolver {
  readonly #root: SourceFile;
  readonly #open: Open;
  readonly #allowHosts: readonly string[];
  readonly #local: LocalReference;
  /** Whether a reference to another file was seen. */
  external = false;

  constructor(root: SourceFile, open: Open, allowHosts: readonly string[], local: LocalReference = () => undefined) {
    this.#root = root;
    this.#open = open;
    this.#allowHosts = allowHosts;
    this.#local = local;
  }

  resolve(ref: string, from: SourceFile, complain: Complain): Place | undefined {
    const place = this.#target(ref, from, complain, { left: maxHops });
    if (!place || this.#ends(place)) return place;
    complain(
      'ref-cycle',
      'The `$ref` leads back to itself, or follows too many references.',
      'Replace one of the references in the cycle with a definition.',
    );
    return undefined;
  }

  /** A chain of references must end at something. */
  #ends(place: Place): boolean {
    let at: Place | undefined = place;
    for (let hops = 0; at && refOf(at.value) !== undefined; hops++) {
      if (hops > maxHops) return false;
      at = this.#target(refOf(at.value) ?? '', at.file, () => {}, { left: maxHops });
      if (at?.value === place.value) return false;
    }
    return true;
  }

  #target(ref: string, from: SourceFile, complain: Complain, budget: Budget): Place | undefined {
    const local = this.#local(ref, from);
    if (local !== undefined && typeof local !== 'string') {
      complain(...local);
      return undefined;
    }
    const parsed = parseReference(local ?? ref, this.#allowHosts);
    if (parsed.kind === 'refused') {
      complain(parsed.code, parsed.message, parsed.help);
      return undefined;
    }
    if (parsed.uri !== '') this.external = true;
    const file = parsed.uri === '' ? from : this.#open(parsed.uri, from, complain);
    return file && this.#descend(file, parsed.tokens, complain, budget);
  }

  #descend(file: SourceFile, tokens: readonly string[], complain: Complain, budget: Budget): Place | undefined {
    let place: Place | undefined = { file, tokens: [], value: file.value };
    for (const token of tokens) {
      // If a part is itself a reference, the rest of the path is resolved in its target.
      for (let ref = refOf(place.value); ref !== undefined && ownMember(place.value, token) === undefined; ) {
        const behind: Place | undefined =
          --budget.left < 0 ? undefined : this.#target(ref, place.file, () => {}, budget);
        if (!behind) {
          complain(
            'ref-not-found',
            'The `$ref` follows another `$ref` that cannot be resolved.',
            'Fix the other reference.',
          );
          return undefined;
        }
        place = behind;
        ref = refOf(place.value);
      }
      const value = ownMember(place.value, token);
      if (value === undefined) {
        complain(
          'ref-not-found',
          `The \`$ref\` cannot be resolved: ${place.file.display} has no value at this pointer.`,
          `${this.#hint(place, token)}Write the JSON Pointer of an existing part, for example \`#/components/schemas/Name\`.`,
        );
        return undefined;
      }
      place = { file: place.file, tokens: [...place.tokens, token], value };
    }
    return place;
  }

  /** Names in another file are its content, and are not quoted. */
  #hint(place: Place, token: string): string {
    return place.file === this.#root && isObject(place.value) ? didYouMean(token, Object.keys(place.value)) : '';
  }
}

function refOf(value: unknown): string | undefined {
  const ref = isObject(value) ? ownMember(value, '$ref') : undefined;
  return typeof ref === 'string' ? ref : undefined;
}
