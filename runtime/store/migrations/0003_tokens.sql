-- Tokens that clients hold, shared by all processes. Encrypted where the store has a key.
CREATE TABLE countersign.tokens (
  key text PRIMARY KEY,
  token text NOT NULL,
  issued_at bigint NOT NULL,
  expires_at timestamptz
);
--> statement-breakpoint
CREATE INDEX tokens_expires_at ON countersign.tokens (expires_at);
