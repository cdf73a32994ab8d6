import type { PlattrHandlers } from '@countersign/plattr/server';
import { done, notFound, withdrawn } from '../responses.ts';
import type { Services } from '../services.ts';
import type { Session } from '../store/sessions.ts';

type Handlers = PlattrHandlers<Services>;

export const createMail: Handlers['createMail'] = async ({ body }, { services, identity }) => {
  const id = await services.mails.create((identity['session'] as Session).userId, body.content);
  return id === undefined ? withdrawn : { data: { result_code: 0, id } };
};

export const listMails: Handlers['listMails'] = async ({ query }, { services, identity }) => {
  const { after_mail_id: after, limit = 10 } = query;
  const rows = await services.mails.list((identity['session'] as Session).userId, { after, limit });
  const mails = rows.map(({ id, content, rewardId }) =>
    rewardId === null ? { id, content } : { id, content, reward_id: rewardId },
  );
  return { data: { result_code: 0, mails } };
};

export const updateMail: Handlers['updateMail'] = async ({ path, body }, { services, identity }) => {
  const { userId } = identity['session'] as Session;
  return (await services.mails.update(userId, path.id, body.content)) ? done : notFound;
};

export const deleteMail: Handlers['deleteMail'] = async ({ path }, { services, identity }) => {
  const { userId } = identity['session'] as Session;
  return (await services.mails.delete(userId, path.id)) ? done : notFound;
};

export const deleteAllMails: Handlers['deleteAllMails'] = async (_input, { services, identity }) => {
  await services.mails.deleteAll((identity['session'] as Session).userId);
  return done;
};
