import { type EventData, kindOf, type PartsDescriptor } from '../contract/index.ts';
import { formatEvent } from './events.ts';
import { formatLine, isAsyncIterable, toItems } from './json-lines.ts';
import { writeParts } from './write-parts.ts';

/**
 * A list or a stream of items as the media type has them: JSON lines, server-sent events, or parts by position; undefined for
 * any other value or media type. The media type of parts has their boundary.
 */
export function writeItems(
  values: unknown,
  mediaType: string,
  { events, parts }: { readonly events?: EventData; readonly parts?: PartsDescriptor } = {},
): { readonly body: BodyInit; readonly mediaType: string } | undefined {
  if (values instanceof ReadableStream || !(Array.isArray(values) || isAsyncIterable(values))) return undefined;
  const kind = kindOf(mediaType);
  if (kind === 'multipart' && parts) {
    const written = writeParts(values, mediaType, parts);
    const [first] = written.chunks;
    const body = first instanceof ReadableStream ? first : new Blob(written.chunks as BlobPart[]);
    return { body, mediaType: written.mediaType };
  }
  if (kind !== 'lines' && kind !== 'events') return undefined;
  const format = kind === 'lines' ? formatLine(mediaType) : (event: unknown) => formatEvent(event, events);
  return { body: toItems(values, format), mediaType };
}
