import { isObject, pointerTokens } from '../common/document/pointer.ts';

type Value = { readonly [member: string]: unknown };

/** The values that a scheme sets. */
export type Carriers = {
  /**
   * `filled`: only the scheme sets the value. `offered`: the scheme sets it unless the caller does, for example a
   * message id.
   */
  readonly parameterIs: (parameter: Value) => 'filled' | 'offered' | undefined;
  /** JSON Pointers of properties in a body, as tokens. */
  readonly members: readonly (readonly string[])[];
};

const keyOf = (place: unknown, name: unknown): string =>
  `${place} ${place === 'header' ? String(name).toLowerCase() : name}`;

/** Every location that `x-cs-signing` of a security scheme names. */
export function carriersOf(scheme: Value, signing: Value): Carriers {
  const node = (value: unknown): Value => (isObject(value) ? value : {});
  const { signature, timestamp, nonce, id, packed, credentials, computed } = signing;
  const filled = [
    { in: scheme.in, name: scheme.name, ...node(signature) },
    node(timestamp),
    node(nonce),
    ...Object.values(node(credentials)).map(node),
    ...Object.entries(node(computed)).map(([name, said]) => ({ in: node(said).in ?? 'header', name })),
    ...(isObject(packed) ? [{ in: 'header', name: packed.name ?? scheme.name }] : []),
  ].filter(hasPlace);
  const offered = [node(id), node(node(timestamp).window)].filter(hasPlace);
  const names = (carriers: readonly Value[]): ReadonlySet<string> =>
    new Set(carriers.map((carrier) => keyOf(carrier.in, carrier.name)));
  const [filledNames, offeredNames] = [names(filled), names(offered)];
  return {
    parameterIs: (parameter) => {
      const key = keyOf(parameter.in, parameter.name);
      return filledNames.has(key) ? 'filled' : offeredNames.has(key) ? 'offered' : undefined;
    },
    members: [...filled, ...offered].flatMap((carrier) => {
      if (carrier.in !== 'body' && carrier.in !== 'form') return [];
      return [typeof carrier.pointer === 'string' ? pointerTokens(carrier.pointer) : [String(carrier.name)]];
    }),
  };
}

const hasPlace = (carrier: Value): boolean =>
  carrier.in !== undefined && (carrier.name !== undefined || carrier.pointer !== undefined);
