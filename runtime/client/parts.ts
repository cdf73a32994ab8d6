import { MalformedMultipart, writeNested, writeParts } from '../bodies/index.ts';
import { own } from '../contract/index.ts';
import { after } from './after.ts';
import { closable } from './closable.ts';
import { connectionError } from './connection.ts';
import { convert, declaredFor } from './declared-for.ts';
import { AbortError, UnexpectedResponseError } from './errors/index.ts';
import type { ResponseHead } from './hooks.ts';
import { listOf, partValues } from './part-values.ts';
import { responseContext } from './response-context.ts';
import { errorContext } from './run.ts';
import type { Feature, Outcome, Run } from './types.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Source = { readonly chunks: AsyncIterable<Bytes>; readonly close: () => void };

/** Opens a body as a source of parts. The caller's abort ends it at any time, not only during a read. */
function open(run: Run, body: ReadableStream<Bytes>): Source {
  const reader = body.getReader();
  const { signal } = run.options;
  const close = () => {
    signal?.removeEventListener('abort', close);
    reader.cancel().catch(() => {});
  };
  if (signal?.aborted) close();
  else signal?.addEventListener('abort', close);
  async function* chunks(): AsyncGenerator<Bytes> {
    for (;;) {
      const { done, value } = await reader.read().catch((error) => {
        throw connectionError(run, error, true);
      });
      if (signal?.aborted) throw new AbortError(errorContext(run));
      if (done) return;
      yield value;
    }
  }
  return { chunks: chunks(), close };
}

/** Returns the error of an invalid body. It names the part that is not multipart data. */
function flawOf(run: Run, head: ResponseHead, error: unknown, place: number): unknown {
  if (error instanceof MalformedMultipart || error instanceof TypeError || error instanceof RangeError)
    return new UnexpectedResponseError(`part ${place + 1} that is not multipart data`, responseContext(run, head));
  return error;
}

async function* checkedParts(
  run: Run,
  head: ResponseHead,
  mediaType: string,
  values: AsyncIterable<unknown>,
): AsyncGenerator<unknown> {
  const declared = declaredFor(run.operation, head.status);
  let place = 0;
  try {
    for await (const each of values) {
      const value = convert(run, each, declared, mediaType);
      await run.ctx.checks?.response(run, value, declared, mediaType, false, true);
      yield value;
      place += 1;
    }
  } catch (error) {
    throw flawOf(run, head, error, place);
  }
}

async function receiveList(
  run: Run,
  response: Response,
  mediaType: string,
  values: AsyncIterable<unknown>,
): Promise<Outcome> {
  const declared = declaredFor(run.operation, response.status);
  try {
    const value = convert(run, await listOf(values), declared, mediaType);
    return {
      data: value,
      body: value,
      issues: (await run.ctx.checks?.response(run, value, declared, mediaType, true, true)) ?? [],
    };
  } catch (error) {
    const flaw = flawOf(run, response, error, 0);
    if (flaw instanceof UnexpectedResponseError) return { error: flaw };
    throw flaw;
  }
}

/**
 * Multipart bodies whose parts have a position (OpenAPI 3.2): a response is a list of their values or, if the contract
 * has `itemSchema`, an async iterable of them, each validated as it arrives.
 */
export const parts: Feature = {
  parts: { write: writeParts, nested: writeNested },
  receive(run, response, _, declared) {
    const { body } = response;
    const described = declared && own(declaredFor(run.operation, response.status)?.parts, declared);
    // `stream()` of a call returns the bytes instead.
    if (!body || !described || (run.options as { stream?: true }).stream) return undefined;
    const contentType = response.headers.get('content-type') ?? declared;
    const { chunks, close } = open(run, body);
    const values = partValues(run, chunks, contentType, described);
    if (!described.stream) return receiveList(run, response, declared, values);
    const data = closable<unknown>(checkedParts(run, response, declared, values), close);
    const head = run.ctx.checks?.response(
      run,
      undefined,
      declaredFor(run.operation, response.status),
      undefined,
      true,
      false,
    );
    return after(head ?? [], (issues) => ({ data, issues }));
  },
};
