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
import { compilePairs, filledIn, memberOf } from './pairs.ts';
import { compileValue, type RecipeRequest } from './request.ts';

/** Reads a part of a message from a request. */
export type Reader<T extends Data = Data> = (request: RecipeRequest) => Later<T>;

const compiled = /* @__PURE__ */ new WeakMap<readonly RecipeStep[], Reader>();

/** The result of a list of steps for a request: text if all parts are text, otherwise bytes. */
export function run(steps: readonly RecipeStep[], request: RecipeRequest): Later<Data> {
  let reader = compiled.get(steps);
  if (!reader) {
    reader = compileSteps(steps);
    compiled.set(steps, reader);
  }
  return reader(request);
}

/** Compiles a list of steps once, because a server runs a recipe for each request. */
export function compileSteps(steps: readonly RecipeStep[]): Reader {
  const readers = steps.map(compileStep);
  const [only] = readers;
  if (only && readers.length === 1) return only;
  return (request) => {
    let text = '';
    for (let at = 0; at < readers.length; at += 1) {
      const part = (readers[at] as Reader)(request);
      // Nearly all parts are text. The rest of a message is not.
      if (typeof part !== 'string') return runRest(readers.slice(at + 1), [text, part], request);
      text += part;
    }
    return text;
  };
}

function runRest(readers: readonly Reader[], first: readonly Later<Data>[], request: RecipeRequest): Later<Data> {
  const parts = [...first, ...readers.map((read) => read(request))];
  return chain(all(parts), (known) =>
    known.every((part) => typeof part === 'string') ? known.join('') : concat(...known),
  );
}

function compileStep(step: RecipeStep): Reader {
  switch (step.kind) {
    case 'text':
      return () => step.text;
    case 'request':
      return compileValue(step.value);
    case 'credential': {
      const { name, form, strip } = step;
      if (form === 'utf8' && strip === undefined) return ({ input }) => input.credentials[name] ?? '';
      return ({ input }) => readSecret(input.credentials[name] ?? '', form, strip);
    }
    case 'headers':
      return (request) => headersText(step, request);
    case 'pairs':
      return compilePairs(step);
    case 'member':
      return (request) => memberOf(step.pointer, request);
    case 'packedValue':
      return (request) => packedValue(step.name, request);
    case 'components':
      return (request) => componentLines(step.packed, request);
    case 'digest': {
      const { algorithm, form } = step;
      const read = compileSteps(step.of);
      return (request) =>
        chain(read(request), (data) =>
          chain(digest(algorithm, data), (bytes) => (form === 'raw' ? bytes : writeBytes(bytes, form))),
        );
    }
    case 'hmac': {
      const { algorithm, form } = step;
      const keyOf = compileKey(step.key, algorithm);
      const read = compileSteps(step.of);
      return (request) =>
        chain(keyOf(request), (key) =>
          chain(
            read(request),
            (data): Later<Data> => (form === 'raw' ? hmac(algorithm, key, data) : hmacText(algorithm, key, data, form)),
          ),
        );
    }
    case 'escape': {
      const { escaping } = step;
      const read = compileSteps(step.of);
      return (request) => chain(read(request), (data) => encoded(data, escaping));
    }
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

/** Compiles the reader of a key after all derivation steps: text if the credential is used unchanged. */
export function compileKey(key: RecipeKey | undefined, hash: DigestName): Reader {
  // Without a key, this throws: anybody can compute the hash of an empty key.
  if (key === undefined)
    return () => {
      throw new TypeError('The recipe has no key');
    };
  const { digest: hashed, derive = [] } = key;
  const read = compileSteps(key.steps);
  if (hashed === undefined && derive.length === 0) return read;
  const readers = derive.map(compileSteps);
  return (request) =>
    readers.reduce<Later<Data>>(
      (made, readData) => chain(made, (bytes) => chain(readData(request), (data) => hmac(hash, bytes, data))),
      hashed ? chain(read(request), (data) => digest(hashed, data)) : read(request),
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
