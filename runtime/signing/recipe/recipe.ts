import type { KeyForm, RecipeDescriptor } from '../../contract/index.ts';
import { concat } from '../concat.ts';
import { equalBytes } from '../equal.ts';
import { carriersOf } from '../input.ts';
import type { AnySigner, SigningInput } from '../signer.ts';
import { signAsymmetric, verifyAsymmetric } from './asymmetric.ts';
import { readBytes, writeBytes } from './bytes.ts';
import { digest, hmac } from './digest.ts';
import { readRightToken, tokenMessage } from './jwt.ts';
import { chain, type Later } from './later.ts';
import { packedIsRight } from './packed.ts';
import type { RecipeRequest, RecipeScheme } from './request.ts';
import { run, symmetricKey } from './steps.ts';

const known = /* @__PURE__ */ new WeakMap<RecipeScheme, AnySigner>();

/** The signer that a recipe says. The only thing that runs recipes; client, server, mock and sender all ask it. */
export function recipeSigner(scheme: RecipeScheme): AnySigner {
  const signer = known.get(scheme) ?? compile(scheme);
  known.set(scheme, signer);
  return signer;
}

/** A key of a pair as the credential has it. */
function pairKey({ key }: RecipeDescriptor, { credentials }: SigningInput): readonly [text: string, form: KeyForm] {
  const step = key?.steps[0];
  if (step?.kind !== 'credential') throw new TypeError('The recipe names no key');
  const text = credentials[step.name] ?? '';
  const bare = step.strip && text.startsWith(step.strip) ? text.slice(step.strip.length) : text;
  // Standard Webhooks: `whsk_` before a private key, `whpk_` before a public one.
  return [bare.replace(/^wh[sp]k_/, ''), step.form];
}

function compile(scheme: RecipeScheme): AnySigner {
  const { recipe } = scheme;
  const { algorithm, jwt } = recipe;
  const output = recipe.output === 'raw' ? 'hex' : recipe.output;
  const carriers = carriersOf(scheme);
  const requestOf = (input: SigningInput): RecipeRequest => ({ scheme, input, carriers });

  const make = (message: Uint8Array, input: SigningInput): Later<Uint8Array> => {
    if (algorithm.kind === 'hash') return digest(algorithm.hash, message);
    if (algorithm.kind === 'hmac')
      return chain(symmetricKey(recipe.key, requestOf(input), algorithm.hash), (key) =>
        hmac(algorithm.hash, key, message),
      );
    return signAsymmetric(algorithm, ...pairKey(recipe, input), message);
  };

  return {
    stringToSign: (input) => (jwt ? tokenMessage(jwt, requestOf(input)) : run(recipe.message, requestOf(input))),
    sign: (message, input) =>
      chain(make(concat(message), input), (bytes) =>
        jwt ? `${message as string}.${writeBytes(bytes, 'base64url')}` : writeBytes(bytes, output),
      ),
    async verify(message, signature, input) {
      const request = requestOf(input);
      if (!(await packedIsRight(request))) return false;
      if (!(await computedAreRight(recipe, request))) return false;
      const token = jwt ? await readRightToken(jwt, signature, request) : undefined;
      if (jwt && !token) return false;
      const signed = concat(token ? token.message : message);
      if (algorithm.kind === 'hash' || algorithm.kind === 'hmac') {
        const right = await make(signed, input);
        if (token) return equalBytes(token.bytes, right);
        // Digits of either case are the same bytes.
        const presented = output === 'hex' || output === 'HEX' ? signature.toLowerCase() : signature;
        return equalBytes(presented, writeBytes(right, output === 'HEX' ? 'hex' : output));
      }
      const bytes = token ? token.bytes : read(signature, output);
      return bytes !== undefined && verifyAsymmetric(algorithm, ...pairKey(recipe, input), signed, bytes);
    },
  };
}

function read(signature: string, output: Exclude<RecipeDescriptor['output'], 'raw'>): Uint8Array | undefined {
  try {
    return readBytes(signature, output);
  } catch {
    return undefined;
  }
}

/** Whether each further header is what the recipe makes of the request. */
async function computedAreRight({ computed }: RecipeDescriptor, request: RecipeRequest): Promise<boolean> {
  for (const { name, steps } of computed) {
    const wanted = await run(steps, request);
    if (!equalBytes(request.input.headers.get(name) ?? '', String(wanted))) return false;
  }
  return true;
}
