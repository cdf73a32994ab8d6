/** A character that documents do not contain: the first of a private plane. */
const mark = '\u{F0000}';

/** The parts that are hidden from Redocly. */
export type Hidden = {
  readonly objects: Iterable<object>;
  readonly keys: readonly string[];
  /** The temporary prefix of the key. `x-` makes it an extension, which is allowed anywhere. */
  readonly prefix?: string;
};

/**
 * Redocly follows every `$ref`, also in examples and extensions. While it runs, such keys have another name. The order
 * of properties stays.
 */
export async function withHiddenRefs<T>(hidden: readonly Hidden[], work: () => Promise<T>): Promise<T> {
  const renamed = hidden.flatMap(({ objects, keys, prefix = '' }) =>
    [...objects].map((object) => ({ object, name: (key: string) => (keys.includes(key) ? prefix + mark + key : key) })),
  );
  for (const { object, name } of renamed) rename(object, name);
  try {
    return await work();
  } finally {
    for (const { object } of renamed)
      rename(object, (key) => key.slice(key.indexOf(mark) + 1 && key.indexOf(mark) + mark.length));
  }
}

/** A text without the marks that hide references. */
export function unmarked(text: string): string {
  return text.replaceAll(mark, '');
}

/** Restores a body or an address that was created from data while its keys were hidden. */
export function unmarkedBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  // Bytes and not text: a body may be of any kind.
  const latin1 = (text: string): string => Buffer.from(text).toString('latin1');
  const text = Buffer.from(bytes).toString('latin1');
  const meant = text.replaceAll(latin1(mark), '').replaceAll(encodeURIComponent(mark), '');
  return Uint8Array.from(Buffer.from(meant, 'latin1'));
}

function rename(object: object, name: (key: string) => string): void {
  const entries = Object.entries(object);
  for (const [key] of entries) Reflect.deleteProperty(object, key);
  for (const [key, value] of entries) {
    Object.defineProperty(object, name(key), { value, enumerable: true, configurable: true, writable: true });
  }
}
