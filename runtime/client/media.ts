import { charsetOf, decodeText } from '../bodies/index.ts';
import { type ByteStream, kindIn, matchMediaType, own } from '../contract/index.ts';
import type { CallArguments, CallPromise } from './call.ts';
import { startCall } from './create-caller.ts';
import { convert, declaredFor } from './declared-for.ts';
import { toDownload } from './download.ts';
import { UnexpectedResponseError } from './errors/index.ts';
import type { UnexpectedResponseReason } from './errors/unexpected-response-error.ts';
import type { CallOptions } from './options.ts';
import { readBody } from './read-body.ts';
import { responseContext } from './response-context.ts';
import type { CallInput, DeclaredResponse, Feature, Outcome, Run } from './types.ts';

type Streaming = CallOptions & { readonly stream?: true };

type Read = (run: Run, response: Response, mediaType: string, isDeclared: boolean) => Promise<Outcome>;

const unexpected = (run: Run, response: Response, reason: UnexpectedResponseReason): Outcome => ({
  error: new UnexpectedResponseError(reason, responseContext(run, response)),
});

const readBytes: Read = async (run, response, mediaType) => {
  if ((run.options as Streaming).stream) return { data: toDownload(run, response, mediaType) };
  // The size of a file is unknown, so only a limit of the caller applies.
  const data = new Blob([await readBody(run, response, run.ctx.options.maxResponseBytes ?? Infinity)], {
    type: mediaType,
  });
  return { data, body: data };
};

/** The value of XML that the contract describes; undefined for other text. */
async function readDescribed(run: Run, response: Response, text: string, type: string | undefined): Promise<unknown> {
  const root = own(declaredFor(run.operation, response.status)?.xml, type ?? '');
  const load = run.ctx.with.xml;
  return root && load ? (await load()).readXml(text, root) : undefined;
}

/**
 * The number, boolean or null that a text represents. Other text is returned as it is, so that the validator reports
 * it.
 */
function typedText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const readText: Read = async (run, response, mediaType, isDeclared) => {
  const bytes = await readBody(run, response);
  const charset = charsetOf(response.headers.get('content-type') ?? '');
  let data: string;
  try {
    data = decodeText(bytes, charset ? `${mediaType};charset=${charset}` : mediaType);
  } catch {
    return unexpected(run, response, 'text in an unknown encoding');
  }
  // This detects the page of a proxy or a login. Many servers label any text as HTML, so the beginning of the text
  // decides.
  if (!isDeclared && mediaType === 'text/html' && /^\s*<(!doctype|html|head|body)\b/i.test(data))
    return unexpected(run, response, 'a web page');
  const declared = declaredFor(run.operation, response.status);
  const type = matchMediaType(mediaType, declared?.content ?? []) ?? declared?.content[0];
  if (type && declared?.texts?.includes(type)) {
    const value = convert(run, typedText(data), declared, type, data);
    const issues = (await run.ctx.checks?.response(run, value, declared, type, false, true, data)) ?? [];
    return { data: value, body: value, issues };
  }
  let value: unknown;
  try {
    const read = await readDescribed(run, response, data, type);
    if (read === undefined) return { data, body: data };
    value = convert(run, read, declared, type);
  } catch {
    // The parser's message would quote the response.
    return unexpected(run, response, 'a body that is not the XML of the contract');
  }
  return {
    data: value,
    body: value,
    issues: (await run.ctx.checks?.response(run, value, declared, type, false, true)) ?? [],
  };
};

/** Additional methods of a call that returns bytes. */
export type Streams<I, E> = {
  /**
   * Returns the bytes as they arrive. They are not kept in memory, and neither size nor duration is limited. The
   * caller's signal ends the stream.
   */
  stream(...args: CallArguments<I>): CallPromise<ByteStream, E>;
};

const isBinary = (mediaType: string, declared: DeclaredResponse): boolean =>
  READERS[kindIn(mediaType, declared)] === readBytes;

/** The functions that read a body, by the kind of the declared media type. */
const READERS: { readonly [kind: string]: Read } = {
  binary: readBytes,
  form: readBytes,
  multipart: readBytes,
  text: readText,
  markup: readText,
  events: readText,
  lines: readText,
};

/** Reads a body and validates it together with the headers. */
async function withHead(run: Run, response: Response, reading: Promise<Outcome>): Promise<Outcome> {
  const outcome = await reading;
  if (outcome.error) return outcome;
  const declared = declaredFor(run.operation, response.status);
  const issues = (await run.ctx.checks?.response(run, undefined, declared, undefined, true, false)) ?? [];
  return { ...outcome, issues: [...issues, ...(outcome.issues ?? [])] };
}

/** The reader of a body; undefined if another feature reads it. */
function readerOf(run: Run, response: Response, mediaType: string, declared: string | undefined): Read | undefined {
  const found = declaredFor(run.operation, response.status);
  if (declared) return READERS[kindIn(mediaType, found)];
  const kinds = (found?.content ?? []).map((type) => kindIn(type, found));
  const [first = 'json'] = kinds;
  return kinds.includes('json') || first === 'events' || first === 'lines' ? undefined : READERS[first];
}

/**
 * Responses that are text, or bytes (as a Blob with the media type of the response). An empty body is a valid value. A
 * response with an undeclared media type still has its declared type, unless that is JSON.
 */
export const media: Feature = {
  describe: (run, response, text, mediaType) => readDescribed(run, response, text, mediaType).catch(() => undefined),
  extend(ctx, handle) {
    if (
      !handle.operation.responses.some(
        (declared) => /^(2|default)/.test(declared.status) && declared.content.some((type) => isBinary(type, declared)),
      )
    )
      return {};
    return {
      stream: (input?: CallInput, options?: CallOptions) => {
        const streaming: Streaming = { ...options, stream: true };
        return startCall(ctx, handle, input, streaming);
      },
    };
  },
  receive(run, response, mediaType, declared) {
    const read = readerOf(run, response, mediaType, declared);
    if (!read) return undefined;
    return withHead(run, response, read(run, response, mediaType, declared !== undefined));
  },
};
