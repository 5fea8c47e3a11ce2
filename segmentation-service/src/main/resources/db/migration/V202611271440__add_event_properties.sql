-- What rules ask of events beside their type. Null where an event told none, and for those that came before this column was there.

alter table event_fact add column properties jsonb;
