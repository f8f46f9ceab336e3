-- Orders: what is asked of units, what became of it, and what shows it. An order is one thing asked of one unit.
-- `once` keeps the same clause of a plan from standing twice for a unit; an order that has ended gives its place free.
-- `place` is where an order stands in lists: open ones by when they are due, then those without a limit, then the ended.

CREATE TABLE orders (
  area text NOT NULL,
  id bigint NOT NULL,
  division text NOT NULL,
  unit bigint NOT NULL,
  above bigint NOT NULL,
  issuer_division text NOT NULL,
  issuer_unit bigint,
  parent bigint,
  batch bigint NOT NULL,
  incident bigint,
  plan bigint,
  plan_key text NOT NULL,
  once text NOT NULL,
  level text NOT NULL,
  heading text NOT NULL,
  role text NOT NULL,
  origin text NOT NULL,
  number text NOT NULL,
  words text NOT NULL,
  urgency text NOT NULL,
  state text NOT NULL,
  supervision text NOT NULL,
  clock text NOT NULL,
  due_at_ms bigint,
  yellow_at_ms bigint,
  place bigint NOT NULL,
  n_done bigint NOT NULL,
  issued_by_name text NOT NULL,
  issued_at_ms bigint NOT NULL,
  read_at_ms bigint,
  signed_at_ms bigint,
  reported_at_ms bigint,
  closed_at_ms bigint,
  version bigint NOT NULL,
  PRIMARY KEY (area, id)
);
CREATE UNIQUE INDEX orders_once ON orders (area, once);
CREATE INDEX orders_by_id ON orders (id);
CREATE INDEX orders_by_place ON orders (place, id, division, state);
CREATE INDEX orders_by_state ON orders (state, place, id, division);
CREATE INDEX orders_by_division ON orders (division, state, place, id);
CREATE INDEX orders_by_unit ON orders (unit, state, place, id);
CREATE INDEX orders_by_above ON orders (above, state, place, id);
CREATE INDEX orders_by_incident ON orders (incident, state, unit, place, yellow_at_ms, read_at_ms);
CREATE INDEX orders_by_plan ON orders (plan, state);
CREATE INDEX orders_by_supervision ON orders (supervision, division, place, id);
CREATE INDEX orders_by_batch ON orders (batch, place, id);
CREATE INDEX orders_by_parent ON orders (parent, state);

CREATE TABLE order_event (
  area text NOT NULL,
  id bigint NOT NULL,
  order_id bigint NOT NULL,
  act text NOT NULL,
  words text NOT NULL,
  by_name text NOT NULL,
  at_ms bigint NOT NULL,
  PRIMARY KEY (area, id)
);
CREATE INDEX order_event_by_order ON order_event (area, order_id, id);

CREATE TABLE order_file (
  area text NOT NULL,
  id bigint NOT NULL,
  order_id bigint NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  size bigint NOT NULL,
  content bytea NOT NULL,
  by_name text NOT NULL,
  at_ms bigint NOT NULL,
  PRIMARY KEY (area, id)
);
CREATE INDEX order_file_by_order ON order_file (area, order_id, id);

CREATE TABLE order_occurrence (
  area text NOT NULL,
  order_id bigint NOT NULL,
  due_at_ms bigint NOT NULL,
  done_at_ms bigint NOT NULL,
  words text NOT NULL,
  by_name text NOT NULL,
  PRIMARY KEY (area, order_id, due_at_ms)
);
