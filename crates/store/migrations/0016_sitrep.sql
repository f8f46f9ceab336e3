-- Situation reports with their templates and every step taken, and meetings with what they decided. What is issued is
-- frozen in `content` with its number; its words are in `body`. No statement changes either after that.

CREATE TABLE sitrep_template (
  area text NOT NULL,
  id bigint NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  body text NOT NULL,
  state text NOT NULL,
  by_name text NOT NULL,
  at_ms bigint NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (area, id)
);

CREATE TABLE sitrep (
  area text NOT NULL,
  id bigint NOT NULL,
  division text NOT NULL,
  kind text NOT NULL,
  incident bigint,
  on_date text NOT NULL,
  name text NOT NULL,
  body text NOT NULL,
  state text NOT NULL,
  year bigint,
  number bigint,
  content text NOT NULL,
  corrects bigint,
  written_by_name text NOT NULL,
  written_at_ms bigint NOT NULL,
  cleared_by text NOT NULL,
  cleared_by_name text NOT NULL,
  issued_by_name text NOT NULL,
  issued_at_ms bigint,
  version bigint NOT NULL,
  PRIMARY KEY (area, id)
);
CREATE UNIQUE INDEX sitrep_by_number ON sitrep (area, kind, year, number);
CREATE INDEX sitrep_by_id ON sitrep (id);
CREATE INDEX sitrep_by_division ON sitrep (division, id);
CREATE INDEX sitrep_by_corrects ON sitrep (corrects);

CREATE TABLE sitrep_event (
  area text NOT NULL,
  id bigint NOT NULL,
  sitrep bigint NOT NULL,
  step text NOT NULL,
  words text NOT NULL,
  by_name text NOT NULL,
  at_ms bigint NOT NULL,
  PRIMARY KEY (area, id)
);
CREATE INDEX sitrep_event_by_sitrep ON sitrep_event (area, sitrep, id);

CREATE TABLE meeting (
  area text NOT NULL,
  id bigint NOT NULL,
  division text NOT NULL,
  incident bigint,
  name text NOT NULL,
  held_at_ms bigint NOT NULL,
  chair text NOT NULL,
  present text NOT NULL,
  minutes text NOT NULL,
  by_name text NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (area, id)
);
CREATE INDEX meeting_by_id ON meeting (id);
CREATE INDEX meeting_by_division ON meeting (division, held_at_ms);

CREATE TABLE meeting_decision (
  area text NOT NULL,
  id bigint NOT NULL,
  meeting bigint NOT NULL,
  words text NOT NULL,
  units text NOT NULL,
  due_at_ms bigint,
  batch bigint,
  by_name text NOT NULL,
  at_ms bigint NOT NULL,
  PRIMARY KEY (area, id)
);
CREATE INDEX meeting_decision_by_meeting ON meeting_decision (area, meeting, id);
