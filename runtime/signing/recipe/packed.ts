import type { PackedDescriptor, RecipeAlgorithm } from '../../contract/index.ts';
import { readPacked } from '../carriers.ts';
import { flawOf, readComponents } from './components.ts';
import { escapeText } from './escape.ts';
import { listedHeaders } from './packed-value.ts';
import type { RecipeRequest } from './request.ts';
import { run } from './steps.ts';

type Entry = PackedDescriptor['values'][number];

/** The text of one value; undefined if it needs a signature that does not exist yet. */
async function textOf({ steps }: Entry, request: RecipeRequest, signature?: string): Promise<string | undefined> {
  const texts = await Promise.all(
    steps.map((step) => (step.kind === 'signature' ? signature : (run([step], request) as string | Promise<string>))),
  );
  return texts.includes(undefined) ? undefined : texts.join('');
}

/** The header without its prefix. Values with the signature are omitted until it exists. */
export async function writePacked(
  packed: PackedDescriptor,
  request: RecipeRequest,
  signature?: string,
): Promise<string> {
  const { separator, assign, quote, escaping } = packed;
  const entries = await Promise.all(
    packed.values.map(async (entry) => {
      const value = await textOf(entry, request, signature);
      // The name of an absent optional credential is omitted.
      if (value === undefined || (value === '' && entry.steps.length > 0)) return [];
      return entry.name === '' ? [value] : [entry.name + assign + quote + escapeText(value, escaping) + quote];
    }),
  );
  return entries.flat().join(separator);
}

function listsAll(sent: string, wanted: string): boolean {
  const listed = listedHeaders(sent);
  return listedHeaders(wanted).every((name) => listed.includes(name));
}

/** The name of an algorithm in RFC 9421, section 3.3. Other algorithms are named in the same style. */
function algorithmName(algorithm: RecipeAlgorithm): string {
  const { kind } = algorithm;
  if (kind === 'ed25519') return kind;
  if (kind === 'ecdsa') return `ecdsa-${algorithm.curve.replace('-', '').toLowerCase()}-${algorithm.hash}`;
  return `${kind === 'rsa' ? 'rsa-v1_5' : kind}-${algorithm.hash}`;
}

const isLater = (text: string, now: number): boolean => /^\d{1,12}$/.test(text) && Number(text) * 1000 > now;

/** Whether a list of components can be signed, and contains those of the recipe. */
function coversAll(sent: string, wanted: string, request: RecipeRequest): boolean {
  const components = readComponents(sent);
  if (!components || flawOf(components, request) !== undefined) return false;
  const listed = new Set(components.map(({ identifier }) => identifier));
  return readComponents(wanted)?.every(({ identifier }) => listed.has(identifier)) ?? false;
}

/** The parameters of a signature that are checked even if the recipe does not have them (RFC 9421, section 2.3). */
function wrongParameter(sent: ReturnType<typeof readPacked>, { scheme, input }: RecipeRequest): string | undefined {
  const known = algorithmName(scheme.recipe.algorithm);
  const bare = (text: string): string => text.replace(/^"(.*)"$/, '$1');
  for (const [name, value] of sent) {
    if (name === 'expires' && !isLater(value, input.now)) return name;
    if (name === 'alg' && bare(value) !== known) return name;
  }
  return undefined;
}

/**
 * The name of the first value that differs from the recipe, such as a different scope or list of headers. Undefined if
 * all match.
 */
export async function wrongPacked(request: RecipeRequest): Promise<string | undefined> {
  const { packed } = request.scheme;
  if (!packed) return undefined;
  const sent = readPacked(request.input.packed, packed);
  // If the header has several sets of values, one set belongs to the receiver's key.
  const matches = packed.groups === undefined ? 'every' : 'some';
  for (const entry of packed.values) {
    const wanted = await textOf(entry, request);
    if (wanted === undefined) continue;
    const isTime = entry.steps.some((step) => step.kind === 'request' && step.value === 'expires');
    const isRight = (value: string): boolean => {
      if (entry.listsComponents) return coversAll(value, wanted, request);
      if (isTime) return isLater(value, request.input.now);
      return entry.listsHeaders ? listsAll(value, wanted) : value === wanted;
    };
    const values = sent.filter(([name]) => name === entry.name).map(([, value]) => value);
    // A value that depends on a missing optional credential is empty.
    const isMissing = values.length === 0 && wanted !== '' && !entry.optional;
    if (isMissing || (values.length > 0 && !values[matches](isRight))) return entry.name || packed.name;
  }
  return packed.values.some(({ listsComponents }) => listsComponents) ? wrongParameter(sent, request) : undefined;
}
