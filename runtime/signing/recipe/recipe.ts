import type { Carrier, KeyForm, RecipeDescriptor } from '../../contract/index.ts';
import { type Data, toBase64, toBytes } from '../bytes.ts';
import { equalBytes } from '../equal.ts';
import { carriersOf } from '../input.ts';
import { readPlaced } from '../place.ts';
import type { AnySigner, SigningInput } from '../signer.ts';
import { signAsymmetric, verifyAsymmetric } from './asymmetric.ts';
import { readBytes, writeBytes } from './bytes.ts';
import { digest, hmacText } from './digest.ts';
import { readRightToken, tokenMessage } from './jwt.ts';
import { chain, type Later } from './later.ts';
import { wrongPacked } from './packed.ts';
import type { RecipeRequest, RecipeScheme } from './request.ts';
import { compileKey, compileSteps, run } from './steps.ts';

type Form = Exclude<RecipeDescriptor['output'], 'raw'>;

const known = /* @__PURE__ */ new WeakMap<RecipeScheme, AnySigner>();

/** Creates the signer of a recipe. Client, server, mock and sender all run recipes with it. */
export function recipeSigner(scheme: RecipeScheme): AnySigner {
  const signer = known.get(scheme) ?? compile(scheme);
  known.set(scheme, signer);
  return signer;
}

/** The key of a key pair, as the credential contains it. */
function pairKey({ key }: RecipeDescriptor, { credentials }: SigningInput): readonly [text: string, form: KeyForm] {
  const step = key?.steps[0];
  if (step?.kind !== 'credential') throw new TypeError('The recipe has no key');
  const text = credentials[step.name] ?? '';
  const bare = step.strip && text.startsWith(step.strip) ? text.slice(step.strip.length) : text;
  // In Standard Webhooks, a private key begins with `whsk_` and a public key with `whpk_`.
  return [bare.replace(/^wh[sp]k_/, ''), step.form];
}

/** Compiles the function that creates a signature as it is sent, in the format of the recipe or of a token. */
function compileMake(
  recipe: RecipeDescriptor,
  requestOf: (input: SigningInput) => RecipeRequest,
): (message: Data, input: SigningInput, form: Form) => Later<string> {
  const { algorithm } = recipe;
  if (algorithm.kind === 'hmac') {
    const { hash } = algorithm;
    const keyOf = compileKey(recipe.key, hash);
    return (message, input, form) => {
      const key = keyOf(requestOf(input));
      // A closure for each request is created only for a promise.
      if (key instanceof Promise) return key.then((known) => hmacText(hash, known, message, form));
      return hmacText(hash, key, message, form);
    };
  }
  return (message, input, form) => {
    const bytes =
      algorithm.kind === 'hash'
        ? digest(algorithm.hash, message)
        : signAsymmetric(algorithm, ...pairKey(recipe, input), toBytes(message));
    return chain(bytes, (made) => writeBytes(made, form));
  };
}

