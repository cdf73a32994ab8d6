import type { Carrier } from '../contract/index.ts';
import type { Call } from './call.ts';
import { headerOf } from './header-of.ts';

/** What a carrier holds, without its prefix; undefined where it is absent, empty, or begins with something else. */
export function readCarrier(call: Call, carrier: Carrier): string | undefined {
  const text = readRaw(call, carrier);
  if (text === undefined || text === '') return undefined;
  const { prefix } = carrier;
  if (prefix === undefined || prefix === '') return text;
  // The names of authentication schemes are case-insensitive (RFC 9110, section 11.1).
  if (text.slice(0, prefix.length).toLowerCase() !== prefix.toLowerCase()) return undefined;
  return text.slice(prefix.length).trim() || undefined;
}

/** The first carrier that is not empty. */
export function readCarriers(call: Call, carriers: readonly Carrier[]): string | undefined {
  for (const carrier of carriers) {
    const text = readCarrier(call, carrier);
    if (text !== undefined) return text;
  }
  return undefined;
}

function readRaw(call: Call, { in: place, name }: Carrier): string | undefined {
  switch (place) {
    case 'header':
      return headerOf(call.headers, name) ?? undefined;
    case 'query': {
      for (const pair of call.query.pairs) if (pair[0] === name && pair[1] !== '') return pair[1];
      return undefined;
    }
    case 'cookie':
      return call.cookies.get(name);
    case 'body':
      return call.bodyMember(name);
  }
}
