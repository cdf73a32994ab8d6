import type { Carrier } from '../contract/index.ts';
import { toBytes } from './bytes.ts';
import { textOfBody } from './carriers.ts';
import { withoutWritten } from './json-text.ts';
import { unescapeText } from './recipe/escape.ts';

const pointerOf = ({ pointer, name }: Carrier): string =>
  pointer ?? `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** The body before the signature was inserted. If the signature is not in the body, the same bytes. */
export function withoutSignature(body: Uint8Array, carrier: Carrier, contentType: string | null): Uint8Array {
  if (carrier.in !== 'body' && carrier.in !== 'form') return body;
  const text = textOfBody(body);
  if (text === undefined || text === '') return body;
  if (carrier.in === 'form' || contentType?.includes('x-www-form-urlencoded')) {
    const pairs = text.split('&').filter((pair) => unescapeText(pair.split('=')[0] ?? '', 'form') !== carrier.name);
    return toBytes(pairs.join('&'));
  }
  try {
    JSON.parse(text);
    return toBytes(withoutWritten(text, pointerOf(carrier)));
  } catch {
    return body;
  }
}
