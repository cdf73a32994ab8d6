import type { PackedDescriptor, SentSignature } from '../contract/index.ts';
import { type CarrierSource, readPacked } from './carriers.ts';

type Member = { readonly label: string; readonly value: string };

/** The members of a dictionary (RFC 8941, section 3.2), each value as it is written. */
function readMembers(text: string): readonly Member[] {
  // Commas in strings and in inner lists divide nothing.
  const entries = text.match(/(?:"(?:[^"\\]|\\.)*"|\((?:"(?:[^"\\]|\\.)*"|[^")])*\)|[^,"(])+/g) ?? [];
  return entries.flatMap((entry) => {
    const [, label, value] = /^\s*([a-z*][\w.*-]*)=(.*?)\s*$/.exec(entry) ?? [];
    return label === undefined || value === undefined ? [] : [{ label, value }];
  });
}

/** How many values that the recipe fixes, such as a `tag`, the parameters of a signature have. */
function fixedValues(packed: PackedDescriptor, value: string): number {
  const sent = readPacked(value, packed);
  return packed.values.filter(({ name, steps, listsComponents }) => {
    const [only, ...more] = steps;
    if (listsComponents || only?.kind !== 'text' || more.length > 0) return false;
    return sent.some(([key, text]) => key === name && text === only.text);
  }).length;
}

/**
 * The request with the label of the recipe for its signature (RFC 9421, section 4.1). If there are several signatures,
 * for example one of a proxy, it is the one with the recipe's tag, otherwise the one with its label, otherwise the
 * first.
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
