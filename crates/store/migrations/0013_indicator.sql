-- Indicators with every version of their definition, the figures as they stand now (a correction replaces one; what was
-- believed before lies in the versions of the report), targets, rules of balance, and the map of a county's areas.
-- Unknown, redacted, not applicable and zero are told apart by `state`; `amount` counts in millionths and is there only
-- where a figure is known. What was never reported has no row.

CREATE TABLE indicator (
  area text NOT NULL,
  id bigint NOT NULL,
  code text NOT NULL,
  body text NOT NULL,
  state text NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (area, id)
);
CREATE UNIQUE INDEX indicator_by_code ON indicator (area, code);
CREATE INDEX indicator_by_id ON indicator (id);

CREATE TABLE indicator_version (
  area text NOT NULL,
  indicator bigint NOT NULL,
  version bigint NOT NULL,
  body text NOT NULL,
  why text NOT NULL,
  by_name text NOT NULL,
  at_ms bigint NOT NULL,
  PRIMARY KEY (area, indicator, version)
);

CREATE TABLE figure (
  area text NOT NULL,
  indicator bigint NOT NULL,
  on_date text NOT NULL,
  place text NOT NULL,
  unit bigint NOT NULL,
  state text NOT NULL,
  amount bigint,
  as_of_ms bigint NOT NULL,
  report bigint,
  version bigint NOT NULL,
  by_name text NOT NULL,
  at_ms bigint NOT NULL,
  PRIMARY KEY (area, indicator, on_date, place, unit)
);

CREATE TABLE target (
  area text NOT NULL,
  id bigint NOT NULL,
  division text NOT NULL,
  body text NOT NULL,
  state text NOT NULL,
  by_name text NOT NULL,
  at_ms bigint NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (area, id)
);

CREATE TABLE balance (
  area text NOT NULL,
  id bigint NOT NULL,
  body text NOT NULL,
  by_name text NOT NULL,
  at_ms bigint NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (area, id)
);

CREATE TABLE area_map (
  area text NOT NULL PRIMARY KEY,
  content text NOT NULL,
  file text NOT NULL,
  by_name text NOT NULL,
  at_ms bigint NOT NULL
);
