import type { PartDescriptor, PartsDescriptor } from '../contract/index.ts';

/**
 * A made value, or an example, as the parts of a multipart body: of a stream, whose schema is that of one part, a list of it.
 * Texts of parts that are files become files.
 */
export function toParts(value: unknown, { stream, prefix, item }: PartsDescriptor): readonly unknown[] {
  const list =
    Array.isArray(value) && !(stream && item.shape.kind === 'array') ? value : stream ? [value] : [value].flat();
  return list.map((each, place) => toPart(each, prefix?.[place] ?? item));
}

function toPart(value: unknown, { shape, contentType, parts }: PartDescriptor): unknown {
  if (parts) return toParts(value, parts);
  if (shape.kind !== 'file' || value instanceof Blob) return value;
  return new Blob([String(value)], { type: contentType ?? 'application/octet-stream' });
}
