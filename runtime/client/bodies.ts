import { chooseMediaType, isForm } from './choose-media-type.ts';
import type { Feature, SerializedBody } from './features.ts';

const asText = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** Arrays repeat their name; null and undefined are left out; nested objects travel as JSON. */
const fieldsOf = (value: unknown): [string, unknown][] =>
  (isForm(value) ? [...value] : Object.entries(value as object)).flatMap(([name, member]) =>
    (Array.isArray(member) ? member : [member])
      .filter((item) => item !== undefined && item !== null)
      .map((item): [string, unknown] => [name, item]),
  );

function toFormData(value: unknown): FormData {
  if (value instanceof FormData) return value;
  const form = new FormData();
  for (const [name, item] of fieldsOf(value)) {
    if (item instanceof Blob) form.append(name, item);
    else if (item instanceof ArrayBuffer || ArrayBuffer.isView(item)) form.append(name, new Blob([item as BlobPart]));
    else if (typeof item === 'object') form.append(name, new Blob([asText(item)], { type: 'application/json' }));
    else form.append(name, asText(item));
  }
  return form;
}

async function serialize(value: unknown, mediaType: string): Promise<SerializedBody> {
  if (mediaType === 'application/x-www-form-urlencoded') {
    const pairs = fieldsOf(value).map(([name, item]) => [name, asText(item)]);
    return { bytes: new URLSearchParams(pairs).toString(), mediaType };
  }
  // fetch would choose the boundary when it is too late to sign it.
  const body = mediaType.startsWith('multipart/') ? toFormData(value) : value;
  const laidOut = new Response(body as BodyInit);
  return {
    bytes: new Uint8Array(await laidOut.arrayBuffer()),
    mediaType: body instanceof FormData ? (laidOut.headers.get('content-type') ?? mediaType) : mediaType,
  };
}

/** Bodies that are forms, multipart (FormData, Blob), or bytes (Blob, ArrayBuffer, Uint8Array, ReadableStream). */
export const bodies: Feature = { choose: chooseMediaType, serialize };
