-- Areas, units, posts, users, sessions, audit, keys.
-- One text for both databases: bigint, text and bytea only; instants are milliseconds, civil dates and states text.
-- Big tables are keyed by (area, …), the home county; small ones are the same on every node.

CREATE TABLE meta (
  name text NOT NULL PRIMARY KEY,
  value text NOT NULL
);

CREATE TABLE data_key (
  id bigint NOT NULL PRIMARY KEY,
  wrapped bytea NOT NULL,
  made_at_ms bigint NOT NULL
);

CREATE TABLE area (
  code text NOT NULL PRIMARY KEY,
  parent text NOT NULL,
  version bigint NOT NULL
);
CREATE INDEX area_by_parent ON area (parent, code);

CREATE TABLE area_name (
  code text NOT NULL,
  from_on text NOT NULL,
  name text NOT NULL,
  short text NOT NULL,
  PRIMARY KEY (code, from_on)
);

CREATE TABLE area_population (
  code text NOT NULL,
  counted_on text NOT NULL,
  n bigint,
  source text NOT NULL,
  PRIMARY KEY (code, counted_on)
);

CREATE TABLE unit (
  area text NOT NULL,
  id bigint NOT NULL,
  division text NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  name_key text NOT NULL,
  name_once text NOT NULL,
  parent bigint,
  duty_phone text NOT NULL,
  state text NOT NULL,
  merged_into bigint,
  version bigint NOT NULL,
  PRIMARY KEY (area, id)
);
CREATE UNIQUE INDEX unit_name_once ON unit (area, division, name_once);
CREATE INDEX unit_by_name ON unit (name_key, id);
CREATE INDEX unit_by_division ON unit (division, name_key, id);
CREATE INDEX unit_by_id ON unit (id);
CREATE INDEX unit_by_parent ON unit (parent);
CREATE INDEX unit_by_merged ON unit (merged_into);

CREATE TABLE unit_alias (
  area text NOT NULL,
  unit bigint NOT NULL,
  alias_key text NOT NULL,
  alias text NOT NULL,
  kind text NOT NULL,
  noted_on text NOT NULL,
  PRIMARY KEY (area, unit, alias_key)
);
CREATE INDEX unit_alias_by_key ON unit_alias (alias_key, unit);

CREATE TABLE post (
  area text NOT NULL,
  id bigint NOT NULL,
  unit bigint NOT NULL,
  title text NOT NULL,
  place_in_order bigint NOT NULL,
  duty_phone text NOT NULL,
  state text NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (area, id)
);
CREATE INDEX post_by_unit ON post (area, unit, place_in_order, id);

CREATE TABLE incumbency (
  area text NOT NULL,
  id bigint NOT NULL,
  post bigint NOT NULL,
  person text NOT NULL,
  phone bytea,
  from_on text NOT NULL,
  until_on text,
  tenure text NOT NULL,
  state text NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (area, id)
);
CREATE INDEX incumbency_by_post ON incumbency (area, post, from_on);

CREATE TABLE users (
  id bigint NOT NULL PRIMARY KEY,
  login text NOT NULL,
  login_key text NOT NULL,
  name text NOT NULL,
  state text NOT NULL,
  lang text NOT NULL,
  password text,
  failures bigint NOT NULL,
  failed_at_ms bigint NOT NULL,
  totp bytea,
  totp_state text NOT NULL,
  totp_step bigint NOT NULL,
  made_at_ms bigint NOT NULL,
  version bigint NOT NULL
);
CREATE UNIQUE INDEX users_login ON users (login_key);

CREATE TABLE recovery_code (
  user_id bigint NOT NULL,
  code_hash bytea NOT NULL,
  PRIMARY KEY (user_id, code_hash)
);

CREATE TABLE role_grant (
  id bigint NOT NULL PRIMARY KEY,
  user_id bigint NOT NULL,
  role text NOT NULL,
  area text,
  unit bigint,
  from_on text NOT NULL,
  until_on text,
  ended_at_ms bigint,
  given_by bigint
);
CREATE INDEX role_grant_by_user ON role_grant (user_id);

CREATE TABLE invitation (
  token_hash bytea NOT NULL PRIMARY KEY,
  user_id bigint,
  purpose text NOT NULL,
  until_ms bigint NOT NULL,
  used_at_ms bigint
);

CREATE TABLE session (
  token_hash bytea NOT NULL PRIMARY KEY,
  id bigint NOT NULL,
  user_id bigint NOT NULL,
  state text NOT NULL,
  started_at_ms bigint NOT NULL,
  seen_at_ms bigint NOT NULL,
  agent text NOT NULL
);
CREATE INDEX session_by_user ON session (user_id);

CREATE TABLE audit_chain (
  day text NOT NULL,
  chain bigint NOT NULL,
  n bigint NOT NULL,
  mac bytea NOT NULL,
  before_day text NOT NULL,
  before_chain bigint NOT NULL,
  before_n bigint NOT NULL,
  seal bytea NOT NULL,
  PRIMARY KEY (day, chain)
);

CREATE TABLE audit (
  day text NOT NULL,
  chain bigint NOT NULL,
  n bigint NOT NULL,
  at_ms bigint NOT NULL,
  who bigint,
  who_name text NOT NULL,
  act text NOT NULL,
  area text NOT NULL,
  target text NOT NULL,
  why text NOT NULL,
  detail text NOT NULL,
  request text NOT NULL,
  mac bytea NOT NULL,
  PRIMARY KEY (day, chain, n)
);
CREATE INDEX audit_by_time ON audit (at_ms, chain, n);
CREATE INDEX audit_by_target ON audit (target, at_ms);
