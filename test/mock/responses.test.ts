import type { Code } from '@countersign/runtime/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueAt } from '../../runtime/contract/index.ts';
import { preferOf } from '../../runtime/mock/console/state.ts';
import type { DeclaredResponse, MockOperation, MockProvider } from '../../runtime/mock/types.ts';
import { call, generatedValidators, issuesOf, loadProvider, PROVIDERS, type Started, startGateway } from './support.ts';

let mock: Started;
beforeAll(async () => {
  mock = await startGateway();
});
afterAll(() => mock.close());

const providers = await Promise.all(PROVIDERS.map(loadProvider));
const operations = providers.flatMap((provider) => provider.operations.map((operation) => ({ provider, operation })));

type Row = { readonly provider: MockProvider; readonly operation: MockOperation; readonly answer: DeclaredResponse };

const responses: readonly (readonly [string, Row])[] = operations.flatMap(({ provider, operation }) =>
  operation.responses.map((answer) => {
    const { id } = operation.descriptor;
    return [`${provider.api.provider} ${id} ${answer.status} ${answer.name}`, { provider, operation, answer }] as const;
  }),
);

async function expectValid(name: string, operation: string, declared: string, body: unknown): Promise<void> {
  const byType = (await generatedValidators(name))[operation]?.responses[declared] ?? {};
  const [validator] = Object.values(byType);
  if (validator === undefined) throw new Error(`There is no generated validator of ${operation} ${declared}.`);
  expect(await issuesOf(validator, body)).toEqual([]);
}

describe('Prefer selects every declared response, and the generated validator accepts it', () => {
  it('there are more than 200 responses', () => {
    expect(responses.length).toBeGreaterThan(200);
    expect(new Set(responses.map(([name]) => name)).size).toBe(responses.length);
  });

  it.each(responses)('%s', async (_, { provider: { api }, operation: { descriptor }, answer }) => {
    const prefer = preferOf(answer);
    const { status, body } = await call(mock, api.provider, descriptor.id, { prefer });
    const [, wanted] = /status=(\d{3})/.exec(prefer) ?? [];
    expect(status).toBe(Number(wanted));
    const login = Object.values(api.securitySchemes).find(
      (scheme) => scheme.kind === 'session' && scheme.operations.includes(descriptor.id),
    );
    // Each login returns a new token.
    const token = login?.kind === 'session' ? valueAt(answer.value, login.token) : undefined;
    if (token === undefined) expect(body).toEqual(answer.value);
    await expectValid(api.provider, descriptor.id, answer.status, body);
  });
});

describe('Prefer: code selects every declared code', () => {
  const codes: readonly (readonly [string, { provider: MockProvider; operation: MockOperation; code: Code }])[] =
    operations.flatMap(({ provider, operation }) =>
      operation.descriptor.codes.map((code) => {
        const name = `${provider.api.provider} ${operation.descriptor.id} ${code}`;
        return [name, { provider, operation, code }] as const;
      }),
    );

  it.each(codes)('%s', async (_, { provider: { api }, operation: { descriptor }, code }) => {
    const { status, body } = await call(mock, api.provider, descriptor.id, { prefer: `code=${code}` });
    const { envelope } = api;
    if (envelope.code === 'status') {
      expect(status).toBe(code);
    } else {
      expect(valueAt(body, envelope.code)).toBe(code);
      expect(status).toBe(envelope.errors[String(code)]?.status ?? envelope.status);
    }
    const declared = [String(status), `${String(status)[0]}XX`, 'default'].find((wanted) =>
      descriptor.responses.some((each) => each.status === wanted),
    );
    await expectValid(api.provider, descriptor.id, declared ?? 'none', body);
  });
});

describe('responses generated from the schema are valid and successful', () => {
  it.each(operations.map(({ provider, operation }) => [provider.api.provider, operation.descriptor.id] as const))(
    '%s %s',
    async (name, id) => {
      const first = await call(mock, name, id, { prefer: 'dynamic=true, seed=7' });
      expect(first.error).toBeUndefined();
      await expectValid(name, id, String(first.status), first.body);
      const login = /authToken|login/.test(id);
      const again = await call(mock, name, id, { prefer: 'dynamic=true, seed=7' });
      if (!login) expect(again.body).toEqual(first.body);
    },
  );
});
