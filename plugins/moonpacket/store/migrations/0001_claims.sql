-- What a user must satisfy, by attribute. Condition and attributes are JSON.
CREATE TABLE moonpacket.rules (
  attribute text PRIMARY KEY,
  condition text NOT NULL
);
--> statement-breakpoint
CREATE TABLE moonpacket.users (
  user_id text PRIMARY KEY,
  attributes text NOT NULL
);
