import type { FieldEncoding, PartsDescriptor } from '@countersign/runtime/contract';
import type { Content } from '../../model/types.ts';
import { asCode } from './as-code.ts';

/** The parts of a multipart body. */
export const partsWord = ({ parts }: Content): string =>
  parts === undefined ? 'names' : parts.stream ? 'a stream' : 'positions';

/** Differences between the encodings of multipart parts, by their positions. */
export function compareParts(before: Content, after: Content): readonly string[] {
  const type = asCode(after.mediaType);
  if (partsWord(before) !== partsWord(after))
    return [`the parts of ${type} have ${partsWord(after)}, before ${partsWord(before)}`];
  return before.parts && after.parts ? differences(before.parts, after.parts, type) : [];
}

function differences(before: PartsDescriptor, after: PartsDescriptor, type: string): readonly string[] {
  const count = Math.max(before.prefix?.length ?? 0, after.prefix?.length ?? 0);
  const placed = Array.from({ length: count }, (_, place) =>
    travels(before.prefix?.[place] ?? before.item) === travels(after.prefix?.[place] ?? after.item)
      ? []
      : [`the part ${place} of ${type} is serialized differently`],
  );
  const rest = travels(before.item) === travels(after.item) ? [] : [`the parts of ${type} are serialized differently`];
  return [...placed.flat(), ...rest];
}

/**
 * The effect of a part's encoding on the wire. Its types are compared by its schema, and XML is compared separately.
 */
function travels({ contentType, headers, parts, fields, whole }: FieldEncoding): string {
  const sorted = byName(headers);
  const inner = parts && [...(parts.prefix ?? []), parts.item].map(travels);
  const named = fields && byName(fields).map(([name, encoding]) => [name, travels(encoding)]);
  return JSON.stringify([contentType, sorted, inner, named, whole]);
}

const byName = <T>(record: Readonly<Record<string, T>> = {}): (readonly [string, T])[] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
