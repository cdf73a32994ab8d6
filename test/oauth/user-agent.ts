/** A minimal browser for a login: it stores cookies, follows redirects and posts forms. */
export function createUserAgent(stopAt: string) {
  const jar = new Map<string, string>();
  const visit = async (url: string, init: RequestInit = {}, hops = 0): Promise<{ url: string; body: string }> => {
    if (hops > 20) throw new Error(`redirected for ever, last to ${url}`);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) return { url, body: await response.text() };
    const next = new URL(location, url).href;
    return next.startsWith(stopAt) ? { url: next, body: '' } : visit(next, {}, hops + 1);
  };
  /** Sends the form of a page, with more fields. */
  const submit = async (page: { url: string; body: string }, more: Readonly<Record<string, string>> = {}) => {
    const action = /<form[^>]* action="([^"]+)"/.exec(page.body)?.[1] ?? page.url;
    const inputs = [...page.body.matchAll(/<input[^>]*>/g)].map(([input]) => [
      /name="([^"]+)"/.exec(input)?.[1] ?? '',
      /value="([^"]*)"/.exec(input)?.[1] ?? '',
    ]);
    const form = new URLSearchParams({ ...Object.fromEntries(inputs.filter(([name]) => name)), ...more });
    return visit(new URL(action, page.url).href, {
      method: 'POST',
      body: form.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  };
  return { visit, submit };
}
