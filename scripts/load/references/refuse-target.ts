import { toPointer } from '../../common/document/pointer.ts';
import { isReferable, type Shape, schemaShape } from '../shapes.ts';
import type { SourceFile } from '../types.ts';
import type { Place } from './resolve-reference.ts';

/** Why a reference may not lead where it does, though something is there. */
export function refuseTarget(
  target: Place,
  shape: Shape,
  root: SourceFile,
  at: { readonly file: SourceFile; readonly pointer: string },
): [code: string, message: string, help: string] | undefined {
  // Bundling puts in what is in another file.
  if (!isReferable(shape) && at.file === root && target.file === root) {
    const help = 'Write its entries here; each of them may be a `$ref`.';
    return ['ref-place', 'A `$ref` in the place of a whole map or list.', help];
  }
  const isAbove = target.file === at.file && at.pointer.startsWith(`${toPointer(target.tokens)}/`);
  if (isAbove && (shape !== schemaShape || target.value === root.value)) {
    const help = 'Name a part of the document that does not hold this reference.';
    return ['ref-cycle', 'This `$ref` leads to what it stands in; only a schema may be recursive.', help];
  }
  return undefined;
}
