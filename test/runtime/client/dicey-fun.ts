import { z } from 'zod';
import {
  ApiError,
  type Call,
  type CallError,
  type ClientOptions,
  createClient,
  signing,
} from '../../../runtime/client/index.ts';
import type {
  ApiDescriptor,
  OperationDescriptor,
  OperationValidators,
  Refusals,
} from '../../../runtime/contract/index.ts';
import { defineSigner, md5Hex } from '../../../runtime/signing/index.ts';

/** A hand-written provider, as the generator would print it: MD5-signed login, api-key, auth-token, envelope in the body. */
const refusals: Refusals = {
  missing: 400,
  invalid: 403,
  expired: 402,
  timestamp: 403,
  signature: 403,
  replay: 403,
  forbidden: 403,
};

export const api = {
  provider: 'dicey-fun',
  title: 'Dicey Fun',
  version: '1.0.0',
  baseUrl: '',
  envelope: {
    code: '/code',
    success: [200],
    message: '/message',
    data: '/data',
    status: 200,
    ok: { message: 'success' },
    failure: { data: null },
    errors: {
      402: { name: 'TokenExpired', retry: false },
      403: { name: 'Forbidden', retry: false, clockSkew: 'timestamp' },
      422: { name: 'Business', retry: false },
      500: { name: 'Server', retry: true },
    },
    faults: {
      invalid: 400,
      notFound: 404,
      methodNotAllowed: 405,
      tooLarge: 413,
      unsupportedMediaType: 415,
      rateLimited: 429,
      internal: 500,
      notImplemented: 501,
      timeout: 503,
    },
  },
  securitySchemes: {
    apiKey: {
      kind: 'key',
      name: 'apiKey',
      credential: {
        name: 'apiKey',
        env: 'DICEYFUN_API_KEY',
        secret: true,
        carriers: [{ in: 'header', name: 'api-key' }],
      },
      refusals,
    },
    agentSignature: {
      kind: 'signature',
      name: 'agentSignature',
      signer: 'agentSignature',
      algorithm: 'md5',
      signature: { in: 'query', name: 'signature' },
      timestamp: { in: 'query', name: 'time', units: ['s'], tolerance: 300 },
      credentials: [
        { name: 'agentId', env: 'DICEYFUN_AGENT_ID', secret: false, carriers: [{ in: 'query', name: 'agent_id' }] },
        { name: 'secret', env: 'DICEYFUN_SECRET', secret: true, carriers: [{ in: 'query', name: 'secret' }] },
      ],
      replay: 'none',
      refusals,
    },
    authToken: {
      kind: 'session',
      name: 'authToken',
      carriers: [{ in: 'header', name: 'auth-token' }],
      operations: ['authToken'],
      token: '/data/authtoken',
      expired: [{ code: 402 }],
      refusals,
    },
  },
} as const satisfies ApiDescriptor;

const post = {
  method: 'POST',
  parameters: [],
  body: { required: true, content: ['application/json'] },
  responses: [{ status: '200', content: ['application/json'] }],
  security: [['apiKey', 'authToken']],
  codes: [400, 402, 403, 422, 500],
  enveloped: true,
} as const;

export const operations = {
  authToken: {
    ...post,
    id: 'authToken',
    method: 'GET',
    path: '/api/v1/authToken',
    body: undefined as never,
    security: [['apiKey', 'agentSignature']],
    retry: 'safe',
  },
  getGameList: { ...post, id: 'getGameList', path: '/api/v1/getGameList', retry: 'safe' },
  setPlayerWallet: { ...post, id: 'setPlayerWallet', path: '/api/v1/setPlayerWallet', retry: 'never' },
} as const satisfies Record<string, OperationDescriptor>;

const answer = (data: z.ZodType) =>
  z.union([
    z.looseObject({ code: z.literal(200), message: z.string(), data }),
    z.looseObject({ code: z.number(), message: z.string() }).refine(({ code }) => code !== 200, 'not a failure'),
  ]);

const validators: Record<keyof typeof operations, OperationValidators> = {
  authToken: { responses: { 200: { 'application/json': answer(z.object({ authtoken: z.string() })) } } },
  getGameList: {
    body: { 'application/json': z.looseObject({ lang: z.enum(['zh', 'en']).optional() }) },
    responses: { 200: { 'application/json': answer(z.looseObject({ game_list: z.array(z.unknown()) })) } },
  },
  setPlayerWallet: {
    body: { 'application/json': z.looseObject({ username: z.string(), coin: z.number() }) },
    responses: { 200: { 'application/json': answer(z.looseObject({ coin: z.number() })) } },
  },
};

export const signers = {
  agentSignature: defineSigner({
    stringToSign: ({ credentials, timestamp }) => `${credentials.agentId}${credentials.secret}${timestamp}`,
    sign: (message) => md5Hex(message),
  }),
};

export class TokenExpiredError extends ApiError<402> {
  override readonly name = 'TokenExpiredError';
}
export class BusinessError extends ApiError<422> {
  override readonly name = 'BusinessError';
}
export const errors = { 402: TokenExpiredError, 422: BusinessError } as const;

type Errors = CallError<400 | 402 | 403 | 422 | 500, typeof errors>;

export interface Operations {
  authToken: Call<Record<never, never>, { authtoken: string }, Errors>;
  getGameList: Call<{ readonly body: { readonly lang?: 'zh' | 'en' } }, { game_list: unknown[] }, Errors>;
  setPlayerWallet: Call<
    { readonly body: { readonly username: string; readonly coin: number } },
    { coin: number },
    Errors
  >;
}

export const credentials = {
  apiKey: 'key-0123456789',
  agentId: '9f86d081884c7d659a2feaa0c55ad015',
  secret: 'xF75oK91TQj13s0UmNIr1NBWMWGfflNO',
};

export const createDiceyFun = (options: ClientOptions) =>
  createClient<Operations>(
    { api, operations, validators, signers, errors, features: [signing] },
    { credentials, environment: {}, ...options },
  );
