import type { NaverLogin } from './naver.ts';
import type { Apps } from './store/apps.ts';
import type { Data } from './store/data.ts';
import type { Mails } from './store/mails.ts';
import type { Ranking } from './store/ranking.ts';
import type { Rewards } from './store/rewards.ts';
import type { Scores } from './store/scores.ts';
import type { Sessions } from './store/sessions.ts';
import type { Users } from './store/users.ts';

/** The services of handlers in `context.services`. */
export type Services = {
  readonly apps: Apps;
  readonly users: Users;
  readonly sessions: Sessions;
  readonly data: Data;
  readonly mails: Mails;
  readonly rewards: Rewards;
  readonly scores: Scores;
  readonly ranking: Ranking;
  readonly naver: NaverLogin;
};
