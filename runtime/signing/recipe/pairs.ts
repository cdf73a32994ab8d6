import type { Carrier, PairsStep } from '../../contract/index.ts';
import { readPacked, textOfBody } from '../carriers.ts';
import { scalarText, writtenAt, writtenMembers } from '../json-text.ts';
import { byBytes } from './by-bytes.ts';
import { escapeText, unescapeText } from './escape.ts';
import { nestedPairs } from './nested.ts';
import type { RecipeRequest } from './request.ts';

/** `raw` is how it travels, `value` what it says. */
type Pair = { readonly name: string; readonly value: string; readonly rawName: string; readonly rawValue: string };

const escapedPair = (entry: string): Pair => {
  const at = entry.indexOf('=');
  const [rawName, rawValue] = at < 0 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)];
  return { name: unescapeText(rawName, 'form'), value: unescapeText(rawValue, 'form'), rawName, rawValue };
};

const escapedPairs = (text: string): readonly Pair[] =>
  text
    .split('&')
    .filter((entry) => entry !== '')
    .map(escapedPair);

const plainPair = (name: string, value: string): Pair => ({ name, value, rawName: name, rawValue: value });

/** @throws {TypeError} where the body is not UTF-8, or no JSON object */
function memberPairs(text: string, nested: PairsStep['nested']): readonly Pair[] {
  if (text === '') return [];
  JSON.parse(text);
  const members = writtenMembers(text);
  if (!members) throw new TypeError('The body is not a JSON object');
  return members
    .flatMap((member) => nestedPairs(text, member, nested))
    .map(({ name, value, written }) => ({ name, value, rawName: JSON.stringify(name), rawValue: written }));
}

function bodyText(body: Uint8Array): string {
  const text = textOfBody(body);
  if (text === undefined) throw new TypeError('The body is not UTF-8');
  return text;
}

const TYPES = { form: /x-www-form-urlencoded/i, members: /json/i } as const;

function pairsFrom(from: PairsStep['from'][number], request: RecipeRequest, step: PairsStep): readonly Pair[] {
  const { input, scheme } = request;
  const type = input.headers.get('content-type') ?? '';
  switch (from) {
    case 'query':
      return escapedPairs(input.target.split('?').slice(1).join('?'));
    case 'form':
      return type === '' || TYPES.form.test(type) ? escapedPairs(bodyText(input.body)) : [];
    case 'members':
      return type === '' || TYPES.members.test(type) ? memberPairs(bodyText(input.body), step.nested) : [];
    case 'packed':
      return scheme.packed
        ? readPacked(input.packed, scheme.packed).map(([name, value]) => plainPair(name, value))
        : [];
  }
}

/** The names that the scheme itself gives the request in such a place. */
function ownNames(from: PairsStep['from'][number], carriers: readonly Carrier[]): ReadonlySet<string> {
  const places = { query: ['query'], form: ['body', 'form'], members: ['body', 'form'], packed: ['packed'] }[from];
  return new Set(
    carriers.flatMap((carrier) => {
      if (carrier.part?.kind === 'packed') return from === 'packed' ? [carrier.part.key] : [];
      return places.includes(carrier.in) && !/\/.*\//.test(carrier.pointer ?? '') ? [carrier.name] : [];
    }),
  );
}

/** A name and a value as `each` writes them. */
export const filledIn = ({ texts, order }: PairsStep['each'], name: string, value: string): string =>
  texts.map((text, index) => text + { name, value, '': '' }[order[index] ?? '']).join('');

/** The text of a step that lists names and values. */
export function pairsText(step: PairsStep, request: RecipeRequest): string {
  const { scheme } = request;
  const { names, except = [], own, sort, escaping, empty, each, join } = step;
  const pairs = step.from.flatMap((from) => {
    const signature = ownNames(from, [scheme.signature]);
    const hidden = own ? signature : ownNames(from, request.carriers);
    return pairsFrom(from, request, step).filter(({ name }) => !hidden.has(name));
  });
  const chosen = names ? names.flatMap((name) => pairs.filter((pair) => pair.name === name)) : pairs;
  const written = chosen
    .filter(({ name, value }) => !except.includes(name) && !(empty === 'skip' && value === ''))
    .map(({ name, value, rawName, rawValue }) =>
      escaping === 'raw' ? [rawName, rawValue] : [escapeText(name, escaping), escapeText(value, escaping)],
    ) as [string, string][];
  if (sort !== 'none') written.sort(([a, x], [b, y]) => byBytes(a, b) || (sort === 'pair' ? byBytes(x, y) : 0));
  const text = written.map(([name, value]) => filledIn(each, name, value)).join(join);
  return written.length > 0 && step.begin !== undefined ? step.begin + text : text;
}

/** The text of one member of a JSON body; '' where it is not there. */
export function memberOf(pointer: string, { input }: RecipeRequest): string {
  const text = bodyText(input.body);
  if (text === '') return '';
  JSON.parse(text);
  const found = writtenAt(text, pointer);
  return found ? scalarText(text.slice(found.from, found.to)) : '';
}
