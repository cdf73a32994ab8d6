/** One proxy's description of the request that it received. */
export type Hop = {
  readonly for: string | undefined;
  readonly proto: string | undefined;
  readonly host: string | undefined;
};

const listOf = (headers: Headers, name: string): readonly string[] => {
  const text = headers.get(name);
  return text === null ? [] : text.split(',').map((part) => part.trim());
};

/** Splits at a separator outside of quotes. */
function split(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let quoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (quoted && text[at] === '\\') at += 1;
    else if (text[at] === '"') quoted = !quoted;
    else if (text[at] === separator && !quoted) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)].map((part) => part.trim());
}

function readElement(element: string): Hop {
  const pairs = new Map(
    split(element, ';').map((pair) => {
      const at = pair.indexOf('=');
      const value = pair.slice(at + 1).trim();
      const bare = /^".*"$/s.test(value) ? value.slice(1, -1).replace(/\\(.)/gs, '$1') : value;
      return [pair.slice(0, at).trim().toLowerCase(), bare] as const;
    }),
  );
  // The address may have a port: `192.0.2.60:4711`, `"[2001:db8::1]:4711"`.
  const address = pairs
    .get('for')
    ?.replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^([\d.]+):\d+$/, '$1');
  return { for: address, proto: pairs.get('proto')?.toLowerCase(), host: pairs.get('host') };
}

/** Reads `Forwarded` (RFC 7239), in the order in which the request passed the proxies. */
const readForwarded = (headers: Headers): readonly Hop[] => {
  const text = headers.get('forwarded');
  return text === null
    ? []
    : split(text, ',')
        .filter((element) => element !== '')
        .map(readElement);
};

/** The n-th value from the end of a list. For a shorter list, it is the first value, which most proxies overwrite. */
const fromEnd = (values: readonly string[], count: number): string | undefined => values.at(-count) ?? values[0];

/**
 * The request as the first of `count` trusted proxies received it. Each proxy appends to the header. If there is an
 * `X-Forwarded-*` header, `Forwarded` is not read, because a caller could have set it.
 */
export function readHop(headers: Headers, count: number): Hop & { readonly prefix: string | undefined } {
  const [forwardedFor, proto, host] = ['for', 'proto', 'host'].map((name) => listOf(headers, `x-forwarded-${name}`));
  const isOwn = [forwardedFor, proto, host].some((values = []) => values.length > 0);
  const prefix = fromEnd(listOf(headers, 'x-forwarded-prefix'), count);
  if (!isOwn) {
    const hops = readForwarded(headers);
    const near = hops.at(-count);
    const said = near ?? hops[0];
    return { for: near?.for, proto: said?.proto, host: said?.host, prefix };
  }
  return {
    for: forwardedFor?.at(-count) || undefined,
    proto: fromEnd(proto ?? [], count)?.toLowerCase(),
    host: fromEnd(host ?? [], count),
    prefix,
  };
}

/** The callers that the header names, beginning with the farthest. */
export const readCallers = (headers: Headers): readonly string[] => {
  const seen = listOf(headers, 'x-forwarded-for');
  return seen.length > 0 ? seen : readForwarded(headers).map((hop) => hop.for ?? '');
};
