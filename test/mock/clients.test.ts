import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MockOperation } from '../../runtime/mock/types.ts';
import { loadProvider, PROVIDERS, type Started, startGateway, workspace } from './support.ts';

type Result = {
  readonly data?: unknown;
  readonly error?: { readonly name: string; readonly code?: unknown; readonly message: string };
};
type Call = (input?: unknown, options?: object) => Promise<Result>;
type Package = Readonly<Record<string, unknown>> & { readonly errors: Readonly<Record<string, unknown>> };

let mock: Started;
beforeAll(async () => {
  mock = await startGateway();
});
afterAll(() => mock.close());

/** The generated client as its users import it, against the mock, with only the demo credentials. */
async function openClient(
  name: string,
): Promise<{ readonly client: Record<string, Call>; readonly codes: Package['errors'] }> {
  const provider = await loadProvider(name);
  const generated = (await import(join(workspace.generated, name, 'src/index.ts'))) as Package;
  const { errors } = (await import(join(workspace.generated, name, 'src/errors.ts'))) as Package;
  const create = generated[`create${provider.prefix}Client`] as (options: object) => Record<string, Call>;
  const webhook = provider.operations.find(({ descriptor }) => descriptor.webhook);
  const client = create({
    baseUrl: `${mock.url}/${name}`,
    ...(webhook && { endpoint: `${mock.url}/${name}${webhook.descriptor.path}` }),
    credentials: provider.credentials,
    environment: {},
    retry: false,
    validation: { input: 'throw', responses: 'throw' },
  });
  return { client, codes: errors };
}

describe.each(PROVIDERS)('the generated client of %s', async (name) => {
  const { operations, api } = await loadProvider(name);
  const inputs: readonly (readonly [string, MockOperation, unknown])[] = operations.flatMap((operation) =>
    [...operation.inputs].map(
      ([example, input]) => [`${operation.descriptor.id} ${example}`, operation, input] as const,
    ),
  );

  it.each(inputs)('%s: request and response match the contract', async (_, operation, input) => {
    const { client } = await openClient(name);
    const result = await client[operation.identifier]?.(input);
    expect(result?.error).toBeUndefined();
    expect(mock.gateway.log.recent().at(-1)).toMatchObject({ operation: operation.descriptor.id, ok: true });
  });

  const failures = operations.flatMap((operation) =>
    operation.descriptor.codes.map((code) => [operation.descriptor.id, code, operation] as const),
  );
  it.each(failures)('%s: code %s is its typed error', async (_, code, operation) => {
    const { client, codes } = await openClient(name);
    const [input] = operation.inputs.values();
    const result = await client[operation.identifier]?.(input, { headers: { prefer: `code=${code}` } });
    expect(result?.data).toBeUndefined();
    expect(result?.error?.code).toBe(code);
    const Class = codes[String(code)] as (new () => object) | undefined;
    if (api.envelope.errors[String(code)]) expect(result?.error).toBeInstanceOf(Class);
  });
});
