-- Incidents: what happened, its log, its figures, its command, and its response level with every proposal.

CREATE TABLE incident (
  area text NOT NULL,
  id bigint NOT NULL,
  division text NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  state text NOT NULL,
  disease text NOT NULL,
  grade text,
  level text,
  level_since_ms bigint,
  began_at_ms bigint,
  plan bigint,
  onset_on text,
  discovered_at_ms bigint NOT NULL,
  reported_at_ms bigint,
  reported_to text NOT NULL,
  summary text NOT NULL,
  made_by_name text NOT NULL,
  made_at_ms bigint NOT NULL,
  closed_at_ms bigint,
  version bigint NOT NULL,
  PRIMARY KEY (area, id)
);
CREATE INDEX incident_by_id ON incident (id);
CREATE INDEX incident_by_division ON incident (division, id);

CREATE TABLE incident_entry (
  area text NOT NULL,
  incident bigint NOT NULL,
  id bigint NOT NULL,
  kind text NOT NULL,
  at_ms bigint NOT NULL,
  noted_at_ms bigint NOT NULL,
  who_name text NOT NULL,
  words text NOT NULL,
  basis text NOT NULL,
  addressees text NOT NULL,
  PRIMARY KEY (area, incident, id)
);
CREATE INDEX incident_entry_by_time ON incident_entry (area, incident, at_ms, id);

CREATE TABLE incident_parameter (
  area text NOT NULL,
  incident bigint NOT NULL,
  id bigint NOT NULL,
  name text NOT NULL,
  value text NOT NULL,
  from_on text NOT NULL,
  source text NOT NULL,
  by_name text NOT NULL,
  at_ms bigint NOT NULL,
  PRIMARY KEY (area, incident, id)
);

CREATE TABLE incident_figure (
  area text NOT NULL,
  incident bigint NOT NULL,
  id bigint NOT NULL,
  figure text NOT NULL,
  value bigint NOT NULL,
  as_of_ms bigint NOT NULL,
  source text NOT NULL,
  by_name text NOT NULL,
  at_ms bigint NOT NULL,
  PRIMARY KEY (area, incident, id)
);

CREATE TABLE incident_cases (
  area text NOT NULL,
  incident bigint NOT NULL,
  id bigint NOT NULL,
  n_cases bigint NOT NULL,
  origin text NOT NULL,
  isolated_on text NOT NULL,
  source text NOT NULL,
  by_name text NOT NULL,
  at_ms bigint NOT NULL,
  struck_why text NOT NULL,
  struck_by_name text NOT NULL,
  struck_at_ms bigint,
  PRIMARY KEY (area, incident, id)
);

CREATE TABLE incident_phase (
  area text NOT NULL,
  incident bigint NOT NULL,
  id bigint NOT NULL,
  name text NOT NULL,
  from_on text,
  until_on text,
  words text NOT NULL,
  PRIMARY KEY (area, incident, id)
);

CREATE TABLE incident_venue (
  area text NOT NULL,
  incident bigint NOT NULL,
  id bigint NOT NULL,
  name text NOT NULL,
  division text NOT NULL,
  words text NOT NULL,
  PRIMARY KEY (area, incident, id)
);

CREATE TABLE command_body (
  area text NOT NULL,
  incident bigint NOT NULL,
  id bigint NOT NULL,
  parent bigint,
  kind text NOT NULL,
  status text NOT NULL,
  name text NOT NULL,
  division text NOT NULL,
  from_on text NOT NULL,
  until_on text,
  PRIMARY KEY (area, incident, id)
);

CREATE TABLE command_member (
  area text NOT NULL,
  incident bigint NOT NULL,
  id bigint NOT NULL,
  body bigint NOT NULL,
  relation text NOT NULL,
  rank text,
  unit bigint,
  unit_name text NOT NULL,
  post text NOT NULL,
  person text NOT NULL,
  from_on text NOT NULL,
  until_on text,
  PRIMARY KEY (area, incident, id)
);

CREATE TABLE level_proposal (
  area text NOT NULL,
  incident bigint NOT NULL,
  id bigint NOT NULL,
  from_level text,
  to_level text,
  state text NOT NULL,
  plan bigint,
  plan_version bigint,
  assessment text NOT NULL,
  made_by_name text NOT NULL,
  made_at_ms bigint NOT NULL,
  proposed_by bigint,
  proposed_by_name text NOT NULL,
  proposed_at_ms bigint,
  approver text NOT NULL,
  decided_by_name text NOT NULL,
  decided_at_ms bigint,
  decision_words text NOT NULL,
  filed_with text NOT NULL,
  filed_number text NOT NULL,
  filed_at_ms bigint,
  receipt_number text NOT NULL,
  receipt_at_ms bigint,
  version bigint NOT NULL,
  PRIMARY KEY (area, incident, id)
);
CREATE UNIQUE INDEX level_proposal_open ON level_proposal (area, incident) WHERE state IN ('assessing', 'proposed');

CREATE TABLE level_opinion (
  area text NOT NULL,
  incident bigint NOT NULL,
  id bigint NOT NULL,
  proposal bigint NOT NULL,
  tier text NOT NULL,
  expert text NOT NULL,
  verdict text NOT NULL,
  words text NOT NULL,
  signed text NOT NULL,
  by_name text NOT NULL,
  at_ms bigint NOT NULL,
  PRIMARY KEY (area, incident, id)
);

CREATE TABLE level_judgement (
  area text NOT NULL,
  incident bigint NOT NULL,
  id bigint NOT NULL,
  proposal bigint NOT NULL,
  condition bigint NOT NULL,
  verdict text NOT NULL,
  person text NOT NULL,
  words text NOT NULL,
  by_name text NOT NULL,
  at_ms bigint NOT NULL,
  PRIMARY KEY (area, incident, id)
);

CREATE TABLE grade_rule (
  area text NOT NULL,
  id bigint NOT NULL,
  grade text NOT NULL,
  clause text NOT NULL,
  disease text NOT NULL,
  words text NOT NULL,
  conditions text NOT NULL,
  from_on text NOT NULL,
  until_on text,
  source text NOT NULL,
  by_name text NOT NULL,
  at_ms bigint NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (area, id)
);
