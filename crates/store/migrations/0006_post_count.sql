-- The posts of a unit are counted from an index: without it a list read every post of the county for each of its rows.

CREATE INDEX post_by_unit_state ON post (area, unit, state, id);
