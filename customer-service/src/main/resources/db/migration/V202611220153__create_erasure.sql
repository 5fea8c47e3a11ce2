-- Blocked: stored, and kept from lists, searches and sends (152-FZ art. 21). Erased: nothing of the person is left here but the id
-- and the time, so that asking again has an answer. Orders stay and are nobody's.
alter table customer add column blocked_at timestamptz;

alter table orders alter column customer_id drop not null;

create table erasure (
  subject_id uuid        not null,
  erased_at  timestamptz not null,
  erased_by  text        not null,
  constraint pk_erasure primary key (subject_id)
);
