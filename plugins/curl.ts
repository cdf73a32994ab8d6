/** Text as one word of a POSIX shell. */
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Headers that are omitted: the client sets them, or they mean nothing to curl. */
const LEFT_OUT = /^(content-length|host|user-agent|accept-encoding|x-request-id)$/i;

function toCurl(url: string, { method = 'GET', headers, body }: RequestInit): string {
  const words = ['curl', ...(method === 'GET' ? [] : ['-X', method]), quote(url)];
  for (const [name, value] of new Headers(headers)) {
    if (!LEFT_OUT.test(name)) words.push('-H', quote(`${name}: ${value}`));
  }
  if (body !== undefined && body !== null) {
    const text = typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array);
    words.push('--data-raw', quote(text));
  }
  return words.join(' ');
}

/**
 * The curl command for a call of a generated client, with the client's signature. Nothing is sent.
 *
 *     await curlOf((fetch) => createMoonpacketClient({ baseUrl, credentials, fetch }).getRules());
 */
export async function curlOf(call: (fetch: Fetch) => PromiseLike<unknown>): Promise<string> {
  let command: string | undefined;
  const result = await call(async (url, init) => {
    command = toCurl(url, init);
    return new Response(null, { status: 418 });
  });
  if (command !== undefined) return command;
  throw new Error('The call was not sent', { cause: (result as { readonly error?: unknown } | undefined)?.error });
}
