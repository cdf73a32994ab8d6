/** Maximum size in bytes of a body that is kept for the log. Larger bodies are passed on. */
const LARGEST_KEPT = 256 * 1024;

/** A request whose body was read and can be read again. */
export type Kept = {
  /** The request with an unread body. */
  readonly request: Request;
  /** The bytes of the body. Undefined if the body is too large. */
  readonly bytes: Uint8Array | undefined;
};

/** Reads the body of a request for the log. If the request states no length, only as much is read as the log keeps. */
export async function keepBody(request: Request): Promise<Kept> {
  const { method, headers } = request;
  // A `Request` cannot have a body with these methods, and HTTP does not define its meaning (RFC 9110, section 9.3).
  if (method === 'GET' || method === 'HEAD' || method === 'TRACE') return { request, bytes: new Uint8Array() };
  const length = headers.get('content-length');
  if (length === null) return keepStream(request);
  if (Number(length) > LARGEST_KEPT) return { request, bytes: undefined };
  const bytes = new Uint8Array(await request.arrayBuffer());
  return { request: withBody(request, bytes), bytes };
}

async function keepStream(request: Request): Promise<Kept> {
  const reader = request.body?.getReader();
  if (!reader) return { request, bytes: new Uint8Array() };
  const chunks: Uint8Array[] = [];
  let total = 0;
  while (total <= LARGEST_KEPT) {
    const { done, value } = await reader.read();
    if (done) {
      const bytes = new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
      return { request: withBody(request, bytes), bytes };
    }
    chunks.push(value);
    total += value.length;
  }
  const rest = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const chunk = chunks.shift() ?? (await reader.read()).value;
      if (chunk) controller.enqueue(chunk);
      else controller.close();
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { request: withBody(request, rest), bytes: undefined };
}

function withBody({ url, method, headers, signal }: Request, body: Uint8Array | ReadableStream): Request {
  return new Request(url, { method, headers, body: body as BodyInit, signal, duplex: 'half' } as RequestInit);
}
