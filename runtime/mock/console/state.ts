import { describeCondition } from '../../contract/index.ts';
import type { Gateway } from '../gateway.ts';
import type { Preference } from '../prefer.ts';
import { SCENARIOS, type Scenario } from '../scenario.ts';
import { SPOILS } from '../send.ts';
import type { DeclaredResponse, MockOperation } from '../types.ts';
import { type ServerState, serversOf } from './document-facts.ts';
import type { LoginState, Logins } from './login.ts';

/** One operation in lists. Its page fetches the details. */
export type OperationState = {
  readonly id: string;
  readonly identifier: string;
  readonly method: string;
  readonly path: string;
  readonly webhook: boolean;
  /** The conditions of dispatch: `action=create-session`, `no user_id`. */
  readonly when: readonly string[];
  readonly summary: string;
  readonly inferred: boolean;
  readonly deprecated: boolean;
  readonly tags: readonly string[];
};

/** One provider in the console. */
export type ProviderState = {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly summary: string;
  readonly baseUrl: string;
  /** Why the spec cannot be loaded, or could not be loaded when it was last saved. */
  readonly problem: string | undefined;
  readonly operations: readonly OperationState[];
  readonly sessions: boolean;
  /** The servers that have a name. */
  readonly servers: readonly ServerState[];
  readonly logins: readonly LoginState[];
};

/** `rows`: batches of rows. `user`: lookups of one user. `events`: each webhook, from its example or generated. */
export type FireKind = 'rows' | 'user' | 'events';

/** All data of the console, except the log. */
export type ConsoleState = {
  readonly url: string;
  readonly verify: boolean;
  readonly stateful: boolean;
  readonly providers: readonly ProviderState[];
  readonly scenarios: readonly Scenario[];
  readonly scenario: Scenario;
  readonly pins: Readonly<Record<string, Preference>>;
  readonly spoils: readonly string[];
  /** The kind of form, by provider that sends webhooks. */
  readonly fires: Readonly<Record<string, FireKind>>;
  readonly docs: boolean;
};

/** Reads the data of the page, without credentials. */
export async function readState(
  gateway: Gateway,
  more: Pick<ConsoleState, 'url' | 'fires' | 'stateful' | 'docs'>,
  logins: Logins,
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
          servers: [],
          logins: [],
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
        operations: operations.map(describe),
        sessions: Object.values(api.securitySchemes).some(({ kind }) => kind === 'session'),
        servers: serversOf(loaded.provider),
        logins: logins.stateOf(loaded.provider),
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

function describe({ descriptor, ...operation }: MockOperation): OperationState {
  return {
    id: descriptor.id,
    identifier: operation.identifier,
    method: descriptor.method,
    path: descriptor.path,
    webhook: descriptor.webhook === true,
    when: (descriptor.when ?? []).map(describeCondition),
    summary: operation.summary,
    inferred: operation.inferred,
    deprecated: operation.deprecated,
    tags: operation.tags,
  };
}

/** The header that selects exactly this response. */
export function preferOf({ status, name, code }: Pick<DeclaredResponse, 'status' | 'name' | 'code'>): string {
  const concrete = /^\d{3}$/.test(status)
    ? status
    : status === 'default'
      ? '500'
      : String(Math.floor(Number(code) / 100) === Number(status[0]) ? code : Number(status[0]) * 100);
  const quoted = name === undefined ? undefined : /^[\w.-]+$/.test(name) ? name : JSON.stringify(name);
  return [`status=${concrete}`, ...(quoted === undefined ? [] : [`example=${quoted}`])].join(', ');
}
