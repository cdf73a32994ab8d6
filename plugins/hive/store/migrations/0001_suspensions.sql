-- Every suspension that was ever received, once: what arrives again is known by this. Times are local to the time zone
-- that the receiver is set to, as they were sent.
CREATE TABLE hive.changes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  game_index bigint NOT NULL,
  player_id bigint NOT NULL,
  status text NOT NULL CHECK (status IN ('P', 'B')),
  start_date timestamp(0) NOT NULL,
  end_date timestamp(0) NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (game_index, player_id, start_date, end_date, status)
);
--> statement-breakpoint
CREATE INDEX changes_received_at ON hive.changes (received_at);
--> statement-breakpoint
-- The latest change of each player.
CREATE TABLE hive.suspensions (
  game_index bigint NOT NULL,
  player_id bigint NOT NULL,
  status text NOT NULL,
  start_date timestamp(0) NOT NULL,
  end_date timestamp(0) NOT NULL,
  change_id bigint NOT NULL,
  PRIMARY KEY (player_id, game_index)
);
--> statement-breakpoint
CREATE UNIQUE INDEX suspensions_change ON hive.suspensions (change_id);
