import type { PlattrHandlers } from '@countersign/plattr/server';
import { conditionNotMet, done, invalidParameter, withdrawn } from '../responses.ts';
import { areCalculable } from '../rules/changes.ts';
import type { Services } from '../services.ts';
import type { Session } from '../store/sessions.ts';
import { readUserData } from '../user-data.ts';

type Handlers = PlattrHandlers<Services>;

export const getData: Handlers['getData'] = async ({ query }, { services, identity }) => {
  const { userId } = identity['session'] as Session;
  return { data: { result_code: 0, data: await readUserData(services, userId, query.key) } };
};

/** Makes all changes if all conditions hold. Otherwise, nothing is changed. */
export const setData: Handlers['setData'] = async ({ body }, { services, identity }) => {
  const { condition = [], data } = body;
  if (!areCalculable(data)) return invalidParameter;
  const outcome = await services.data.change((identity['session'] as Session).userId, condition, data);
  switch (outcome) {
    case 'done':
      return done;
    case 'unmet':
      return conditionNotMet;
    case 'gone':
      return withdrawn;
  }
};
