CREATE TABLE dailyplay.api_keys (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  org_id bigint NOT NULL,
  name text NOT NULL,
  description text,
  -- SHA-256 of the key, in hex. The key itself is nowhere.
  key_hash text NOT NULL UNIQUE,
  key_prefix text NOT NULL,
  -- NULL: every game and stream.
  allowed_game_ids bigint[],
  rate_limit_per_minute integer CHECK (rate_limit_per_minute > 0),
  rate_limit_per_day integer CHECK (rate_limit_per_day > 0),
  expires_at timestamptz,
  created_at timestamptz NOT NULL,
  revoked_at timestamptz
);
--> statement-breakpoint
CREATE INDEX api_keys_org ON dailyplay.api_keys (org_id, id);
--> statement-breakpoint
CREATE TABLE dailyplay.sessions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  token uuid NOT NULL UNIQUE,
  org_id bigint NOT NULL,
  api_key_id bigint NOT NULL REFERENCES dailyplay.api_keys (id),
  game_id bigint,
  stream_id bigint,
  external_ref text,
  metadata text,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  consumed_at timestamptz,
  player_uuid text,
  CHECK (game_id IS NOT NULL OR stream_id IS NOT NULL)
);
--> statement-breakpoint
CREATE INDEX sessions_expires_at ON dailyplay.sessions (expires_at);
--> statement-breakpoint
-- Which dashboard users belong to which organizations, by the subject of their Clerk tokens.
CREATE TABLE dailyplay.members (
  org_id bigint NOT NULL,
  user_id text NOT NULL,
  PRIMARY KEY (org_id, user_id)
);
