import type { Json } from './json.ts';
import type { Random } from './random.ts';

export const NAMES = ['id', 'note', 'size', 'state', 'tags', 'owner'] as const;
export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

/** A value without properties or items. */
export function drawScalar(random: Random): Json {
  return random.pick<() => Json>([
    () => ({ type: 'string' }),
    () => ({ type: 'string', minLength: 1, maxLength: 20 }),
    () => ({ type: 'string', format: random.pick(['date', 'date-time', 'uuid', 'email']) }),
    () => ({ type: 'string', pattern: '^[a-z]+$' }),
    () => ({ type: 'string', enum: ['a', 'b', 'c'] }),
    () => ({ type: 'integer' }),
    () => ({ type: 'integer', minimum: 1, maximum: 100 }),
    () => ({ type: 'number' }),
    () => ({ type: 'boolean' }),
    () => ({ type: ['string', 'null'] }),
    () => ({ const: random.pick(['x', 1, true]) }),
    () => ({ type: 'integer', enum: [1, 2, 3] }),
  ])();
}

/** A random schema like those in real documents. `refs` are components that it may reference. */
export function drawSchema(random: Random, depth: number, refs: readonly string[]): Json {
  const inner = (): Json => drawSchema(random, depth - 1, refs);
  if (depth <= 0 || random.chance(35)) return drawScalar(random);
  const kinds: (() => Json)[] = [
    () => drawObject(random, depth, refs),
    () => drawObject(random, depth, refs),
    () => ({ type: 'array', items: inner(), ...(random.chance(30) && { minItems: 1, maxItems: 5 }) }),
    () => ({ type: 'object', additionalProperties: inner() }),
    () => ({ type: 'array', prefixItems: [drawScalar(random), drawScalar(random)], items: drawScalar(random) }),
    () => ({
      [random.pick(['anyOf', 'oneOf'])]: [{ type: 'string' }, { type: 'integer' }, inner()].slice(random.below(2)),
    }),
    () => ({
      allOf: [drawObject(random, depth, refs, NAMES.slice(0, 3)), drawObject(random, depth, refs, NAMES.slice(3))],
    }),
  ];
  if (refs.length > 0)
    kinds.push(
      () => ref(random.pick(refs)),
      () => ({ ...ref(random.pick(refs)), description: 'Beside it.' }),
      () => ({ anyOf: [ref(random.pick(refs)), { type: 'null' }] }),
    );
  return random.pick(kinds)();
}

/** An object with some of the names as properties. */
export function drawObject(
  random: Random,
  depth: number,
  refs: readonly string[],
  known: readonly string[] = NAMES,
): Json {
  const names = known.filter(() => random.chance(45));
  const member = (): Json => {
    const schema = drawSchema(random, depth - 1, refs);
    if ('$ref' in schema || !random.chance(15)) return schema;
    return random.pick<() => Json>([
      () => ({ ...schema, readOnly: true }),
      () => ({ ...schema, writeOnly: true }),
      () => ({ ...schema, description: 'A member.' }),
      () =>
        schema.type === 'integer' && !('enum' in schema) ? { ...schema, default: 7 } : { ...schema, title: 'Member' },
    ])();
  };
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, member()])),
    required: names.filter(() => random.chance(40)),
    ...(random.chance(8) && { additionalProperties: false }),
  };
}
