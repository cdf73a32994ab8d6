import type { PackedDescriptor } from '../../contract/index.ts';
import { readPacked } from '../carriers.ts';
import { escapeText } from './escape.ts';
import { listedHeaders } from './packed-value.ts';
import type { RecipeRequest } from './request.ts';
import { run } from './steps.ts';

type Entry = PackedDescriptor['values'][number];

/** The text of one value; undefined where it needs a signature that is not made yet. */
async function textOf({ steps }: Entry, request: RecipeRequest, signature?: string): Promise<string | undefined> {
  const texts = await Promise.all(
    steps.map((step) => (step.kind === 'signature' ? signature : (run([step], request) as string | Promise<string>))),
  );
  return texts.includes(undefined) ? undefined : texts.join('');
}

/** The header without its prefix. Values that would hold the signature are left out where there is none yet. */
export async function writePacked(
  packed: PackedDescriptor,
  request: RecipeRequest,
  signature?: string,
): Promise<string> {
  const { separator, assign, quote, escaping } = packed;
  const entries = await Promise.all(
    packed.values.map(async (entry) => {
      const value = await textOf(entry, request, signature);
      // A credential that is optional and absent leaves its name out.
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

/**
 * The name of a value that the receiver knows and that differs from what the recipe says, as another scope or list of
 * headers; undefined where all are right.
 */
export async function wrongPacked(request: RecipeRequest): Promise<string | undefined> {
  const { packed } = request.scheme;
  if (!packed) return undefined;
  const sent = readPacked(request.input.packed, packed);
  for (const entry of packed.values) {
    const wanted = await textOf(entry, request);
    if (wanted === undefined) continue;
    const isRight = (value: string): boolean => (entry.listsHeaders ? listsAll(value, wanted) : value === wanted);
    if (sent.some(([name, value]) => name === entry.name && !isRight(value))) return entry.name || packed.name;
  }
  return undefined;
}
