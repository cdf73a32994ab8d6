import type { Carrier, CarrierPart, PackedDescriptor } from '@countersign/runtime/contract';
import { asList, asNode, asText, type Node } from '../reader.ts';
import { valueName } from './parts.ts';
import { splitTemplate, templateSteps } from './template.ts';

/** By name (a credential, `timestamp`, `nonce`, `id`, `signature`), its place in a header. */
export type InnerPlaces = ReadonlyMap<string, Carrier>;

/** The header with several values; undefined if there is none. */
export function buildPacked(scheme: Node, signing: Node): PackedDescriptor | undefined {
  if (signing.packed === undefined) return undefined;
  const packed = asNode(signing.packed);
  const { headers, components } = listsOf(signing.message);
  const optional = asList(packed.optional).map(asText);
  const prefix = asText(packed.prefix);
  return {
    name: asText(packed.name) || asText(scheme.name),
    prefix,
    separator: asText(packed.separator) || ',',
    ...(asText(packed.groups) !== '' && { groups: asText(packed.groups) }),
    assign: asText(packed.assign) || '=',
    quote: asText(packed.quote),
    escaping: packed.encode === 'rfc3986' ? 'rfc3986' : 'none',
    values: Object.entries(asNode(packed.values)).map(([name, template]) => ({
      name: valueName(name),
      steps: templateSteps(asText(template)),
      ...(headers.has(name) && { listsHeaders: true }),
      ...(components.has(name) && { listsComponents: true }),
      ...(optional.includes(name) && { optional: true }),
    })),
    ...(components.size > 0 && /^[a-z*][\w.*-]*=$/.test(prefix) && { labelled: true }),
  };
}

/**
 * Names of packed values that list the signed parts of a message: `headers: { names: { packed: SignedHeaders } }`, or
 * `components: .` of RFC 9421.
 */
function listsOf(message: unknown): {
  readonly headers: ReadonlySet<string>;
  readonly components: ReadonlySet<string>;
} {
  const headers = new Set<string>();
  const components = new Set<string>();
  const visit = (value: unknown): void => {
    for (const item of asList(value)) visit(item);
    const node = asNode(value);
    const { packed } = asNode(asNode(node.headers).names);
    if (packed !== undefined) headers.add(asText(packed));
    if (typeof node.components === 'string') components.add(node.components);
    for (const [word, inner] of Object.entries(node)) if (word !== 'headers') visit(inner);
  };
  visit(message);
  return { headers, components };
}

function packedPlaces(packed: PackedDescriptor, templates: Node): InnerPlaces {
  const { name, prefix, separator, groups, assign, quote, escaping } = packed;
  const places = new Map<string, Carrier>();
  for (const [written, template] of Object.entries(templates)) {
    const pieces = splitTemplate(asText(template));
    pieces.forEach((piece, index) => {
      if (piece.name === undefined || places.has(piece.name)) return;
      const past = pieces
        .slice(0, index)
        .flatMap((other, at) => (other.name === undefined ? [] : [pieces[at - 1]?.text ?? '']));
      const part: CarrierPart = {
        kind: 'packed',
        key: written === '.' ? '' : written,
        separator,
        ...(groups !== undefined && { groups }),
        assign,
        quote,
        escaping,
        ...(past.length > 0 && { past }),
        before: pieces[index - 1]?.text ?? '',
        after: pieces[index + 1]?.text ?? '',
      };
      // Credentials after the first one qualify it, for example by a region. They are compared together with it.
      const isOwn = past.length === 0 || ['signature', 'timestamp', 'nonce', 'id'].includes(piece.name);
      // A value after another value cannot be separated from it without text between the two.
      const isCut = past.length === 0 || pieces[index - 1]?.text !== undefined;
      if (isOwn && isCut) places.set(piece.name, { in: 'header', name, ...(prefix !== '' && { prefix }), part });
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
