import { type EventData, kindOf, type PartsDescriptor } from '../contract/index.ts';
import { formatEvent } from './events.ts';
import { formatLine, isAsyncIterable, toItems } from './json-lines.ts';
import { joinedBody } from './send-stream.ts';
import type { PartTools } from './write-part.ts';
import { writeParts } from './write-parts.ts';

/** How items are written: the format of the data of events, or the encodings of parts by position. */
type ItemWriting = { readonly events?: EventData; readonly parts?: PartsDescriptor } & Pick<PartTools, 'xml'>;

/**
 * Writes a list or a stream of items in its media type: JSON lines, server-sent events, or parts by position. Undefined
 * for any other value or media type. The media type of parts contains their boundary.
 */
export function writeItems(
  values: unknown,
  mediaType: string,
  { events, parts, xml }: ItemWriting = {},
): { readonly body: BodyInit; readonly mediaType: string } | undefined {
  if (values instanceof ReadableStream || !(Array.isArray(values) || isAsyncIterable(values))) return undefined;
  const kind = kindOf(mediaType);
  if (kind === 'multipart' && parts) {
    const written = writeParts(values, mediaType, parts, { ...(xml && { xml }) });
    return { body: joinedBody(written.chunks), mediaType: written.mediaType };
  }
  if (kind !== 'lines' && kind !== 'events') return undefined;
  const format = kind === 'lines' ? formatLine(mediaType) : (event: unknown) => formatEvent(event, events);
  return { body: toItems(values, format), mediaType };
}
