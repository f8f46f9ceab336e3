-- Plans: what was read from an uploaded document, the answers to what is doubtful in it, and the units that it means.

CREATE TABLE plan (
  area text NOT NULL,
  id bigint NOT NULL,
  division text NOT NULL,
  title text NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  file text NOT NULL,
  n_errors bigint NOT NULL,
  n_findings bigint NOT NULL,
  replaces bigint,
  made_by_name text NOT NULL,
  made_at_ms bigint NOT NULL,
  settled_by_name text NOT NULL,
  settled_at_ms bigint,
  version bigint NOT NULL,
  PRIMARY KEY (area, id)
);
CREATE INDEX plan_by_id ON plan (id);
CREATE INDEX plan_by_division ON plan (division, id);

CREATE TABLE plan_content (
  area text NOT NULL,
  id bigint NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (area, id)
);

CREATE TABLE plan_answer (
  area text NOT NULL,
  plan bigint NOT NULL,
  finding bigint NOT NULL,
  verdict text NOT NULL,
  note text NOT NULL,
  by_name text NOT NULL,
  at_ms bigint NOT NULL,
  PRIMARY KEY (area, plan, finding)
);

CREATE TABLE plan_unit (
  area text NOT NULL,
  plan bigint NOT NULL,
  name text NOT NULL,
  unit bigint,
  by_name text NOT NULL,
  at_ms bigint NOT NULL,
  PRIMARY KEY (area, plan, name)
);
