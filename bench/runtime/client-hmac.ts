import { api as diceyFun, getGameList } from '../../generated/dicey-fun/src/operations.ts';
import { type Call, type ClientOptions, createClient, recipes, signing } from '../../runtime/client/index.ts';
import { hmac, recipe, scheme } from './hmac-scheme.ts';

/** Dicey Fun's getGameList with a signature for every call, by a signer or by a recipe. */
export const createHmacClient = (options: ClientOptions, by: 'signer' | 'recipe' = 'signer') =>
  createClient<{ getGameList: Call<{ readonly body: { readonly lang: 'en' | 'zh' } }, unknown> }>(
    {
      api: { ...diceyFun, securitySchemes: { hmac: by === 'recipe' ? { ...scheme, recipe } : scheme } },
      operations: { getGameList: { ...getGameList, security: [['hmac']] } },
      signers: { hmac },
      features: [by === 'recipe' ? recipes : signing],
    },
    options,
  );
