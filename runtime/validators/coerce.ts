import type { ParameterShape } from '../contract/index.ts';
import { holdsExactly } from './digits/holds-exactly.ts';
import { parseExact } from './digits/parse-exact.ts';

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * Converts text to the type that its shape declares. Text that fits no type stays text, so that the validator reports
 * it. An integer that JavaScript cannot represent becomes a bigint, which the validator also reports.
 */
export function coerce(text: string, shape: ParameterShape): unknown {
  if (shape.kind !== 'primitive') return text;
  let inexact = false;
  for (const type of shape.types) {
    switch (type) {
      case 'integer':
      case 'number': {
        const value = NUMBER.test(text) ? Number(text) : Number.NaN;
        if (!Number.isFinite(value)) break;
        // Without the bigint, an id beyond 2^53 would become a different id without an error.
        if (type === 'number' || holdsExactly(text)) return value;
        inexact = true;
        break;
      }
      case 'boolean':
        if (text === 'true') return true;
        if (text === 'false') return false;
        break;
      case 'null':
        if (text === 'null' || (text === '' && !shape.types.includes('string'))) return null;
        break;
      case 'string':
        break;
    }
  }
  return inexact && !shape.types.includes('string') && /^-?\d+$/.test(text) ? BigInt(text) : text;
}

/** Converts the text of a property without its own syntax. Objects and lists are written as JSON. */
export function coerceMember(text: string, shape: ParameterShape): unknown {
  if (shape.kind !== 'object' && shape.kind !== 'array') return coerce(text, shape);
  try {
    return parseExact(text);
  } catch {
    return text;
  }
}

/**
 * Converts a flat list of names and values to an object of the shape. A list repeats its name, as in Spring's
 * `sort=name&sort=age`; an object is written as JSON. OpenAPI leaves both open (3.1.1, section 4.8.12.4).
 */
export function coerceEntries(
  entries: Iterable<readonly [name: string, value: string]>,
  shape: ParameterShape & { readonly kind: 'object' },
): Record<string, unknown> {
  const values = new Map<string, unknown>();
  for (const [name, text] of entries) {
    const item = Object.hasOwn(shape.properties, name) ? shape.properties[name] : shape.rest;
    const known = values.get(name);
    if (item?.kind === 'array')
      values.set(name, [...(Array.isArray(known) ? known : []), coerceMember(text, item.items)]);
    else values.set(name, item ? coerceMember(text, item) : text);
  }
  return Object.fromEntries(values);
}
