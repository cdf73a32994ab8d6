import type { Carrier } from '@countersign/runtime/contract';
import { parseCookies } from '../../../runtime/server/cookies.ts';

/** A call in the proxy, before it is sent. */
export type OutgoingCall = {
  /** The method, in upper case. */
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  body: Uint8Array<ArrayBuffer>;
};

/** The value of a carrier, without its prefix; undefined if it is missing. A different prefix is part of the value. */
export function readCarrier(call: OutgoingCall, carrier: Carrier): string | undefined {
  const { prefix = '' } = carrier;
  const text = readRaw(call, carrier);
  return text?.toLowerCase().startsWith(prefix.toLowerCase()) ? text.slice(prefix.length) : text;
}

function readRaw({ headers, url, body }: OutgoingCall, { in: place, name }: Carrier): string | undefined {
  if (place === 'header') return headers.get(name) ?? undefined;
  if (place === 'query') return url.searchParams.get(name) ?? undefined;
  if (place === 'cookie') return parseCookies(headers.get('cookie')).get(name);
  const member = readObject(body)?.[name];
  return typeof member === 'string' ? member : undefined;
}

/** Writes a value to its place and replaces the previous one. Without a carrier, it is not sent. */
export function putCarrier(call: OutgoingCall, carrier: Carrier | undefined, value: string): void {
  if (carrier === undefined) return;
  const { in: place, name, prefix = '' } = carrier;
  const text = prefix + value;
  if (place === 'header') call.headers.set(name, text);
  else if (place === 'query') call.url.searchParams.set(name, text);
  else if (place === 'cookie') {
    const cookies = new Map(parseCookies(call.headers.get('cookie'))).set(name, encodeURIComponent(text));
    call.headers.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '));
  } else {
    const body = JSON.stringify({ ...readObject(call.body), [name]: text });
    call.body = new TextEncoder().encode(body);
    call.headers.set('content-type', 'application/json');
  }
}

function readObject(body: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
