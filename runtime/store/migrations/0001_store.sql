-- Nonces and signatures that were used, until a replay would be too old anyway.
CREATE TABLE countersign.replays (
  key text PRIMARY KEY,
  expires_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX replays_expires_at ON countersign.replays (expires_at);
--> statement-breakpoint
-- Counters of rate limits, shared by all processes.
CREATE TABLE countersign.rate_limits (
  key text PRIMARY KEY,
  points integer NOT NULL,
  expire timestamptz
);
--> statement-breakpoint
CREATE INDEX rate_limits_expire ON countersign.rate_limits (expire);
--> statement-breakpoint
-- Values that are made once and then stay, such as a sandbox's demo credentials.
CREATE TABLE countersign.kept_values (
  owner text NOT NULL,
  name text NOT NULL,
  value text NOT NULL,
  PRIMARY KEY (owner, name)
);
