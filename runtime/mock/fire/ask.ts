import { send } from '../send.ts';
import type { ExampleInput, MockOperation } from '../types.ts';
import { flawOf } from './flaw-of.ts';
import { noRedirects, redirected } from './hear.ts';
import { patienceOf } from './patience.ts';
import { checkTarget, type Fire, type FiredCall } from './types.ts';

/** A check that sends two requests to the receiver and compares the responses. */
export type AskAndJudge = {
  /** The operationId of the request for the rules. */
  readonly rules: string;
  /** The operationId of the request for the attributes of a user. */
  readonly attributes: string;
  readonly inputOf: (user: string) => ExampleInput;
  /** Headers that the provider sends and that a contract cannot declare, such as the `content-type` of a GET. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Compares both response bodies. Returns each failure as a sentence. */
  readonly judge: (
    rules: unknown,
    attributes: unknown,
  ) => { readonly passed: boolean; readonly failures: readonly string[] };
};

/** Creates the check that requests the rules and the attributes of a user, as the provider does, and compares them. */
export const askAndJudge =
  (plan: AskAndJudge): Fire =>
  async ({ provider, to, user, fetch = noRedirects, onCall }) => {
    const endpoint = checkTarget(to);
    const ask = async (id: string, input: ExampleInput, what: string) => {
      const operation = provider.operations.find(({ descriptor }) => descriptor.id === id);
      if (!operation) throw new TypeError(`The operation ${id} does not exist.`);
      const call = await askOne({
        provider,
        operation,
        input,
        endpoint,
        fetch: withHeaders(fetch, plan.headers),
        what,
      });
      onCall?.(call);
      return call;
    };
    const rules = await ask(plan.rules, {}, 'rules');
    if (user === undefined) {
      const summary = rules.ok
        ? 'The rules were received. Add --user to check a claim.'
        : 'The rules could not be loaded.';
      return { ok: rules.ok, summary, details: rules.problem ? [`rules: ${rules.problem}`] : [], calls: [rules] };
    }
    const attributes = await ask(plan.attributes, plan.inputOf(user), `attributes of ${user}`);
    const calls = [rules, attributes];
    const problems = calls.flatMap(({ what, problem }) => (problem === undefined ? [] : [`${what}: ${problem}`]));
    if (problems.length > 0) {
      return { ok: false, summary: 'The claim could not be checked.', details: problems, calls };
    }
    const { passed, failures } = plan.judge(JSON.parse(rules.body), JSON.parse(attributes.body));
    return {
      ok: passed,
      summary: passed ? `User ${user} may claim: every rule is met.` : `User ${user} may not claim.`,
      details: failures,
      calls,
    };
  };

function withHeaders(fetch: One['fetch'], more: Readonly<Record<string, string>> = {}): One['fetch'] {
  return (url, init) => {
    const headers = new Headers(init.headers);
    for (const [name, value] of Object.entries(more)) headers.set(name, value);
    return fetch(url, { ...init, headers });
  };
}

type One = {
  readonly provider: Parameters<Fire>[0]['provider'];
  readonly operation: MockOperation;
  readonly input: ExampleInput;
  readonly endpoint: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly what: string;
};

async function askOne({ provider, operation, input, endpoint, fetch, what }: One): Promise<FiredCall> {
  const { descriptor, validators } = operation;
  const sent = await send({
    provider,
    operation: descriptor.id,
    input,
    baseUrl: endpoint,
    endpoint,
    fetch,
    timeout: patienceOf(provider, descriptor),
  });
  const { response, error, ms } = sent;
  const flaw = response && error === undefined ? await flawOf(validators, response) : undefined;
  const problem = redirected(response?.status) ?? error ?? flaw;
  return {
    operation: descriptor.id,
    what,
    ok: problem === undefined,
    status: response?.status,
    body: response?.body ?? '',
    ms,
    problem,
  };
}
