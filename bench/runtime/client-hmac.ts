import { api as diceyFun, getGameList } from '../../generated/dicey-fun/src/operations.ts';
import { type Call, type ClientOptions, createClient, signing } from '../../runtime/client/index.ts';
import type { SignatureScheme } from '../../runtime/contract/index.ts';
import { defineSigner, hmacSha256Hex } from '../../runtime/signing/index.ts';

const credential = (name: string, header?: string) => ({
  name,
  env: name,
  secret: header === undefined,
  carriers: header === undefined ? [] : [{ in: 'header' as const, name: header }],
});

const scheme: SignatureScheme = {
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

const decoder = new TextDecoder();

const hmac = defineSigner({
  stringToSign: ({ body, timestamp, nonce }) => decoder.decode(body) + timestamp + nonce,
  sign: (message, { credentials }) => hmacSha256Hex(credentials.secret ?? '', message),
});

/** Dicey Fun's getGameList as a provider would have it that signs every call. */
export const createHmacClient = (options: ClientOptions) =>
  createClient<{ getGameList: Call<{ readonly body: { readonly lang: 'en' | 'zh' } }, unknown> }>(
    {
      api: { ...diceyFun, securitySchemes: { hmac: scheme } },
      operations: { getGameList: { ...getGameList, security: [['hmac']] } },
      signers: { hmac },
      features: [signing],
    },
    options,
  );