function compile(scheme: RecipeScheme): AnySigner {
  const { recipe } = scheme;
  const { algorithm, jwt } = recipe;
  const output = recipe.output === 'raw' ? 'hex' : recipe.output;
  const carriers = carriersOf(scheme);
  const requestOf = (input: SigningInput): RecipeRequest => ({ scheme, input, carriers });
  const readMessage = compileSteps(recipe.message);
  const make = compileMake(recipe, requestOf);

  // Hexadecimal digits in upper and lower case are the same bytes.
  const isHex = output === 'hex' || output === 'HEX';
  const textOf = (signature: string): string => (isHex ? signature.toLowerCase() : signature);
  const compare = (message: Data, signature: string, input: SigningInput): Later<boolean> => {
    const made = make(message, input, isHex ? 'hex' : output);
    return made instanceof Promise
      ? made.then((known) => equalBytes(textOf(signature), known))
      : equalBytes(textOf(signature), made);
  };
  const isSymmetric = algorithm.kind === 'hash' || algorithm.kind === 'hmac';
  const isSignatureAlone = isSymmetric && !jwt && !scheme.packed && recipe.computed.length === 0;

  const verify = async (message: Data, signature: string, input: SigningInput): Promise<boolean> => {
    const request = requestOf(input);
    if ((await wrongPacked(request)) ?? (await wrongComputed(recipe, request))) return false;
    const token = jwt ? await readRightToken(jwt, signature, request) : undefined;
    if (typeof token === 'string') return false;
    if (isSymmetric) {
      if (!token) return compare(message, signature, input);
      return equalBytes(writeBytes(token.bytes, 'base64url'), await make(token.message, input, 'base64url'));
    }
    const signed = token ? token.message : message;
    const bytes = token ? token.bytes : read(signature, output);
    return bytes !== undefined && verifyAsymmetric(algorithm, ...pairKey(recipe, input), toBytes(signed), bytes);
  };

  return {
    stringToSign: (input) => (jwt ? tokenMessage(jwt, requestOf(input)) : readMessage(requestOf(input))),
    sign: (message, input) =>
      jwt
        ? chain(make(message, input, 'base64url'), (made) => `${message as string}.${made}`)
        : make(message, input, output),
    // Most requests need no promise, and a promise needs a timer.
    verify: isSignatureAlone ? compare : verify,
    ...(isSignatureAlone && { normalize: textOf }),
  };
}

function read(signature: string, output: Form): Uint8Array | undefined {
  try {
    return readBytes(signature, output);
  } catch {
    return undefined;
  }
}

/** The first computed value that differs from the request's; undefined if all match. */
async function wrongComputed(
  { computed }: RecipeDescriptor,
  request: RecipeRequest,
): Promise<{ readonly of: Carrier['in']; readonly name: string } | undefined> {
  const { input } = request;
  const { method, headers } = input;
  const sentRequest = {
    method,
    headers,
    get url() {
      return input.url.href;
    },
    get body() {
      return input.body as Uint8Array<ArrayBuffer>;
    },
  };
  for (const { steps, ...carrier } of computed) {
    const wanted = String(await run(steps, request));
    const { in: of, name } = carrier;
    const sent = readPlaced(sentRequest, carrier) ?? '';
    if (equalBytes(sent, wanted)) continue;
    // The sender chooses the algorithms of this header (RFC 9530, section 2).
    if (of !== 'header' || !/^sha-(256|512)=:/.test(wanted) || !(await isDigest(sent, input.body))) return { of, name };
  }
  return undefined;
}

/** Whether `Content-Digest` has a digest with a safe algorithm, and every such digest is correct. */
async function isDigest(text: string, body: Uint8Array): Promise<boolean> {
  let found = false;
  for (const entry of text.split(',')) {
    const [, size, sent = ''] = /^\s*sha-(256|512)=:([\w+/]*={0,2}):\s*$/.exec(entry) ?? [];
    if (size === undefined) continue;
    if (!equalBytes(sent, toBase64(await digest(size === '512' ? 'sha512' : 'sha256', body)))) return false;
    found = true;
  }
  return found;
}

/** A flaw that a recipe finds before it compares signatures. */
export type RecipeFlaw = { readonly of: 'value' | Carrier['in'] | 'claim'; readonly name: string };

/** The name of a value that does not match the request. Undefined if only the signature itself can be wrong. */
export async function recipeFlaw(
  scheme: RecipeScheme,
  signature: string,
  input: SigningInput,
): Promise<RecipeFlaw | undefined> {
  const request = { scheme, input, carriers: carriersOf(scheme) };
  const value = await wrongPacked(request);
  if (value !== undefined) return { of: 'value', name: value };
  const computed = await wrongComputed(scheme.recipe, request);
  if (computed) return computed;
  const token = scheme.recipe.jwt && (await readRightToken(scheme.recipe.jwt, signature, request));
  return typeof token === 'string' ? { of: 'claim', name: token } : undefined;
}
