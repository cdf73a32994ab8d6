import { compileAddressList } from './address-list.ts';
import { ConfigurationError } from './errors.ts';
import { type Hop, readCallers, readHop } from './forwarded.ts';
import type { Incoming } from './incoming.ts';
import { splitUrl } from './url.ts';

/** The bindings that the Node adapter passes with the request. */
type NodeEnvironment = { readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } } };

/** The proxies in front of a server, and the URL that callers use. */
export type ProxyOptions = {
  readonly trustedProxies: number | readonly string[];
  readonly publicUrl: string | undefined;
  readonly clientAddress: ((request: Request, peer: string | undefined) => string | undefined) | undefined;
};

/** Finds the caller's address and the URL that the caller used. */
export type Proxies = {
  readonly addressOf: (incoming: Incoming) => string | undefined;
  /** Returns the URL that the caller used. `prefix` is the path under which the server is mounted. */
  readonly urlOf: (incoming: Incoming, prefix: string) => string;
};

const HOST = /^[\w.-]+(:\d{1,5})?$|^\[[\da-f:.]+\](:\d{1,5})?$/i;

/** Compiles the options `trustedProxies`, `publicUrl` and `clientAddress`. */
export function compileProxies({ trustedProxies, publicUrl, clientAddress }: ProxyOptions): Proxies {
  const base = publicUrl === undefined ? undefined : checkPublicUrl(publicUrl);
  const countOf = compileCount(trustedProxies);
  const hopOf = (incoming: Incoming): ReturnType<typeof readHop> | undefined => {
    if (trustedProxies === 0) return undefined;
    const count = countOf(incoming, peerOf(incoming.platform));
    return count === 0 ? undefined : readHop(incoming.headers, count);
  };
  return {
    addressOf(incoming) {
      const peer = peerOf(incoming.platform);
      if (clientAddress) return clientAddress(incoming.request, peer);
      return plain(hopOf(incoming)?.for) ?? peer;
    },
    urlOf(incoming, prefix) {
      const { url } = incoming;
      if (base !== undefined) {
        const { path } = splitUrl(url, prefix);
        const query = url.indexOf('?');
        return base + path + (query < 0 ? '' : url.slice(query));
      }
      const hop = hopOf(incoming);
      return hop ? rewritten(url, hop) : url;
    },
  };
}

/** Returns how many proxies of a request are trusted. With 0, their headers are ignored. */
function compileCount(trusted: ProxyOptions['trustedProxies']) {
  if (typeof trusted === 'number') return (): number => trusted;
  const isTrusted = compileAddressList('trustedProxies', trusted);
  return ({ headers }: Incoming, peer: string | undefined): number => {
    if (peer === undefined || !isTrusted(peer)) return 0;
    const callers = readCallers(headers);
    let count = 1;
    while (count < callers.length && isTrusted(plain(callers.at(-count)) ?? '')) count += 1;
    return count;
  };
}

function rewritten(url: string, { proto, host, prefix }: Hop & { readonly prefix: string | undefined }): string {
  const [, scheme = '', authority = '', rest = ''] = /^([a-z]+):\/\/([^/?#]*)(.*)$/is.exec(url) ?? [];
  const isHttp = proto === 'http' || proto === 'https';
  const path = prefix !== undefined && /^(\/[\w.~%-]+)+$/.test(prefix) ? prefix : '';
  return `${isHttp ? proto : scheme}://${host !== undefined && HOST.test(host) ? host : authority}${path}${rest}`;
}

function checkPublicUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw new ConfigurationError(
      `The option publicUrl must be an absolute URL without query, such as https://api.example/partners: received ${JSON.stringify(text)}`,
    );
  }
  return text.replace(/\/+$/, '');
}

const peerOf = (platform: unknown): string | undefined =>
  plain((platform as NodeEnvironment | undefined)?.incoming?.socket?.remoteAddress);

/** The IPv4 address of an address that the socket reports as mapped into IPv6. */
function plain(address: string | undefined): string | undefined {
  return address?.replace(/^::ffff:(?=\d+\.)/i, '');
}
