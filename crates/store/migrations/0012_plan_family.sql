-- The file as which a plan came, what people corrected in it, and how plans belong together.

CREATE TABLE plan_file (
  area text NOT NULL,
  id bigint NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (area, id)
);

-- Every correction is kept; of several on one item the last holds.
CREATE TABLE plan_edit (
  area text NOT NULL,
  id bigint NOT NULL,
  plan bigint NOT NULL,
  body bytea NOT NULL,
  by_name text NOT NULL,
  at_ms bigint NOT NULL,
  PRIMARY KEY (area, id)
);
CREATE INDEX plan_edit_by_plan ON plan_edit (area, plan, id);

-- Several plans may have come in one file, which is kept under the first of them.
ALTER TABLE plan ADD COLUMN file_of bigint;
ALTER TABLE plan ADD COLUMN parent bigint;
ALTER TABLE plan ADD COLUMN tier text NOT NULL DEFAULT 'overall';
CREATE INDEX plan_by_parent ON plan (parent);
