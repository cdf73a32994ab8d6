import type { Carrier, CarrierPart, PackedDescriptor } from '@countersign/runtime/contract';
import { asList, asNode, asText, type Node } from '../reader.ts';
import { splitTemplate, templateSteps } from './template.ts';

/** By name (a credential, `timestamp`, `nonce`, `id`, `signature`), its place in a header. */
export type InnerPlaces = ReadonlyMap<string, Carrier>;

/** The header with several values; undefined if there is none. */
export function buildPacked(scheme: Node, signing: Node): PackedDescriptor | undefined {
  if (signing.packed === undefined) return undefined;
  const packed = asNode(signing.packed);
  const lists = headerLists(signing.message);
  return {
    name: asText(packed.name) || asText(scheme.name),
    prefix: asText(packed.prefix),
    separator: asText(packed.separator) || ',',
    assign: asText(packed.assign) || '=',
    quote: asText(packed.quote),
    escaping: packed.encode === 'rfc3986' ? 'rfc3986' : 'none',
    values: Object.entries(asNode(packed.values)).map(([name, template]) => ({
      name: name === '.' ? '' : name,
      steps: templateSteps(asText(template)),
      ...(lists.has(name) && { listsHeaders: true }),
    })),
  };
}

/** Names of packed values that list the signed headers: `headers: { names: { packed: SignedHeaders } }`. */
function headerLists(message: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    for (const item of asList(value)) visit(item);
    const node = asNode(value);
    const { packed } = asNode(asNode(node.headers).names);
    if (packed !== undefined) found.add(asText(packed));
    for (const [word, inner] of Object.entries(node)) if (word !== 'headers') visit(inner);
  };
  visit(message);
  return found;
}

function packedPlaces(packed: PackedDescriptor, templates: Node): InnerPlaces {
  const { name, prefix, separator, assign, quote, escaping } = packed;
  const places = new Map<string, Carrier>();
  for (const [written, template] of Object.entries(templates)) {
    const pieces = splitTemplate(asText(template));
    pieces.forEach((piece, index) => {
      if (piece.name === undefined || places.has(piece.name)) return;
      const part: CarrierPart = {
        kind: 'packed',
        key: written === '.' ? '' : written,
        separator,
        assign,
        quote,
        escaping,
        before: pieces[index - 1]?.text ?? '',
        after: pieces[index + 1]?.text ?? '',
      };
      // A value after another value cannot be separated from it.
      const isFirst = pieces.slice(0, index).every((other) => other.name === undefined);
      if (isFirst) places.set(piece.name, { in: 'header', name, ...(prefix !== '' && { prefix }), part });
    });
  }
  return places;
}

function tokenPlaces(scheme: Node, signing: Node): InnerPlaces {
  const places = new Map<string, Carrier>();
  const prefix = asText(asNode(signing.signature).prefix) || asText(signing.prefix);
  for (const half of ['header', 'claims'] as const)
    for (const [key, template] of Object.entries(asNode(asNode(signing.jwt)[half]))) {
      const [only, ...more] = splitTemplate(asText(template));
      if (only?.name === undefined || more.length > 0 || places.has(only.name)) continue;
      places.set(only.name, {
        in: asText(scheme.in) as Carrier['in'],
        name: asText(scheme.name),
        ...(prefix !== '' && { prefix }),
        part: { kind: 'jwt', of: half, key },
      });
    }
  return places;
}

/** Values in a packed header or a token. */
export function innerPlaces(scheme: Node, signing: Node, packed: PackedDescriptor | undefined): InnerPlaces {
  return new Map([
    ...(packed ? packedPlaces(packed, asNode(asNode(signing.packed).values)) : []),
    ...(signing.jwt === undefined ? [] : tokenPlaces(scheme, signing)),
  ]);
}
