const isBytes = (value: unknown): value is BodyInit =>
  value instanceof Blob ||
  value instanceof ArrayBuffer ||
  ArrayBuffer.isView(value) ||
  value instanceof ReadableStream ||
  value instanceof FormData ||
  value instanceof URLSearchParams;

const asText = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** Arrays repeat their name; null and undefined are left out; nested objects travel as JSON. */
function* fields(value: object): Generator<[string, unknown]> {
  for (const [name, member] of Object.entries(value)) {
    for (const item of Array.isArray(member) ? member : [member]) {
      if (item !== undefined && item !== null) yield [name, item];
    }
  }
}

function toFormData(value: object): FormData {
  const form = new FormData();
  for (const [name, item] of fields(value)) {
    if (item instanceof Blob) form.append(name, item);
    else if (isBytes(item)) form.append(name, new Blob([item as BlobPart]));
    else if (typeof item === 'object') form.append(name, new Blob([asText(item)], { type: 'application/json' }));
    else form.append(name, asText(item));
  }
  return form;
}

export type SerializedBody = {
  /** Exactly what is signed and sent. */
  readonly bytes: string | Uint8Array<ArrayBuffer>;
  readonly contentType: string;
};

/** A body's bytes. Multipart is laid out here and not by `fetch`, whose boundary would be known too late to be signed. */
export async function serializeBody(value: unknown, mediaType: string): Promise<SerializedBody> {
  if (/^multipart\/form-data/.test(mediaType) || value instanceof FormData) {
    const form = new Response(value instanceof FormData ? value : toFormData(value as object));
    return {
      bytes: new Uint8Array(await form.arrayBuffer()),
      contentType: form.headers.get('content-type') ?? mediaType,
    };
  }
  if (isBytes(value)) {
    return { bytes: new Uint8Array(await new Response(value).arrayBuffer()), contentType: mediaType };
  }
  if (mediaType === 'application/x-www-form-urlencoded') {
    const pairs = [...fields(value as object)].map(([name, item]) => [name, asText(item)]);
    return { bytes: new URLSearchParams(pairs).toString(), contentType: mediaType };
  }
  const json = /[/+]json$/.test(mediaType.split(';', 1)[0] ?? '');
  return { bytes: json ? JSON.stringify(value) : asText(value), contentType: mediaType };
}
