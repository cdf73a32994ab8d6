import type { ParameterShape } from '../contract/index.ts';

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * Text as the value that its shape asks for. Text that fits no type stays text, and the validator then says what is wrong
 * with it.
 */
export function coerce(text: string, shape: ParameterShape): unknown {
  if (shape.kind !== 'primitive') return text;
  for (const type of shape.types) {
    switch (type) {
      case 'integer':
      case 'number': {
        const value = NUMBER.test(text) ? Number(text) : undefined;
        // Beyond 2^53 the number would silently be another one.
        if (value !== undefined && Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
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
  return text;
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
