/** Creates the response for an error of the mock itself, not of a provider (RFC 9457). */
export function problem(status: number, title: string, detail: string): Response {
  return new Response(JSON.stringify({ title, status, detail }), {
    status,
    headers: { 'content-type': 'application/problem+json', 'x-mock': 'gateway' },
  });
}
