-- Work that is done after the request that asked for it was answered.
-- A job belongs to no area: the table is small and the same on every node.

CREATE TABLE job (
  id bigint NOT NULL PRIMARY KEY,
  kind text NOT NULL,
  once_key text,
  body text NOT NULL,
  state text NOT NULL,
  run_after_ms bigint NOT NULL,
  attempts bigint NOT NULL,
  leased_by bigint NOT NULL,
  lease_until_ms bigint NOT NULL,
  last_error text NOT NULL,
  n_done bigint NOT NULL,
  n_total bigint,
  made_by bigint,
  made_by_name text NOT NULL,
  request text NOT NULL,
  made_at_ms bigint NOT NULL,
  ended_at_ms bigint
);
CREATE UNIQUE INDEX job_once ON job (once_key) WHERE state IN ('waiting', 'running');
CREATE INDEX job_by_state ON job (state, run_after_ms);
CREATE INDEX job_by_kind ON job (kind, id);
