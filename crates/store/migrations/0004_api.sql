-- Keys for programs, and what was done under keys that make a repeated request do nothing twice.

CREATE TABLE api_token (
  token_hash bytea NOT NULL PRIMARY KEY,
  id bigint NOT NULL,
  user_id bigint NOT NULL,
  name text NOT NULL,
  scopes text NOT NULL,
  made_at_ms bigint NOT NULL,
  until_ms bigint NOT NULL,
  seen_at_ms bigint,
  state text NOT NULL
);
CREATE INDEX api_token_by_user ON api_token (user_id);

CREATE TABLE done_once (
  user_id bigint NOT NULL,
  once_key text NOT NULL,
  asked bytea NOT NULL,
  target text NOT NULL,
  at_ms bigint NOT NULL,
  PRIMARY KEY (user_id, once_key)
);
CREATE INDEX done_once_by_time ON done_once (at_ms);
