-- What the overview of an incident counts: how orders stand by unit, which are due, and which clauses are ordered at all.
-- `clause` is the plan's number and the clause without the unit, whose identifier has 13 characters behind an `@`.

ALTER TABLE orders ADD COLUMN clause text NOT NULL DEFAULT '';
UPDATE orders SET clause = plan || '/' || substr(plan_key, 1, length(plan_key) - 14) WHERE plan_key <> ''
  AND plan IS NOT NULL;

DROP INDEX orders_by_incident;
CREATE INDEX orders_by_incident_state ON orders (incident, state, unit, read_at_ms);
CREATE INDEX orders_by_incident_due ON orders (incident, place, unit);
CREATE INDEX orders_by_incident_soon ON orders (incident, yellow_at_ms, place, unit, state);
CREATE INDEX orders_by_incident_clause ON orders (incident, clause, state, closed_at_ms);

CREATE INDEX plan_by_replaces ON plan (replaces);
