import { api as diceyFun } from '../../generated/dicey-fun/src/operations.ts';
import type { RecipeDescriptor, SignatureScheme } from '../../runtime/contract/index.ts';
import { defineSigner, hmacSha256Hex } from '../../runtime/signing/index.ts';

const credential = (name: string, header?: string) => ({
  name,
  env: name,
  secret: header === undefined,
  carriers: header === undefined ? [] : [{ in: 'header' as const, name: header }],
});

/** A signature over body, timestamp and nonce, as many providers use it. */
export const scheme: SignatureScheme = {
  kind: 'signature',
  name: 'hmac',
  signer: 'hmac',
  algorithm: 'hmac-sha256',
  signature: { in: 'header', name: 'x-api-signature' },
  timestamp: { in: 'header', name: 'x-api-timestamp', units: ['s'], tolerance: 300 },
  nonce: { in: 'header', name: 'x-api-nonce', bytes: 8 },
  credentials: [credential('apiKey', 'x-api-key'), credential('secret')],
  replay: 'nonce',
  refusals: diceyFun.securitySchemes.apiKey.refusals,
};

/** Its signer in TypeScript. */
export const hmac = defineSigner({
  stringToSign: ({ bodyText, timestamp, nonce }) => bodyText + timestamp + nonce,
  sign: (message, { credentials: { secret = '' } }) => hmacSha256Hex(secret, message),
});

/** The same scheme as a recipe in the spec instead of a signer in TypeScript. */
export const recipe: RecipeDescriptor = {
  algorithm: { kind: 'hmac', hash: 'sha256' },
  message: (['body', 'timestamp', 'nonce'] as const).map((value) => ({ kind: 'request', value })),
  key: { steps: [{ kind: 'credential', name: 'secret', form: 'utf8' }], derive: [] },
  output: 'hex',
  computed: [],
  basePath: '',
};
