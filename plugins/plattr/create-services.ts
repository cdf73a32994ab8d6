import type { Database } from '@countersign/runtime/store';
import type { NaverLogin } from './naver.ts';
import type { Services } from './services.ts';
import { createApps } from './store/apps.ts';
import { createData } from './store/data.ts';
import { createMails } from './store/mails.ts';
import { createRanking } from './store/ranking.ts';
import { createRewards } from './store/rewards.ts';
import { createScores } from './store/scores.ts';
import { createSessions } from './store/sessions.ts';
import { createUsers } from './store/users.ts';

export type ServiceOptions = {
  readonly naver: NaverLogin;
  /** Lifetime of an access token in milliseconds. Default one day. */
  readonly tokenLifetime?: number;
};

/** Creates the services of one process's handlers. All persistent data is in the database. */
export function createServices(db: Database, { naver, tokenLifetime = 86_400_000 }: ServiceOptions): Services {
  return {
    apps: createApps(db),
    users: createUsers(db),
    sessions: createSessions(db, tokenLifetime),
    data: createData(db),
    mails: createMails(db),
    rewards: createRewards(db),
    scores: createScores(db),
    ranking: createRanking(db),
    naver,
  };
}
