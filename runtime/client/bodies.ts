import { kindOf, type OperationDescriptor, own } from '../contract/index.ts';
import { chooseMediaType, isBytes, isForm } from './choose-media-type.ts';
import type { Feature, SerializedBody } from './types.ts';

const asText = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** Arrays repeat their name; null and undefined are left out; nested objects travel as JSON. */
const fieldsOf = (value: unknown): [string, unknown][] =>
  (isForm(value) ? [...value] : Object.entries(value as object)).flatMap(([name, member]) =>
    (Array.isArray(member) ? member : [member])
      .filter((item) => item !== undefined && item !== null)
      .map((item): [string, unknown] => [name, item]),
  );

type PartTypes = { readonly [name: string]: string } | undefined;

/** A file has its own type; where it has none, or only bytes are given, it is what the contract states. */
function toPart(item: unknown, type: string | undefined): Blob | string | Promise<Blob> {
  if (item instanceof ReadableStream) return new Response(item).blob().then((blob) => toPart(blob, type) as Blob);
  if (item instanceof Blob && (item.type || !type)) return item;
  const options = type ? { type } : {};
  if (item instanceof File) return new File([item], item.name, options);
  if (isBytes(item)) return new Blob([item as BlobPart], options);
  if (typeof item !== 'object') return asText(item);
  return new Blob([asText(item)], { type: type && kindOf(type) === 'json' ? type : 'application/json' });
}

async function toFormData(value: unknown, types: PartTypes): Promise<FormData> {
  if (value instanceof FormData) return value;
  const form = new FormData();
  for (const [name, item] of fieldsOf(value)) {
    const part = await toPart(item, own(types, name));
    if (typeof part === 'string') form.append(name, part);
    else form.append(name, part);
  }
  return form;
}

async function serialize(value: unknown, mediaType: string, operation: OperationDescriptor): Promise<SerializedBody> {
  if (mediaType === 'application/x-www-form-urlencoded') {
    const pairs = fieldsOf(value).map(([name, item]) => [name, asText(item)]);
    return { bytes: new URLSearchParams(pairs).toString(), mediaType };
  }
  // fetch would choose the boundary when it is too late to sign it.
  const isParts = mediaType.startsWith('multipart/');
  const body = isParts ? await toFormData(value, own(operation.body?.parts, mediaType)) : value;
  const laidOut = new Response(body as BodyInit);
  return {
    bytes: new Uint8Array(await laidOut.arrayBuffer()),
    mediaType: body instanceof FormData ? (laidOut.headers.get('content-type') ?? mediaType) : mediaType,
  };
}

/** Bodies that are forms, multipart (FormData, Blob), or bytes (Blob, ArrayBuffer, Uint8Array, ReadableStream). */
export const bodies: Feature = { choose: chooseMediaType, serialize };
