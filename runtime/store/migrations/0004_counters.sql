-- The last nonce of each caller whose nonces grow, shared by all processes.
CREATE TABLE countersign.counters (
  key text PRIMARY KEY,
  last numeric NOT NULL
);
