import type { Api } from '../../types.ts';

/** Where schemas are found. */
export type Schemas = Pick<Api, 'document' | 'schemas' | 'operations' | 'int64'>;

/** What takes a walk over every schema is made once for a model, and goes with it. */
export function onceForEach<Made>(make: (api: Schemas) => Made): (api: Schemas) => Made {
  const made = new WeakMap<Schemas, { readonly value: Made }>();
  return (api) => {
    const known = made.get(api) ?? { value: make(api) };
    made.set(api, known);
    return known.value;
  };
}
