import type { ParameterShape } from '../contract/index.ts';
import { holdsExactly } from './digits/holds-exactly.ts';
import { parseExact } from './digits/parse-exact.ts';

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * Text as the value that its shape asks for. Text that fits no type stays text, and the validator then says what is wrong
 * with it. So does an integer that JavaScript cannot hold, as a bigint.
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
        // An id beyond 2^53 would silently become another one's.
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

/** The text of a member that has no further syntax of its own: objects and lists travel in it as JSON. */
export function coerceMember(text: string, shape: ParameterShape): unknown {
  if (shape.kind !== 'object' && shape.kind !== 'array') return coerce(text, shape);
  try {
    return parseExact(text);
  } catch {
    return text;
  }
}

/** A flat list of names and values as an object of the shape. */
export function coerceEntries(
  entries: Iterable<readonly [name: string, value: string]>,
  shape: ParameterShape & { readonly kind: 'object' },
): Record<string, unknown> {
  const values = new Map<string, unknown>();
  for (const [name, text] of entries) {
    const item = Object.hasOwn(shape.properties, name) ? shape.properties[name] : shape.rest;
    values.set(name, item ? coerce(text, item) : text);
  }
  return Object.fromEntries(values);
}
