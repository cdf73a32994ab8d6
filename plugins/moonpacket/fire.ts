import { askAndJudge, type Fire } from '@countersign/runtime/mock/fire';
import { type Attributes, evaluateRules, type Rules } from './rules.ts';

/** The implementation of `mock fire moonpacket`: requests both modes, and checks the rules. */
export const fire: Fire = askAndJudge({
  rules: 'getRules',
  attributes: 'getUserAttributes',
  // Its document lists the header for its GET requests too.
  headers: { 'content-type': 'application/json' },
  inputOf: (user) => ({ query: { user_id: user } }),
  judge: (rules, attributes) => {
    const { passed, failures } = evaluateRules(dataOf<Rules>(rules), dataOf<Attributes>(attributes));
    return { passed, failures: failures.map(({ reason }) => reason) };
  },
});

const dataOf = <T>(body: unknown): T => (body as { readonly data: T }).data;
