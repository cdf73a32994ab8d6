import { type Carrier, cookieValue } from '../contract/index.ts';
import { type CarrierSource, memberText, readCarrierValues, textOfBody } from './carriers.ts';
import { withWritten } from './json-text.ts';
import { unescapeText } from './recipe/escape.ts';

/** An outgoing request. Signing changes it in place. */
export type Outgoing = {
  /** The HTTP method in capitals. */
  readonly method: string;
  url: string;
  readonly headers: Headers;
  body: string | Uint8Array<ArrayBuffer> | undefined;
  /** The status of a response. */
  readonly status?: number;
};

const FORM = 'application/x-www-form-urlencoded';

const isForm = ({ headers }: Outgoing): boolean => headers.get('content-type')?.toLowerCase().startsWith(FORM) ?? false;

const escapeForm = (text: string): string => new URLSearchParams({ v: text }).toString().slice(2);

function bodyText({ body = '' }: Outgoing, name: string): string {
  const text = typeof body === 'string' ? body : textOfBody(body);
  if (text === undefined) throw new TypeError(`${name} cannot be written to the body: the body is not text`);
  return text;
}

/** Replaces all pairs with a name in a query or form by one pair. */
function withPair(text: string, name: string, value: string, escaping: (text: string) => string): string {
  const kept = text.split('&').filter((pair) => pair !== '' && unescapeText(pair.split('=')[0] ?? '', 'form') !== name);
  return [...kept, `${escaping(name)}=${escaping(value)}`].join('&');
}

/**
 * Removes a value that the caller put at the location of the signature, because a signature never covers another
 * signature.
 */
export function dropPlaced(request: Outgoing, { in: within, name }: Carrier): void {
  const { headers } = request;
  // Most requests have no value at this location, so the location is checked before anything is rewritten.
  if (within === 'header' && headers.has(name)) headers.delete(name);
  else if (within === 'query' && request.url.includes('?')) {
    const [path = '', ...query] = request.url.split('?');
    const isOther = (pair: string): boolean => unescapeText(pair.split('=')[0] ?? '', 'form') !== name;
    const pairs = query.join('?').split('&');
    if (!pairs.every(isOther)) request.url = [path, ...[pairs.filter(isOther).join('&')].filter(Boolean)].join('?');
  }
}

/** Writes a value to its location and replaces the previous value. @throws {TypeError} if the body cannot contain it */
export function placeValue(request: Outgoing, carrier: Carrier, value: string): void {
  const { in: within, name, prefix = '', suffix = '', pointer, number } = carrier;
  const text = prefix + value + suffix;
  const { headers } = request;
  if (within === 'header') headers.set(name, text);
  else if (within === 'query') {
    const [path = '', ...query] = request.url.split('?');
    request.url = `${path}?${withPair(query.join('?'), name, text, encodeURIComponent)}`;
  } else if (within === 'cookie') {
    const others = (headers.get('cookie') ?? '')
      .split('; ')
      .filter((pair) => pair !== '' && pair.split('=')[0] !== name);
    headers.set('cookie', [...others, `${name}=${cookieValue(text)}`].join('; '));
  } else if (within === 'form' || isForm(request)) {
    request.body = withPair(bodyText(request, name), name, text, escapeForm);
    headers.set('content-type', headers.get('content-type') ?? FORM);
  } else {
    const json = number && /^-?(0|[1-9]\d*)$/.test(text) ? text : JSON.stringify(text);
    const at = pointer ?? `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    request.body = withWritten(bodyText(request, name) || '{}', at, json);
    headers.set('content-type', headers.get('content-type') ?? 'application/json');
  }
}

/** The values of a request by location. */
export function sourceOf(request: Outgoing): CarrierSource {
  const pairs = (text: string, name: string): string | undefined => {
    for (const [key, value] of new URLSearchParams(text)) if (key === name && value !== '') return value;
    return undefined;
  };
  return {
    header: (name) => request.headers.get(name),
    queryValue: (name) => pairs(new URL(request.url).search, name),
    cookie: (name) => {
      const pair = (request.headers.get('cookie') ?? '').split('; ').find((one) => one.startsWith(`${name}=`));
      return pair && unescapeText(pair.slice(name.length + 1), 'rfc3986');
    },
    member: (pointer, name = '') =>
      isForm(request) ? pairs(bodyText(request, name), name) : memberText(bodyText(request, name), pointer),
    field: (name) => pairs(bodyText(request, name), name),
  };
}

/** The current value of a carrier in a request; undefined if it is empty. */
export function readPlaced(request: Outgoing, carrier: Carrier): string | undefined {
  const values = readCarrierValues(sourceOf(request), carrier);
  return typeof values === 'string' ? undefined : values[0];
}
