-- Messages that a sender may send again: being handled while status is null, else handled and answered with it.
CREATE TABLE countersign.deliveries (
  key text PRIMARY KEY,
  owner text NOT NULL,
  expires_at timestamptz NOT NULL,
  status integer,
  content_type text,
  body text
);
--> statement-breakpoint
CREATE INDEX deliveries_expires_at ON countersign.deliveries (expires_at);
