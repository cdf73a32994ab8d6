import { askAndJudge, type Fire, pushRows } from '@countersign/runtime/mock/fire';
import { type Attributes, evaluateRules, type Rules } from '../../plugins/moonpacket/rules.ts';

const DAY = 86_400_000;

/** `2026-11-21 03:00:00` in UTC, as Hive writes dates. */
const hiveDate = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');

/** Every fourth player is suspended for good, the others for a day more each. */
function suspension(index: number): object {
  const now = Date.now();
  const permanent = index % 4 === 3;
  return {
    player_id: index + 1,
    status: permanent ? 'P' : 'B',
    start_date: hiveDate(now),
    end_date: permanent ? '9999-12-31 00:00:00' : hiveDate(now + (1 + (index % 30)) * DAY),
  };
}

/** The providers that call their users' servers, and how. */
export const fires: Readonly<Record<string, Fire>> = {
  hive: pushRows('pushSuspensions', suspension),
  moonpacket: askAndJudge({
    rules: 'getRules',
    attributes: 'getUserAttributes',
    inputOf: (user) => ({ query: { user_id: user } }),
    judge: (rules, attributes) => {
      const { passed, failures } = evaluateRules(dataOf<Rules>(rules), dataOf<Attributes>(attributes));
      return { passed, failures: failures.map(({ reason }) => reason) };
    },
  }),
};

const dataOf = <T>(body: unknown): T => (body as { readonly data: T }).data;
