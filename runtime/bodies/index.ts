/** What bodies look like on the wire, for clients and servers. Web standards only: this runs in browsers. */
export { ByteStream, type ByteStreamInit } from './byte-stream.ts';
export { type Bytes, isBytes } from './bytes.ts';
export { charsetOf, decodeText, encodeText } from './charset.ts';
export { formatEvent, readEvents, withData } from './events.ts';
export { formatLine, isAsyncIterable, readLines, toItems } from './json-lines.ts';
export { jsonText } from './json-text.ts';
export { bytesOfText, oneByteText } from './one-byte-text.ts';
export { Part, type PartOptions, part } from './part.ts';
export { type PartHead, readPartHead } from './part-head.ts';
export { boundaryOf, MalformedMultipart, type PartSink, readMultipart } from './read-multipart.ts';
export { isFilePart, partValue, readEachPart } from './read-parts.ts';
export { withEscapes, withReserved } from './reserved.ts';
export { toByteStream, toSendable } from './send-stream.ts';
export { isFields, textOf } from './text-of.ts';
export { writeForm } from './write-form.ts';
export { writeItems } from './write-items.ts';
export { type Chunk, type Multipart, writeMultipart } from './write-multipart.ts';
export { partAt, writeParts } from './write-parts.ts';
