-- Games, by the hash of their app key.
CREATE TABLE plattr.apps (
  id bigserial PRIMARY KEY,
  name text NOT NULL,
  key_hash text NOT NULL UNIQUE
);
--> statement-breakpoint
-- A user of one game. The subject is the hash of a device's UUID, or Naver's id of the user.
CREATE TABLE plattr.users (
  id bigserial PRIMARY KEY,
  app_id bigint NOT NULL REFERENCES plattr.apps (id),
  kind text NOT NULL CHECK (kind IN ('device', 'naver')),
  subject text NOT NULL,
  created_at bigint NOT NULL,
  UNIQUE (app_id, kind, subject)
);
--> statement-breakpoint
CREATE TABLE plattr.sessions (
  token_hash text PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES plattr.users (id),
  device_hash text NOT NULL,
  expires_at bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX sessions_by_user ON plattr.sessions (user_id);
--> statement-breakpoint
CREATE INDEX sessions_by_expiry ON plattr.sessions (expires_at);
--> statement-breakpoint
CREATE TABLE plattr.user_data (
  user_id bigint NOT NULL REFERENCES plattr.users (id),
  key text NOT NULL,
  value text NOT NULL,
  PRIMARY KEY (user_id, key)
);
--> statement-breakpoint
CREATE TABLE plattr.rewards (
  id bigserial PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES plattr.users (id),
  change text NOT NULL,
  valid boolean NOT NULL DEFAULT true
);
--> statement-breakpoint
CREATE INDEX rewards_by_user ON plattr.rewards (user_id);
--> statement-breakpoint
CREATE TABLE plattr.mails (
  id bigserial PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES plattr.users (id),
  content text NOT NULL,
  reward_id bigint
);
--> statement-breakpoint
CREATE INDEX mails_by_user ON plattr.mails (user_id, id);
--> statement-breakpoint
CREATE INDEX mails_by_reward ON plattr.mails (reward_id) WHERE reward_id IS NOT NULL;
--> statement-breakpoint
CREATE TABLE plattr.leaderboards (
  id bigserial PRIMARY KEY,
  app_id bigint NOT NULL REFERENCES plattr.apps (id),
  key text NOT NULL,
  UNIQUE (app_id, key)
);
--> statement-breakpoint
-- sort_key is the value as an integer of the same order. replaced_key is the one before it.
CREATE TABLE plattr.scores (
  leaderboard_id bigint NOT NULL REFERENCES plattr.leaderboards (id),
  user_id bigint NOT NULL REFERENCES plattr.users (id),
  value double precision NOT NULL,
  sort_key bigint NOT NULL,
  replaced_key bigint,
  PRIMARY KEY (leaderboard_id, user_id)
);
--> statement-breakpoint
CREATE INDEX scores_by_rank ON plattr.scores (leaderboard_id, sort_key DESC, user_id);
--> statement-breakpoint
CREATE INDEX scores_by_user ON plattr.scores (user_id);
--> statement-breakpoint
-- How many scores are in an aligned range of 2^(64 - 4 level) sort keys that begins at low. See store/ranking.ts.
CREATE TABLE plattr.score_buckets (
  leaderboard_id bigint NOT NULL REFERENCES plattr.leaderboards (id),
  level smallint NOT NULL,
  low bigint NOT NULL,
  count bigint NOT NULL,
  split boolean NOT NULL DEFAULT false,
  PRIMARY KEY (leaderboard_id, level, low)
);
--> statement-breakpoint
-- What the buckets do not count yet.
CREATE TABLE plattr.score_changes (
  id bigserial PRIMARY KEY,
  leaderboard_id bigint NOT NULL,
  sort_key bigint NOT NULL,
  amount smallint NOT NULL CHECK (amount IN (-1, 1))
);
--> statement-breakpoint
CREATE INDEX score_changes_by_key ON plattr.score_changes (leaderboard_id, sort_key) INCLUDE (amount);
