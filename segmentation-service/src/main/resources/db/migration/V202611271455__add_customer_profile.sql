-- What rules ask of a profile beside the four columns: places, devices, where somebody came from, years of birth, and the attributes that
-- a company declares. Nothing in it names anybody. Null where nothing is known, and for who has not changed since this column was there.

alter table customer_fact add column profile jsonb;
