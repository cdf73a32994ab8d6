import type { DigestName, Escape, RecipeKey, RecipeStep } from '../../contract/index.ts';
import { type Data, toBytes } from '../bytes.ts';
import { textOfBody } from '../carriers.ts';
import { concat } from '../concat.ts';
import { readSecret, writeBytes } from './bytes.ts';
import { componentLines } from './components.ts';
import { digest, hmac, hmacText } from './digest.ts';
import { escapeText } from './escape.ts';
import { all, chain, type Later } from './later.ts';
import { sortedText } from './nested.ts';
import { listedHeaders, packedValue } from './packed-value.ts';
import { filledIn, memberOf, pairsText } from './pairs.ts';
import { type RecipeRequest, requestValue } from './request.ts';

/** The result of a list of steps for a request: text if all parts are text, otherwise bytes. */
export function run(steps: readonly RecipeStep[], request: RecipeRequest): Later<Data> {
  let text = '';
  for (let at = 0; at < steps.length; at += 1) {
    const part = runStep(steps[at] as RecipeStep, request);
    // Nearly all parts are text. The rest of a message is not.
    if (typeof part !== 'string') return runRest(steps, at + 1, [text, part], request);
    text += part;
  }
  return text;
}

function runRest(
  steps: readonly RecipeStep[],
  from: number,
  first: readonly Later<Data>[],
  request: RecipeRequest,
): Later<Data> {
  const parts = [...first, ...steps.slice(from).map((step) => runStep(step, request))];
  return chain(all(parts), (known) =>
    known.every((part) => typeof part === 'string') ? known.join('') : concat(...known),
  );
}

function runStep(step: RecipeStep, request: RecipeRequest): Later<Data> {
  switch (step.kind) {
    case 'text':
      return step.text;
    case 'request':
      return requestValue(step.value, request);
    case 'credential': {
      const value = request.input.credentials[step.name] ?? '';
      return step.form === 'utf8' && step.strip === undefined ? value : readSecret(value, step.form, step.strip);
    }
    case 'headers':
      return headersText(step, request);
    case 'pairs':
      return pairsText(step, request);
    case 'member':
      return memberOf(step.pointer, request);
    case 'packedValue':
      return packedValue(step.name, request);
    case 'components':
      return componentLines(step.packed, request);
    case 'digest':
      return chain(run(step.of, request), (data) =>
        chain(digest(step.algorithm, data), (bytes) => (step.form === 'raw' ? bytes : writeBytes(bytes, step.form))),
      );
    case 'hmac':
      return chain(symmetricKey(step.key, request, step.algorithm), (key) =>
        chain(run(step.of, request), (data) =>
          step.form === 'raw' ? hmac(step.algorithm, key, data) : hmacText(step.algorithm, key, data, step.form),
        ),
      );
    case 'escape':
      return chain(run(step.of, request), (data) => encoded(data, step.escaping));
  }
}

function encoded(data: Data, escaping: Escape): string {
  if (escaping === 'base64' || escaping === 'base64url') return writeBytes(toBytes(data), escaping);
  return escaping === 'sorted-json' ? sortedText(textOf(data)) : escapeText(textOf(data), escaping);
}

/**
 * Converts bytes to text. @throws {TypeError} if the bytes are not UTF-8, because different bytes would have the same
 * text
 */
function textOf(data: Data): string {
  const text = typeof data === 'string' ? data : textOfBody(data);
  if (text === undefined) throw new TypeError('Only text can be escaped');
  return text;
}

/** A key after all derivation steps: text if the credential is used unchanged. */
export function symmetricKey(key: RecipeKey | undefined, request: RecipeRequest, hash: DigestName): Later<Data> {
  // Without a key, this throws: anybody can compute the hash of an empty key.
  if (key === undefined) throw new TypeError('The recipe has no key');
  const { digest: hashed, derive = [] } = key;
  const text = run(key.steps, request);
  if (hashed === undefined && derive.length === 0) return text;
  const first = hashed ? chain(text, (data) => digest(hashed, data)) : text;
  return derive.reduce<Later<Data>>(
    (made, steps) => chain(made, (bytes) => chain(run(steps, request), (data) => hmac(hash, bytes, data))),
    first,
  );
}

/** Returns the text of headers. Header values are bytes, which engines represent as one character each. */
function headersText(
  { names, each, join }: Extract<RecipeStep, { readonly kind: 'headers' }>,
  request: RecipeRequest,
): Data {
  const { input } = request;
  const chosen = 'packed' in names ? listedHeaders(packedValue(names.packed, request)) : names;
  const text = chosen
    .map((name) => {
      const given = name === 'host' ? input.url.host : (input.headers.get(name) ?? '');
      if (each === 'value') return given;
      return filledIn(each, name, given.trim().replace(/ +/g, ' '));
    })
    .join(join);
  return /^[\0-\x7f]*$/.test(text) ? text : Uint8Array.from(text, (character) => character.charCodeAt(0));
}
