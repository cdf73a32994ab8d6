import type { Carrier, PairsStep } from '../../contract/index.ts';
import { readPacked, textOfBody } from '../carriers.ts';
import { scalarText, writtenAt, writtenMembers } from '../json-text.ts';
import { byBytes } from './by-bytes.ts';
import { escapeText, unescapeText } from './escape.ts';
import { nestedPairs } from './nested.ts';
import { queryOf, type RecipeRequest } from './request.ts';

/** A name and a value. `raw` is the value as sent, `value` is decoded. */
type Pair = { readonly name: string; readonly value: string; readonly rawName: string; readonly rawValue: string };

const escapedPair = (entry: string): Pair => {
  const at = entry.indexOf('=');
  const [rawName, rawValue] = at < 0 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)];
  return { name: unescapeText(rawName, 'form'), value: unescapeText(rawValue, 'form'), rawName, rawValue };
};

function escapedPairs(text: string): readonly Pair[] {
  const pairs: Pair[] = [];
  for (const entry of text.split('&')) if (entry !== '') pairs.push(escapedPair(entry));
  return pairs;
}

const plainPair = (name: string, value: string): Pair => ({ name, value, rawName: name, rawValue: value });

/** The properties of a JSON body as pairs. @throws {TypeError} if the body is not UTF-8 or not a JSON object */
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
  const type = from === 'query' ? '' : (input.headers.get('content-type') ?? '');
  switch (from) {
    case 'query':
      return escapedPairs(queryOf(input));
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

/** The names of the scheme's own values at this location. */
function ownNames(from: PairsStep['from'][number], carriers: readonly Carrier[]): ReadonlySet<string> {
  const places = { query: ['query'], form: ['body', 'form'], members: ['body', 'form'], packed: ['packed'] }[from];
  return new Set(
    carriers.flatMap((carrier) => {
      if (carrier.part?.kind === 'packed') return from === 'packed' ? [carrier.part.key] : [];
      return places.includes(carrier.in) && !/\/.*\//.test(carrier.pointer ?? '') ? [carrier.name] : [];
    }),
  );
}

/** Writes a name and a value with the texts of `each`. */
export const filledIn = ({ texts, order }: PairsStep['each'], name: string, value: string): string => {
  let all = '';
  for (let at = 0; at < texts.length; at += 1)
    all += texts[at] + (order[at] === 'name' ? name : order[at] === 'value' ? value : '');
  return all;
};

/** The pairs of a step, without those that it omits. Without closures, because a server runs it for each request. */
function pairsOf(step: PairsStep, hidden: readonly ReadonlySet<string>[], request: RecipeRequest): readonly Pair[] {
  const { except, empty } = step;
  const kept: Pair[] = [];
  for (let at = 0; at < step.from.length; at += 1) {
    for (const pair of pairsFrom(step.from[at] as PairsStep['from'][number], request, step)) {
      const { name, value } = pair;
      if (!hidden[at]?.has(name) && !except?.includes(name) && !(empty === 'skip' && value === '')) kept.push(pair);
    }
  }
  return kept;
}

/** Compiles a step that lists names and values. */
export function compilePairs(step: PairsStep): (request: RecipeRequest) => string {
  const { names, sort, escaping, each, join } = step;
  // The names that the last scheme omits, for each location. They are the same for every request.
  let known: readonly Carrier[] | undefined;
  let hidden: readonly ReadonlySet<string>[] = [];
  return (request) => {
    if (known !== request.carriers) {
      known = request.carriers;
      const left = step.own ? [request.scheme.signature] : known;
      hidden = step.from.map((from) => ownNames(from, left));
    }
    const pairs = pairsOf(step, hidden, request);
    const chosen = names ? names.flatMap((name) => pairs.filter((pair) => pair.name === name)) : pairs;
    const sorted = sort === 'none' ? chosen : sortPairs(chosen, sort, escaping);
    let text = chosen.length > 0 ? (step.begin ?? '') : '';
    for (let at = 0; at < sorted.length; at += 1) {
      const pair = sorted[at] as Pair;
      if (at > 0) text += join;
      text += filledIn(each, nameIn(pair, escaping), valueIn(pair, escaping));
    }
    return text;
  };
}

const nameIn = ({ name, rawName }: Pair, escaping: PairsStep['escaping']): string =>
  escaping === 'raw' ? rawName : escapeText(name, escaping);
const valueIn = ({ value, rawValue }: Pair, escaping: PairsStep['escaping']): string =>
  escaping === 'raw' ? rawValue : escapeText(value, escaping);

/** Sorts pairs by their escaped text. */
function sortPairs(pairs: readonly Pair[], sort: PairsStep['sort'], escaping: PairsStep['escaping']): readonly Pair[] {
  const keyed = pairs.map((pair) => ({ pair, name: nameIn(pair, escaping), value: valueIn(pair, escaping) }));
  keyed.sort((a, b) => byBytes(a.name, b.name) || (sort === 'pair' ? byBytes(a.value, b.value) : 0));
  return keyed.map(({ pair }) => pair);
}

/** The text of one property of a JSON body. Empty if it is missing. */
export function memberOf(pointer: string, { input }: RecipeRequest): string {
  const text = bodyText(input.body);
  if (text === '') return '';
  JSON.parse(text);
  const found = writtenAt(text, pointer);
  return found ? scalarText(text.slice(found.from, found.to)) : '';
}
