import { isObject, ownMember, toPointer } from '../../common/document/pointer.ts';
import { isReferable, type Shape, schemaShape } from '../shapes.ts';
import type { SourceFile } from '../types.ts';
import type { Place } from './resolve-reference.ts';
import { describeKind, isOfKind, type TargetKind } from './target-kind.ts';

type Refusal = [code: string, message: string, help: string];

/**
 * Why a reference must not lead to an existing target.
 *
 * @param kind of the target, if known
 */
export function refuseTarget(
  target: Place,
  kind: TargetKind | undefined,
  shape: Shape,
  root: SourceFile,
  at: { readonly file: SourceFile; readonly pointer: string },
): Refusal | undefined {
  // Bundling replaces references to other files.
  if (!isReferable(shape) && at.file === root && target.file === root) {
    const help = 'Write the entries here. Each entry may be a `$ref`.';
    return ['ref-place', 'A `$ref` cannot replace a whole map or list.', help];
  }
  if (!isOfKind(shape, kind, target.value)) return wrongKind(target, kind, shape);
  const isAbove = target.file === at.file && at.pointer.startsWith(`${toPointer(target.tokens)}/`);
  if (isAbove && (shape !== schemaShape || target.value === root.value)) {
    const help = 'Refer to a part of the document that does not contain this reference.';
    return ['ref-cycle', 'The `$ref` refers to an object that contains it. Only schemas may be recursive.', help];
  }
  return undefined;
}

/** The components section of each kind; `schemas` is the default. */
const SECTIONS: { readonly [kind: string]: string } = {
  Response: 'responses',
  Parameter: 'parameters',
  Example: 'examples',
  RequestBody: 'requestBodies',
  Header: 'headers',
  SecurityScheme: 'securitySchemes',
  Link: 'links',
  PathItem: 'pathItems',
  MediaType: 'mediaTypes',
};

function wrongKind(target: Place, kind: TargetKind | undefined, shape: Shape): Refusal {
  const wanted = describeKind(shape, {});
  const message = `Expected a \`$ref\` to ${wanted}, received a \`$ref\` to ${describeKind(kind, target.value)}.`;
  if (shape === schemaShape && isObject(ownMember(target.value, 'schema')))
    return ['ref-kind', message, 'Append `/schema` to the reference to refer to the schema inside.'];
  const section = (shape.kind === 'object' ? SECTIONS[shape.name] : undefined) ?? 'schemas';
  return ['ref-kind', message, `Refer to ${wanted}, for example \`#/components/${section}/Name\`.`];
}
