-- Whose data are in an answer that is kept to be repeated, so that it goes with them. Absent where it is about nobody.
alter table idempotency_key add column subjects uuid[];

create index ix_idempotency_key__subjects on idempotency_key using gin (subjects) where subjects is not null;
