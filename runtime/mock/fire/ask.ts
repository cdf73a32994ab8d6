import type { ExampleInput } from '../types.ts';
import { fireOne, noRedirects } from './push.ts';
import { checkTarget, type Fire } from './types.ts';

export type AskAndJudge = {
  /** operationId of the question for the rules. */
  readonly rules: string;
  /** operationId of the question for one user's attributes. */
  readonly attributes: string;
  readonly inputOf: (user: string) => ExampleInput;
  /** From both answers' bodies; the failures in sentences. */
  readonly judge: (
    rules: unknown,
    attributes: unknown,
  ) => { readonly passed: boolean; readonly failures: readonly string[] };
};

/** Asks for the rules and for a user's attributes, as the provider does, and judges by them. */
export const askAndJudge =
  (plan: AskAndJudge): Fire =>
  async ({ provider, to, user, fetch = noRedirects, onCall }) => {
    const endpoint = checkTarget(to);
    const ask = async (id: string, input: ExampleInput, what: string) => {
      const operation = provider.operations.find(({ descriptor }) => descriptor.id === id);
      if (!operation) throw new TypeError(`There is no operation ${id}.`);
      const call = await fireOne({ provider, operation, input, endpoint, fetch, what });
      onCall?.(call);
      return call;
    };
    const rules = await ask(plan.rules, {}, 'rules');
    if (user === undefined) {
      const summary = rules.ok ? 'The rules came. Name a user to have a claim judged.' : 'The rules could not be had.';
      return { ok: rules.ok, summary, details: rules.problem ? [`rules: ${rules.problem}`] : [], calls: [rules] };
    }
    const attributes = await ask(plan.attributes, plan.inputOf(user), `attributes of ${user}`);
    const calls = [rules, attributes];
    const problems = calls.flatMap(({ what, problem }) => (problem === undefined ? [] : [`${what}: ${problem}`]));
    if (problems.length > 0) {
      return { ok: false, summary: 'Nothing could be judged.', details: problems, calls };
    }
    const { passed, failures } = plan.judge(JSON.parse(rules.body), JSON.parse(attributes.body));
    return {
      ok: passed,
      summary: passed ? `User ${user} may claim: every rule holds.` : `User ${user} may not claim.`,
      details: failures,
      calls,
    };
  };
