/** The text of a URL, or why it could not be fetched. */
export type FetchResult =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** Milliseconds for one file. */
const TIMEOUT = 15_000;

/** Fetches a file of an allowed host. Redirects are not followed: they could lead to another host. */
export async function fetchFile(url: string, maxBytes: number): Promise<FetchResult> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT) });
    if (!response.ok) {
      await response.body?.cancel();
      return failed(`The response has status ${response.status}.`);
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > maxBytes) return failed('The file is too large.');
      chunks.push(chunk);
    }
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)) };
  } catch (error) {
    return failed(
      error instanceof TypeError && 'code' in error ? 'The file is not encoded in UTF-8.' : 'The host did not respond.',
    );
  }
}

const failed = (reason: string): FetchResult => ({ kind: 'failed', reason });
