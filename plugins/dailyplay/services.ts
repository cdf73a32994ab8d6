import type { ApiKeys } from './store/api-keys.ts';
import type { Members } from './store/members.ts';
import type { Sessions } from './store/sessions.ts';

/** The services of DailyPlay's handlers in `context.services`. */
export type Services = {
  readonly sessions: Sessions;
  readonly apiKeys: ApiKeys;
  readonly members: Members;
};
