CREATE TABLE dicey_fun.dice_merchant (
  id bigserial PRIMARY KEY,
  agent_id text NOT NULL UNIQUE,
  secret text NOT NULL,
  api_key text NOT NULL,
  agent_token text,
  game_url text NOT NULL,
  lobby_url text,
  lang text NOT NULL CHECK (lang IN ('zh', 'en')),
  callback_url text,
  ip_whitelist text NOT NULL
)
--> statement-breakpoint
CREATE TABLE dicey_fun.dice_game (
  id bigserial PRIMARY KEY,
  provider text NOT NULL,
  provider_code text NOT NULL,
  game_code text NOT NULL,
  game_key text NOT NULL UNIQUE,
  game_type text NOT NULL,
  game_name_zh text NOT NULL,
  game_name_en text NOT NULL,
  logo text NOT NULL,
  game_url text NOT NULL,
  hall_url text NOT NULL,
  status smallint NOT NULL CHECK (status IN (0, 1)),
  sort integer NOT NULL,
  merchant_config_json text,
  sensitive_config_json text,
  create_time bigint NOT NULL,
  update_time bigint NOT NULL
)
--> statement-breakpoint
CREATE TABLE dicey_fun.dice_player (
  id bigserial PRIMARY KEY,
  username text NOT NULL,
  username_key text NOT NULL UNIQUE,
  phone text,
  coin bigint NOT NULL,
  create_time bigint NOT NULL,
  update_time bigint NOT NULL,
  -- What JSON carries exactly everywhere: 2^53 - 1.
  CONSTRAINT dice_player_no_overdraft CHECK (coin BETWEEN 0 AND 9007199254740991)
)
--> statement-breakpoint
CREATE TABLE dicey_fun.dice_player_wallet_record (
  id bigserial PRIMARY KEY,
  player_id bigint NOT NULL,
  admin_id bigint,
  coin bigint NOT NULL,
  type smallint NOT NULL CHECK (type IN (0, 1, 2)),
  wallet_before bigint NOT NULL,
  wallet_after bigint NOT NULL,
  remark text,
  create_time bigint NOT NULL,
  update_time bigint NOT NULL,
  CONSTRAINT dice_wallet_adds_up CHECK (wallet_after = wallet_before + coin)
)
--> statement-breakpoint
CREATE INDEX dice_wallet_by_player ON dicey_fun.dice_player_wallet_record (player_id, id)
--> statement-breakpoint
CREATE INDEX dice_wallet_by_time ON dicey_fun.dice_player_wallet_record (create_time)
--> statement-breakpoint
CREATE TABLE dicey_fun.dice_play_record (
  id bigserial PRIMARY KEY,
  player_id bigint NOT NULL,
  admin_id bigint,
  lottery_config_id bigint,
  lottery_type smallint NOT NULL,
  ante integer NOT NULL,
  paid_amount bigint NOT NULL,
  is_win smallint NOT NULL,
  win_coin bigint NOT NULL,
  super_win_coin bigint NOT NULL,
  reward_win_coin bigint NOT NULL,
  use_coins bigint NOT NULL,
  direction smallint NOT NULL,
  reward_tier text,
  lottery_id bigint,
  start_index integer,
  target_index integer,
  roll_array text,
  roll_number integer,
  lottery_name text,
  status smallint NOT NULL,
  create_time bigint NOT NULL,
  update_time bigint NOT NULL
)
--> statement-breakpoint
CREATE INDEX dice_play_by_player ON dicey_fun.dice_play_record (player_id, id)
--> statement-breakpoint
CREATE INDEX dice_play_by_time ON dicey_fun.dice_play_record (create_time)
--> statement-breakpoint
CREATE TABLE dicey_fun.dice_player_ticket_record (
  id bigserial PRIMARY KEY,
  player_id bigint NOT NULL,
  admin_id bigint,
  use_coins bigint NOT NULL,
  ante integer NOT NULL,
  total_ticket_count integer NOT NULL,
  paid_ticket_count integer NOT NULL,
  free_ticket_count integer NOT NULL,
  remark text,
  create_time bigint NOT NULL,
  update_time bigint NOT NULL
)
--> statement-breakpoint
CREATE INDEX dice_ticket_by_player ON dicey_fun.dice_player_ticket_record (player_id, id)
--> statement-breakpoint
CREATE INDEX dice_ticket_by_time ON dicey_fun.dice_player_ticket_record (create_time)
