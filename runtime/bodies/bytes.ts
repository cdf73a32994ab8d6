import type { Bytes } from '../contract/index.ts';

export type { Bytes } from '../contract/index.ts';

/** Whether a value is binary data that `fetch` sends unchanged. */
export const isBytes = (value: unknown): value is Bytes =>
  value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value) || value instanceof ReadableStream;
