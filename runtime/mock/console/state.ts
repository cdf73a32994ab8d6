import { describeCondition, fixedQuery } from '../../contract/index.ts';
import type { Gateway } from '../gateway.ts';
import type { Preference } from '../prefer.ts';
import { SCENARIOS, type Scenario } from '../scenario.ts';
import { SPOILS } from '../send.ts';
import type { DeclaredAnswer, ExampleInput, MockOperation, MockProvider } from '../types.ts';

/** One operation, as the console shows it. */
export type OperationState = {
  readonly id: string;
  readonly identifier: string;
  readonly method: string;
  readonly path: string;
  readonly webhook: boolean;
  /** `action=create-session`, `no user_id`. */
  readonly when: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly inferred: boolean;
  readonly deprecated: boolean;
  readonly tags: readonly string[];
  readonly security: readonly (readonly { readonly name: string; readonly kind: string }[])[];
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly inferred: boolean;
  }[];
  readonly hasBody: boolean;
  readonly inputs: readonly { readonly name: string; readonly input: ExampleInput }[];
  readonly answers: readonly (Omit<DeclaredAnswer, 'value'> & { readonly body: string; readonly prefer: string })[];
  readonly codes: readonly string[];
};

/** One provider, as the console shows it. */
export type ProviderState = {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly summary: string;
  readonly baseUrl: string;
  /** Why its spec cannot be read, or could not when it was last saved. */
  readonly problem: string | undefined;
  readonly operations: readonly OperationState[];
  readonly sessions: boolean;
};

/** Everything that the console shows, beside the log. */
export type ConsoleState = {
  readonly url: string;
  readonly verify: boolean;
  readonly stateful: boolean;
  readonly providers: readonly ProviderState[];
  readonly scenarios: readonly Scenario[];
  readonly scenario: Scenario;
  readonly pins: Readonly<Record<string, Preference>>;
  readonly spoils: readonly string[];
  /** Providers that call you. */
  readonly fires: readonly string[];
  readonly docs: boolean;
};

/** All that the page shows, without any credential. */
export async function readState(
  gateway: Gateway,
  more: Pick<ConsoleState, 'url' | 'fires' | 'stateful' | 'docs'>,
): Promise<ConsoleState> {
  const { slots, director, verify } = gateway;
  const providers = await Promise.all(
    slots.map(async (slot): Promise<ProviderState> => {
      const baseUrl = `${more.url}${slot.prefix}`;
      const loaded = await slot.get().catch(() => undefined);
      const { problem } = slot;
      if (!loaded) {
        return {
          name: slot.name,
          title: slot.name,
          version: '',
          summary: '',
          baseUrl,
          problem,
          operations: [],
          sessions: false,
        };
      }
      const { api, summary, operations } = loaded.provider;
      return {
        name: slot.name,
        title: api.title,
        version: api.version,
        summary,
        baseUrl,
        problem,
        operations: operations.map((operation) => describe(operation, loaded.provider)),
        sessions: Object.values(api.securitySchemes).some(({ kind }) => kind === 'session'),
      };
    }),
  );
  const known = SCENARIOS.some(({ name }) => name === director.scenario.name);
  return {
    ...more,
    verify,
    providers,
    scenarios: known ? SCENARIOS : [director.scenario, ...SCENARIOS],
    scenario: director.scenario,
    pins: Object.fromEntries(director.pins),
    spoils: SPOILS,
  };
}

function describe(operation: MockOperation, { api }: MockProvider): OperationState {
  const { descriptor, answers, inputs } = operation;
  const fixed = new Set(fixedQuery(descriptor.when));
  return {
    id: descriptor.id,
    identifier: operation.identifier,
    method: descriptor.method,
    path: descriptor.path,
    webhook: descriptor.webhook === true,
    when: (descriptor.when ?? []).map(describeCondition),
    summary: operation.summary,
    description: operation.description,
    inferred: operation.inferred,
    deprecated: operation.deprecated,
    tags: operation.tags,
    security: descriptor.security.map((names) =>
      names.map((name) => ({ name, kind: api.securitySchemes[name]?.kind ?? 'key' })),
    ),
    parameters: descriptor.parameters
      .filter(({ in: place, name }) => !(place === 'query' && fixed.has(name)))
      .map(({ name, in: place, required }) => {
        const inferred = operation.inferredParameters.has(`${place} ${name}`);
        return { name, in: place, required, inferred };
      }),
    hasBody: descriptor.body !== undefined,
    inputs: [...inputs].map(([name, input]) => ({ name, input })),
    answers: answers.map(({ value, ...answer }) => ({
      ...answer,
      body: value === undefined ? '' : JSON.stringify(value, undefined, 2),
      prefer: preferOf(answer),
    })),
    codes: descriptor.codes.map(String),
  };
}

/** The header that gives exactly this answer. */
export function preferOf({ status, name, code }: Pick<DeclaredAnswer, 'status' | 'name' | 'code'>): string {
  const concrete = /^\d{3}$/.test(status)
    ? status
    : status === 'default'
      ? '500'
      : String(Math.floor(Number(code) / 100) === Number(status[0]) ? code : Number(status[0]) * 100);
  const quoted = name === undefined ? undefined : /^[\w.-]+$/.test(name) ? name : JSON.stringify(name);
  return [`status=${concrete}`, ...(quoted === undefined ? [] : [`example=${quoted}`])].join(', ');
}
