/** The pairs of a Cookie header, in order and undecoded (RFC 6265, section 5.4). */
export function cookiePairs(header: string | null): [name: string, value: string][] {
  return (header?.split(';') ?? []).flatMap((part): [string, string][] => {
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim();
    return at < 0 || name === '' ? [] : [[name, part.slice(at + 1).trim()]];
  });
}

/**
 * The cookies of a Cookie header, without the quotes around their values. If a name occurs twice, the first value
 * counts.
 */
export function parseCookies(header: string | null): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const [name, value] of cookiePairs(header)) {
    const bare = value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
    if (!cookies.has(name)) cookies.set(name, bare);
  }
  return cookies;
}
