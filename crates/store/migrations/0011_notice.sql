-- Clocks that run, and what users are told.

CREATE TABLE clock (
  area text NOT NULL,
  id bigint NOT NULL,
  division text NOT NULL,
  subject_kind text NOT NULL,
  subject text NOT NULL,
  title text NOT NULL,
  href text NOT NULL,
  told_unit bigint,
  body text NOT NULL,
  every_minutes bigint NOT NULL,
  steps bigint NOT NULL,
  state text NOT NULL,
  next_at_ms bigint,
  told text NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (area, id)
);
-- A clock that stands or was stopped has no next instant, so the index holds only those that run.
CREATE INDEX clock_by_next ON clock (next_at_ms, id);
CREATE INDEX clock_by_subject ON clock (subject_kind, subject);

CREATE TABLE notice (
  area text NOT NULL,
  id bigint NOT NULL,
  user_id bigint NOT NULL,
  kind text NOT NULL,
  about text NOT NULL,
  href text NOT NULL,
  urgency text NOT NULL,
  state text NOT NULL,
  at_ms bigint NOT NULL,
  read_at_ms bigint,
  sending text NOT NULL,
  send_after_ms bigint NOT NULL,
  PRIMARY KEY (area, id)
);
CREATE INDEX notice_by_user ON notice (user_id, state, id);
CREATE INDEX notice_by_sending ON notice (sending, send_after_ms);

-- When a user does not want to be disturbed, `22:00-07:00`; empty when always.
ALTER TABLE users ADD COLUMN quiet text NOT NULL DEFAULT '';
CREATE INDEX role_grant_by_unit ON role_grant (unit);
