-- A list by name and a search by part of a name are answered from an index, whatever area they are for.

DROP INDEX IF EXISTS unit_by_name;
CREATE INDEX unit_by_name_and_place ON unit (name_key, id, division, state, kind);
