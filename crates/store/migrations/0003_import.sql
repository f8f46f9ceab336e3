-- Imports: the uploaded table until it is no longer needed, what each step did, and how it is undone.

CREATE TABLE import (
  id bigint NOT NULL PRIMARY KEY,
  kind text NOT NULL,
  file text NOT NULL,
  state text NOT NULL,
  made_by bigint NOT NULL,
  made_at_ms bigint NOT NULL,
  done_at_ms bigint,
  header_row bigint NOT NULL,
  mapping text NOT NULL,
  answers text NOT NULL,
  n_rows bigint NOT NULL,
  n_rejected bigint NOT NULL,
  n_blank bigint NOT NULL,
  n_steps bigint NOT NULL,
  version bigint NOT NULL
);
CREATE INDEX import_by_user ON import (made_by, made_at_ms);

CREATE TABLE import_part (
  import bigint NOT NULL,
  id bigint NOT NULL,
  cells bytea NOT NULL,
  PRIMARY KEY (import, id)
);

CREATE TABLE import_effect (
  import bigint NOT NULL,
  step bigint NOT NULL,
  place bigint NOT NULL,
  target text NOT NULL,
  n_rows bigint NOT NULL,
  version bigint NOT NULL,
  undo text NOT NULL,
  state text NOT NULL,
  PRIMARY KEY (import, step, place)
);

CREATE TABLE import_late (
  import bigint NOT NULL,
  row_number bigint NOT NULL,
  PRIMARY KEY (import, row_number)
);

CREATE TABLE import_mapping (
  kind text NOT NULL PRIMARY KEY,
  mapping text NOT NULL
);
