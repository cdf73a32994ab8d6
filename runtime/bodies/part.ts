import type { PartOf, PartOptions } from '../contract/index.ts';

export type { PartOptions } from '../contract/index.ts';

/** One part of a multipart body with its value, media type, file name and headers. Created by `part`. */
export class Part<T = unknown> implements PartOf<T> {
  readonly value: T;
  readonly options: PartOptions;

  constructor(value: T, options: PartOptions) {
    this.value = value;
    this.options = options;
  }
}

/**
 * Creates a part of a multipart body with its own media type, file name or headers.
 *
 * @example
 * ```ts
 * const rows = new Blob(['id,coin\n1,20\n']);
 * const body = { file: part(rows, { filename: 'rows.csv', contentType: 'text/csv' }) };
 * ```
 */
export const part = <T>(value: T, options: PartOptions = {}): Part<T> => new Part(value, options);
