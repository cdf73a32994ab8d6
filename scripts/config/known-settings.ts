import type { z } from 'zod';

/** The allowed names at a place of the configuration; empty if any name is allowed. */
export function knownSettings(schema: z.core.$ZodType, at: readonly PropertyKey[]): readonly string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'optional') return knownSettings(def.innerType, at);
  const [name, ...rest] = at;
  if (def.type === 'record') return name === undefined ? [] : knownSettings(def.valueType, rest);
  if (def.type !== 'object') return [];
  if (name === undefined) return Object.keys(def.shape);
  const member = def.shape[String(name)];
  return member === undefined ? [] : knownSettings(member, rest);
}
