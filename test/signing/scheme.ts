import { bodies, type ClientOptions, createClient, recipes } from '@countersign/runtime/client';
import type { ApiDescriptor, OperationDescriptor, SignatureScheme } from '@countersign/runtime/contract';
import { createServer } from '@countersign/runtime/server';
import { type Preset, presetDocument } from '../../scripts/commands/init/presets.ts';
import { buildApi } from '../../scripts/model/index.ts';
import type { Api, ExpandedDocument } from '../../scripts/model/types.ts';
import type { Wire } from './independent.ts';

/** A contract with one operation, `createOrder`, that a scheme of this test signs. */
export type Contract = {
  /** As a spec. */
  readonly document: object;
  readonly api: Api;
  readonly scheme: SignatureScheme;
  readonly operations: Readonly<Record<string, OperationDescriptor>>;
};

const locate = (pointer: string) => ({ file: pointer, line: 1, column: 1 });

/** @param place where the signature is sent; default the header `X-Sign` */
export function contractOf(
  signing: Preset['signing'],
  request: NonNullable<Preset['request']> = {},
  place: Partial<Pick<Preset, 'in' | 'name'>> = {},
  server = 'https://shop.invalid',
): Contract {
  const preset: Preset = {
    title: 'A scheme',
    document: 'https://example.com/a-scheme',
    name: 'X-Sign',
    ...place,
    signing,
    request,
  };
  const { webhooks: _, ...own } = presetDocument('shop', 'signed', preset) as ExpandedDocument;
  const document = { ...own, servers: [{ url: server }] };
  const api = buildApi({ document, locate }, 'shop');
  const scheme = api.securitySchemes.find(({ descriptor }) => descriptor.name === 'signed')?.descriptor;
  return {
    document,
    api,
    scheme: scheme as SignatureScheme,
    operations: Object.fromEntries(api.operations.map(({ descriptor }) => [descriptor.id, descriptor])),
  };
}

/** A server of the contract that accepts every order. */
export const serverOf = ({ api, operations }: Contract, keys: unknown, options: object = {}) =>
  createServer<Record<string, unknown>, unknown, ApiDescriptor>(
    { api: api.descriptor, operations, validators: {}, signers: {} },
    {
      handlers: { createOrder: () => ({ data: { ok: true } }) },
      security: { signed: keys } as never,
      environment: {},
      logger: {},
      ...options,
    },
  );

type Order = (input: object, options?: object) => Promise<{ readonly data?: unknown; readonly error?: Error }>;

/** A client of the contract. Its requests are recorded in `sent`, byte for byte, and passed to `answer`. */
export function clientOf(
  { api, operations }: Contract,
  credentials: ClientOptions['credentials'],
  answer: (request: Request) => Response | Promise<Response> = () => Response.json({ ok: true }),
  options: Partial<ClientOptions> = {},
): { readonly createOrder: Order; readonly sent: Wire[] } {
  const sent: Wire[] = [];
  const client = createClient<{ readonly createOrder: Order }>(
    { api: api.descriptor, operations, signers: {}, features: [bodies, recipes] },
    {
      baseUrl: 'https://shop.invalid',
      credentials,
      environment: {},
      retry: false,
      logger: {},
      ...options,
      fetch: async (url, init) => {
        const request = new Request(url, init);
        const bytes = Buffer.from(await request.clone().arrayBuffer());
        sent.push({
          method: request.method,
          url: request.url,
          headers: Object.fromEntries(request.headers),
          body: bytes,
        });
        return answer(request);
      },
    },
  );
  return { createOrder: client.createOrder, sent };
}
