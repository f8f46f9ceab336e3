-- How many units there are is read from an index, not from the rows.

CREATE INDEX unit_by_state ON unit (state, division, id, parent);
