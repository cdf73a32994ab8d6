import type { Api } from '../../types.ts';

/** Where schemas are found. */
export type Schemas = Pick<Api, 'document' | 'schemas' | 'operations' | 'int64'>;

/**
 * Caches a result that needs a walk over every schema. It is computed once for each model, and freed with the model.
 */
export function onceForEach<Made>(make: (api: Schemas) => Made): (api: Schemas) => Made {
  const made = new WeakMap<Schemas, { readonly value: Made }>();
  return (api) => {
    const known = made.get(api) ?? { value: make(api) };
    made.set(api, known);
    return known.value;
  };
}
