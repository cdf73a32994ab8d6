import type { PlattrHandlers } from '@countersign/plattr/server';
import { conditionNotMet, done, invalidParameter, notFound, withdrawn } from '../responses.ts';
import { areCalculable } from '../rules/changes.ts';
import type { Services } from '../services.ts';
import type { Session } from '../store/sessions.ts';

type Handlers = PlattrHandlers<Services>;

/** Amounts are validated here, when the sender of the reward can still correct them. */
export const createReward: Handlers['createReward'] = async ({ body }, { services, identity }) => {
  const { change, mail_content } = body;
  if (!areCalculable(change)) return invalidParameter;
  const given = await services.rewards.give((identity['session'] as Session).userId, change, mail_content);
  if (given === undefined) return withdrawn;
  const { id, mailId } = given;
  return { data: mailId === undefined ? { result_code: 0, id } : { result_code: 0, id, mail_id: mailId } };
};

export const getReward: Handlers['getReward'] = async ({ path }, { services, identity }) => {
  const reward = await services.rewards.find((identity['session'] as Session).userId, path.id);
  if (reward === undefined) return notFound;
  const change = reward.change.map(({ key, value, command = 'set' }) => ({ key, value, command }));
  return { data: { result_code: 0, change, valid: reward.valid } };
};

export const applyReward: Handlers['applyReward'] = async ({ path, body }, { services, identity }) => {
  const { userId } = identity['session'] as Session;
  const outcome = await services.rewards.apply(userId, path.id, body?.delete_mail ?? false);
  switch (outcome) {
    case 'done':
      return done;
    case 'unmet':
      return conditionNotMet;
    case 'unknown':
      return notFound;
    case 'gone':
      return withdrawn;
  }
};

export const invalidateReward: Handlers['invalidateReward'] = async ({ path, body }, { services, identity }) => {
  const { userId } = identity['session'] as Session;
  return (await services.rewards.invalidate(userId, path.id, body?.delete_mail ?? false)) ? done : notFound;
};
