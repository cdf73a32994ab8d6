import {
  type Call,
  type CallError,
  type ClientDefinition,
  type ClientOptions,
  createClient,
  styles,
} from '../../../runtime/client/index.ts';
import type { ApiDescriptor, OperationDescriptor, OperationValidators } from '../../../runtime/contract/index.ts';
import { api as diceyFun } from './dicey-fun.ts';

/** An API that reports success by the HTTP status, and needs no credential. */
export const api: ApiDescriptor = {
  ...diceyFun,
  provider: 'sample',
  title: 'Sample',
  envelope: { ...diceyFun.envelope, code: 'status', success: [], message: '/error', data: '', errors: {} },
  securitySchemes: {},
};

export const operation = (overrides: Partial<OperationDescriptor> = {}): OperationDescriptor => ({
  id: 'op',
  method: 'GET',
  path: '/op',
  parameters: [],
  responses: [{ status: '200', content: ['application/json'] }],
  security: [],
  codes: [],
  enveloped: true,
  retry: 'safe',
  ...overrides,
});

type Loose = {
  readonly path?: object;
  readonly query?: object;
  readonly headers?: object;
  readonly cookies?: object;
  readonly body?: unknown;
};

/** A client of the one operation `op`, loosely typed. */
export const clientOf = (
  overrides: Partial<OperationDescriptor>,
  options: ClientOptions,
  more: Partial<ClientDefinition> & { readonly validator?: OperationValidators } = {},
) =>
  createClient<{ op: Call<Loose, unknown, CallError> }>(
    {
      api,
      operations: { op: operation(overrides) },
      ...(more.validator && { validators: { op: more.validator } }),
      ...more,
      features: [styles, ...(more.features ?? [])],
    },
    { environment: {}, ...options },
  );

/** Tests do not wait. The delays are recorded instead. */
export function noWait(random = 1) {
  const waits: number[] = [];
  return { waits, clock: { sleep: async (ms: number) => void waits.push(ms), random: () => random } };
}
