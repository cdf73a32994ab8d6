import type { PackedDescriptor, SentSignature } from '../contract/index.ts';
import { type CarrierSource, readPacked } from './carriers.ts';

type Member = { readonly label: string; readonly value: string };

/** The entries of a dictionary (RFC 8941, section 3.2), each with its value as it is written. */
function readMembers(text: string): readonly Member[] {
  // Commas in strings and in inner lists do not separate entries.
  const entries = text.match(/(?:"(?:[^"\\]|\\.)*"|\((?:"(?:[^"\\]|\\.)*"|[^")])*\)|[^,"(])+/g) ?? [];
  return entries.flatMap((entry) => {
    const [, label, value] = /^\s*([a-z*][\w.*-]*)=(.*?)\s*$/.exec(entry) ?? [];
    return label === undefined || value === undefined ? [] : [{ label, value }];
  });
}

/** Number of parameters of a signature that have the value that the recipe fixes, such as a `tag`. */
function fixedValues(packed: PackedDescriptor, value: string): number {
  const sent = readPacked(value, packed);
  return packed.values.filter(({ name, steps, listsComponents }) => {
    const [only, ...more] = steps;
    if (listsComponents || only?.kind !== 'text' || more.length > 0) return false;
    return sent.some(([key, text]) => key === name && text === only.text);
  }).length;
}

/**
 * The request with the label of the recipe for its signature (RFC 9421, section 4.1). A request may have several
 * signatures, for example one of a proxy. The signature is the one with the recipe's tag, otherwise the one with its
 * label, otherwise the first.
 */
export function relabelled(source: CarrierSource, { packed, signature }: SentSignature): CarrierSource {
  if (!packed?.labelled) return source;
  const signatures = new Map(
    readMembers(source.header(signature.name) ?? '').map(({ label, value }) => [label, value]),
  );
  const own = packed.prefix.slice(0, -1);
  const rank = ({ label, value }: Member): number => fixedValues(packed, value) * 2 + (label === own ? 1 : 0);
  const [chosen] = readMembers(source.header(packed.name) ?? '')
    .filter(({ label }) => signatures.has(label))
    .sort((a, b) => rank(b) - rank(a));
  if (!chosen) return source;
  const headers = new Map([
    [packed.name.toLowerCase(), packed.prefix + chosen.value],
    [signature.name.toLowerCase(), packed.prefix + signatures.get(chosen.label)],
  ]);
  return {
    header: (name) => headers.get(name.toLowerCase()) ?? source.header(name),
    queryValue: (name) => source.queryValue(name),
    cookie: (name) => source.cookie(name),
    member: (pointer, name) => source.member(pointer, name),
    field: (name) => source.field(name),
  };
}
