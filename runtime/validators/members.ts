import * as z from 'zod';
import { isJsonObject, setMember } from './json.ts';
import { optionsText } from './keywords/values.ts';
import { droppedNames, openObjects } from './marks.ts';

/** Creates an optional property. A property with the value undefined counts as absent, although the type is exact. */
export function optional<Inner extends z.core.SomeType>(inner: Inner): z.ZodExactOptional<Inner> {
  return z.optional(inner) as unknown as z.ZodExactOptional<Inner>;
}

/** Creates a property whose value is `value()` if it is absent. */
export function defaulted<Inner extends z.core.SomeType>(inner: Inner, value: () => unknown): z.ZodDefault<Inner> {
  return z._default(inner, value as never) as unknown as z.ZodDefault<Inner>;
}

/** Marks an object whose schema allows additional properties: they stay in the output. */
export function open<Inner extends object>(inner: Inner): Inner {
  openObjects.add(inner);
  return inner;
}

/** Ignores these properties of the input, and removes them from the output. */
export function without<Inner extends z.core.SomeType>(
  names: readonly string[],
  inner: Inner,
): z.ZodType<z.output<Inner>, z.input<Inner>> {
  const ignored = new Set(names);
  const leaveOut = (value: unknown): unknown => {
    if (!isJsonObject(value) || !names.some((name) => Object.hasOwn(value, name))) return value;
    const rest = {};
    for (const name of Object.keys(value)) if (!ignored.has(name)) setMember(rest, name, value[name]);
    return rest;
  };
  const schema = z.preprocess(leaveOut, inner);
  droppedNames.set(schema, names);
  return schema as unknown as z.ZodType<z.output<Inner>, z.input<Inner>>;
}

/** Creates the schema of one of many values. They are looked up in a set, and the message does not list all of them. */
export function literals<Output>(values: readonly (string | number | boolean | null)[]): z.ZodType<Output, Output> {
  const allowed = new Set<z.core.util.Primitive>(values);
  const schema = z.custom<Output>((value) => allowed.has(value as z.core.util.Primitive), {
    error: optionsText(values),
  });
  // zod distinguishes the alternatives of a union by these values.
  schema._zod.values = allowed;
  return schema;
}

/**
 * Creates the schema of a file: text, or bytes in one of the platform's types. The media type of a body determines
 * which of them it accepts.
 */
export function binary(): z.ZodType<Blob, Blob> {
  return z.custom<Blob>((value) => typeof value === 'string' || isBytes(value), NOT_A_FILE);
}

/** Creates the schema of a file beside text in `oneOf`. If it accepted text, each text would match both alternatives. */
export function fileOnly(): z.ZodType<Blob, Blob> {
  return z.custom<Blob>(isBytes, NOT_A_FILE);
}

const NOT_A_FILE = { error: 'Invalid input: expected a file' };

const isBytes = (value: unknown): boolean =>
  value instanceof Blob || value instanceof ArrayBuffer || value instanceof ReadableStream || ArrayBuffer.isView(value);
