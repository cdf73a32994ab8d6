import { send } from '../send.ts';
import type { ExampleInput, MockOperation } from '../types.ts';
import { noRedirects, redirected } from './hear.ts';
import { patienceOf } from './patience.ts';
import { checkTarget, type Fire, type FiredCall } from './types.ts';

/** The examples of an operation, or one request without input. */
const inputsOf = ({ inputs }: MockOperation): readonly (readonly [name: string, input: ExampleInput])[] =>
  inputs.size === 0 ? [['', {}]] : [...inputs];

/** Each webhook that the contract declares, with each of its examples, signed; `count` times over. */
export const fireEvents: Fire = async ({ provider, to, count, fetch = noRedirects, onCall, operation: asked }) => {
  const endpoint = checkTarget(to);
  const chosen = provider.operations.filter(({ descriptor }) =>
    asked === undefined ? descriptor.webhook : descriptor.id === asked,
  );
  if (chosen.length === 0) {
    const known = provider.operations.map(({ descriptor }) => descriptor.id).join(', ');
    throw new TypeError(
      asked === undefined
        ? 'The contract declares no webhooks.'
        : `There is no operation ${asked}. There are: ${known}`,
    );
  }
  const calls: FiredCall[] = [];
  for (let round = 0; round < count; round += 1)
    for (const one of chosen)
      for (const [name, input] of inputsOf(one)) {
        const { id } = one.descriptor;
        const timeout = patienceOf(provider, one.descriptor);
        const { response, error, ms } = await send({
          provider,
          operation: id,
          input,
          baseUrl: endpoint,
          endpoint,
          fetch,
          timeout,
        });
        const problem = redirected(response?.status) ?? error;
        const call: FiredCall = {
          operation: id,
          what: name === '' ? id : `${id}, ${name}`,
          ok: problem === undefined,
          status: response?.status,
          body: response?.body ?? '',
          ms,
          problem,
        };
        calls.push(call);
        onCall?.(call);
      }
  const taken = calls.filter(({ ok }) => ok).length;
  return {
    ok: taken === calls.length,
    summary: `${taken} of ${calls.length} ${calls.length === 1 ? 'request was' : 'requests were'} accepted.`,
    details: calls.flatMap(({ what, problem }) => (problem === undefined ? [] : [`${what}: ${problem}`])),
    calls,
  };
};
