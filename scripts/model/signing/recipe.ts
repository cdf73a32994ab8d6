import type {
  BytesForm,
  Carrier,
  CredentialForm,
  DigestName,
  KeyForm,
  KeyPair,
  RecipeAlgorithm,
  RecipeClaim,
  RecipeDescriptor,
} from '@countersign/runtime/contract';
import { asList, asNode, asText, type Node } from '../reader.ts';
import { buildKey, messageSteps } from './parts.ts';
import { textSteps } from './template.ts';

/** How a recipe computes `algorithm`; undefined for `custom`, which needs a signer in TypeScript. */
function recipeAlgorithm(name: string, output: Node): RecipeAlgorithm | undefined {
  const hash = (/(md5|sha\d+)$/.exec(name)?.[1] ?? 'sha256') as DigestName;
  if (/^(md5|sha\d+)$/.test(name)) return { kind: 'hash', hash };
  if (name.startsWith('hmac-')) return { kind: 'hmac', hash };
  if (name.startsWith('rsa-pss-')) return { kind: 'rsa-pss', hash };
  if (name.startsWith('rsa-')) return { kind: 'rsa', hash };
  if (name.startsWith('ecdsa-'))
    return { kind: 'ecdsa', hash, curve: name.includes('p384') ? 'P-384' : 'P-256', der: output.ecdsa === 'der' };
  return name === 'ed25519' ? { kind: 'ed25519' } : undefined;
}

/** Whether a scheme has a recipe. */
export const isRecipe = (signing: Node): boolean => signing.message !== undefined || signing.jwt !== undefined;

const PAIRS = { rsa: 'rsa', 'rsa-pss': 'rsa', ed25519: 'ed25519' } as const;

const pairOf = (algorithm: RecipeAlgorithm): KeyPair | undefined =>
  algorithm.kind === 'ecdsa'
    ? algorithm.curve === 'P-384'
      ? 'p384'
      : 'p256'
    : algorithm.kind === 'hash' || algorithm.kind === 'hmac'
      ? undefined
      : PAIRS[algorithm.kind];

/** The key of a signer in TypeScript is the credential that is never sent and has a key format. */
const isWrittenKey = ({ in: place, form }: Node): boolean =>
  place === undefined && ['hex', 'base64', 'pem', 'jwk'].includes(asText(form));

/** The properties of a credential that is the key: its format, and whether it is one of a pair. */
export function keyTraits(
  signing: Node,
  credential: string,
): { readonly pair?: KeyPair; readonly form?: CredentialForm } {
  const key = asNode(signing.key);
  const node = [key, ...asList(key.parts).map(asNode)].find((part) => part.credential === credential);
  const algorithm = recipeAlgorithm(asText(signing.algorithm), asNode(signing.output));
  const pair = algorithm && pairOf(algorithm);
  if (!isRecipe(signing)) return pair && isWrittenKey(asNode(asNode(signing.credentials)[credential])) ? { pair } : {};
  if (node === undefined) return {};
  const encoding = (asText(node.encoding) || (pair ? 'pem' : 'utf8')) as KeyForm;
  const strip = asText(node.strip);
  return {
    ...(pair && { pair }),
    ...((encoding !== 'utf8' || strip !== '') && { form: { encoding, ...(strip !== '' && { strip }) } }),
  };
}

/** Templates by name, as the members of an object. */
const buildClaims = (node: Node): readonly RecipeClaim[] =>
  Object.entries(node).map(([name, template]) => ({
    name,
    ...(Array.isArray(template)
      ? { list: template.map((item) => textSteps(asText(item))) }
      : {
          ...(['exp', 'nbf', 'iat'].includes(name) && { number: true as const }),
          steps: typeof template === 'string' ? textSteps(template) : messageSteps(template),
        }),
  }));

const JWT_NAMES: { readonly [algorithm: string]: string } = {
  'hmac-sha256': 'HS256',
  'hmac-sha384': 'HS384',
  'hmac-sha512': 'HS512',
  'rsa-sha256': 'RS256',
  'rsa-sha384': 'RS384',
  'rsa-sha512': 'RS512',
  'rsa-pss-sha256': 'PS256',
  'rsa-pss-sha384': 'PS384',
  'rsa-pss-sha512': 'PS512',
  'ecdsa-p256-sha256': 'ES256',
  'ecdsa-p384-sha384': 'ES384',
  ed25519: 'EdDSA',
};

/** The values of `computed`, each with its location. */
function computedValues(
  signing: Node,
): readonly { readonly in: string; readonly name: string; readonly value: unknown }[] {
  return Object.entries(asNode(signing.computed)).map(([name, said]) => {
    const { in: place, value } = asNode(said);
    return value === undefined ? { in: 'header', name, value: said } : { in: asText(place), name, value };
  });
}

/** The plan of a recipe: a list of steps with every choice made. Undefined without a recipe. */
export function buildRecipe(
  signing: Node,
  basePath: string,
  carrierOf: (place: Node) => Carrier,
): RecipeDescriptor | undefined {
  const output = asNode(signing.output);
  const name = asText(signing.algorithm);
  const algorithm = recipeAlgorithm(name, output);
  if (!isRecipe(signing) || algorithm === undefined) return undefined;
  const jwt = asNode(signing.jwt);
  return {
    algorithm,
    message: signing.message === undefined ? [] : messageSteps(signing.message),
    ...(signing.key !== undefined && { key: buildKey(asNode(signing.key), pairOf(algorithm) ? 'pem' : 'utf8') }),
    output: (asText(output.encoding) || 'hex') as BytesForm,
    computed: computedValues(signing).map(({ in: place, name, value }) => ({
      ...carrierOf({ in: place, name }),
      steps: messageSteps(value),
    })),
    ...(signing.jwt !== undefined && {
      jwt: {
        alg: JWT_NAMES[name] ?? '',
        header: buildClaims(asNode(jwt.header)),
        claims: buildClaims(asNode(jwt.claims)),
      },
    }),
    basePath,
  };
}
