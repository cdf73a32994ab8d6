import { bytesOfText, oneByteText } from '../../bodies/index.ts';
import { isSchemaObject } from '../../values/types.ts';

/** A file in messages between the page and the mock. */
export type PageFile = {
  readonly $file: {
    readonly name: string;
    readonly type: string;
    /** The content in Base64. */
    readonly content: string;
  };
};

/** Converts the bytes of a generated or logged body to files of the page. Everything else stays unchanged. */
export async function toPageFiles(value: unknown): Promise<unknown> {
  if (value instanceof Blob) {
    const content = btoa(oneByteText(new Uint8Array(await value.arrayBuffer())));
    return { $file: { name: value instanceof File ? value.name : 'sample.bin', type: value.type, content } };
  }
  if (Array.isArray(value)) return Promise.all(value.map(toPageFiles));
  if (!isSchemaObject(value)) return value;
  const entries = Object.entries(value).map(async ([name, member]) => [name, await toPageFiles(member)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** Converts the files of a body that the page sends. The media type of the body must allow files. */
export function fromPageFiles(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromPageFiles);
  if (!isSchemaObject(value)) return value;
  const file = value['$file'];
  if (isSchemaObject(file) && typeof file['content'] === 'string')
    return new File([bytesOf(file['content'])], String(file['name'] ?? 'file'), { type: String(file['type'] ?? '') });
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fromPageFiles(member)]));
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return bytesOfText(atob(base64));
  } catch {
    return new Uint8Array();
  }
}
