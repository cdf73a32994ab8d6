/** Receives the content of one part. */
export type PartSink = {
  readonly write: (chunk: Uint8Array) => void | Promise<void>;
  readonly end: () => void | Promise<void>;
};

/** The error of bytes that are not a valid multipart body. */
export class MalformedMultipart extends Error {
  override readonly name = 'MalformedMultipart';
  /** The name or position of the invalid part, at each level. Empty if the body itself is invalid. */
  readonly at: readonly (string | number)[];

  constructor(message: string, at: readonly (string | number)[] = []) {
    super(message);
    this.at = at;
  }
}

type State = 'preamble' | 'delimiter' | 'head' | 'content' | 'epilogue';

/** Maximum size of the headers of one part, in bytes. */
const LONGEST_HEAD = 16_384;
const MOST_PARTS = 10_000;
const DASH = 0x2d;
const CR = 0x0d;
const LF = 0x0a;

const encoder = /* @__PURE__ */ new TextEncoder();
const HEAD_END = /* @__PURE__ */ encoder.encode('\r\n\r\n');

/** The boundary in a `Content-Type` header; undefined if there is none. */
export const boundaryOf = (contentType: string): string | undefined => {
  const [, quoted, bare] = /;\s*boundary=(?:"((?:\\.|[^"\\])+)"|([^;\s]+))/i.exec(contentType) ?? [];
  return quoted?.replace(/\\(.)/g, '$1') ?? bare;
};

function indexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  const [first = 0] = wanted;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (at + wanted.length > bytes.length) return -1;
    let matched = 1;
    while (matched < wanted.length && bytes[at + matched] === wanted[matched]) matched += 1;
    if (matched === wanted.length) return at;
  }
  return -1;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** The header fields of a part, by lower-case name. Folded lines are unfolded. */
function parseHead(bytes: Uint8Array): ReadonlyMap<string, string> {
  const lines = new TextDecoder()
    .decode(bytes)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const at = line.indexOf(':');
    if (at > 0) headers.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim());
    else if (line.trim() !== '') throw new MalformedMultipart('a part has an invalid header line');
  }
  return headers;
}

/**
 * Parses a multipart body as a stream. At most one chunk and the headers of one part are in memory.
 * @param open returns the receiver of a part's content, given the part's headers (names in lower case)
 * @throws {MalformedMultipart} if the body is invalid or ends before its last boundary
 * @see https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1
 */
export async function readMultipart(
  chunks: AsyncIterable<Uint8Array>,
  boundary: string,
  open: (headers: ReadonlyMap<string, string>) => PartSink,
): Promise<void> {
  const delimiter = encoder.encode(`\r\n--${boundary}`);
  // The first boundary has no line break before it.
  let rest: Uint8Array = encoder.encode('\r\n');
  let state = 'preamble' as State;
  let sink: PartSink | undefined;
  let parts = 0;

  /** Parses one step. Returns false if it needs more bytes. */
  const step = async (): Promise<boolean> => {
    switch (state) {
      case 'preamble':
      case 'content': {
        const at = indexOf(rest, delimiter);
        const settled = at < 0 ? Math.max(0, rest.length - delimiter.length + 1) : at;
        if (sink && settled > 0) await sink.write(rest.subarray(0, settled));
        rest = rest.subarray(at < 0 ? settled : at + delimiter.length);
        if (at < 0) return false;
        await sink?.end();
        sink = undefined;
        state = 'delimiter';
        return true;
      }
      case 'delimiter': {
        let at = 0;
        if (rest.length >= 2 && rest[0] === DASH && rest[1] === DASH) {
          state = 'epilogue';
          return false;
        }
        while (rest[at] === 0x20 || rest[at] === 0x09) at += 1;
        if (rest.length < at + 2) return false;
        if (rest[at] !== CR || rest[at + 1] !== LF)
          throw new MalformedMultipart('a boundary is followed by other characters');
        // The line end is kept: together with the next one, it ends an empty list of headers.
        rest = rest.subarray(at);
        state = 'head';
        return true;
      }
      case 'head': {
        const at = indexOf(rest, HEAD_END);
        if ((at < 0 ? rest.length : at) > LONGEST_HEAD)
          throw new MalformedMultipart('the headers of a part are too large');
        if (at < 0) return false;
        parts += 1;
        if (parts > MOST_PARTS) throw new MalformedMultipart(`there are more than ${MOST_PARTS} parts`);
        sink = open(parseHead(rest.subarray(2, Math.max(2, at))));
        rest = rest.subarray(at + HEAD_END.length);
        state = 'content';
        return true;
      }
      case 'epilogue':
        return false;
    }
  };

  for await (const chunk of chunks) {
    rest = joined(rest, chunk);
    while (await step());
    if (state === 'epilogue') rest = new Uint8Array(0);
  }
  if (state !== 'epilogue') throw new MalformedMultipart('the body ends before the last boundary');
}
