-- What units report: templates with every version, and one row for each report that somebody began or that was noted as
-- missing when it fell due. When a report was first handed in is set once, by the server's clock, and no statement changes
-- it; its lateness is the distance from when it was due. Every version that was handed in stays in `report_version`.
-- What was filled in may name people, so it is sealed. `turn` tells reports apart that were asked for at once.

CREATE TABLE report_template (
  area text NOT NULL,
  id bigint NOT NULL,
  division text NOT NULL,
  body text NOT NULL,
  state text NOT NULL,
  looked_at_ms bigint NOT NULL,
  next_at_ms bigint,
  version bigint NOT NULL,
  PRIMARY KEY (area, id)
);
CREATE INDEX report_template_by_id ON report_template (id);
CREATE INDEX report_template_by_next ON report_template (next_at_ms, id);

CREATE TABLE report_template_version (
  area text NOT NULL,
  template bigint NOT NULL,
  version bigint NOT NULL,
  body text NOT NULL,
  by_name text NOT NULL,
  at_ms bigint NOT NULL,
  PRIMARY KEY (area, template, version)
);

CREATE TABLE report (
  area text NOT NULL,
  id bigint NOT NULL,
  division text NOT NULL,
  unit bigint NOT NULL,
  above bigint NOT NULL,
  template bigint NOT NULL,
  template_version bigint NOT NULL,
  period_on text NOT NULL,
  turn bigint NOT NULL,
  due_at_ms bigint NOT NULL,
  state text NOT NULL,
  content bytea,
  n_unknown bigint NOT NULL,
  first_submitted_at_ms bigint,
  last_submitted_at_ms bigint,
  n_corrections bigint NOT NULL,
  by_name text NOT NULL,
  on_behalf text NOT NULL,
  why_returned text NOT NULL,
  changed_at_ms bigint NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (area, id)
);
CREATE UNIQUE INDEX report_once ON report (area, template, unit, period_on, turn);
CREATE INDEX report_by_id ON report (id);
-- The completeness board is read from this index alone.
CREATE INDEX report_by_board ON report (template, period_on, division, unit, above, turn, state, due_at_ms,
  first_submitted_at_ms, n_corrections, n_unknown, id);
CREATE INDEX report_by_unit ON report (unit, state, due_at_ms);
CREATE INDEX report_by_division ON report (division, state, due_at_ms);
CREATE INDEX report_by_above ON report (above, state, due_at_ms);

CREATE TABLE report_version (
  area text NOT NULL,
  id bigint NOT NULL,
  report bigint NOT NULL,
  number bigint NOT NULL,
  template_version bigint NOT NULL,
  content bytea NOT NULL,
  reason text NOT NULL,
  by_name text NOT NULL,
  on_behalf text NOT NULL,
  at_ms bigint NOT NULL,
  PRIMARY KEY (area, id)
);
CREATE INDEX report_version_by_report ON report_version (area, report, number);
