-- Who is to be called with a personal offer, and what came of it. The phone is not here: it is shown from the profile, and consent asked
-- for, each time somebody looks. Two entries of a list may come to be one person's, where two were merged.
create table call_list (
  id         uuid        not null,
  name       text        not null,
  offer      text        not null,
  purpose    text        not null,
  segment_id uuid,
  created_by text        not null,
  created_at timestamptz not null,
  constraint pk_call_list primary key (id)
);

create table call_list_entry (
  id           uuid not null,
  call_list_id uuid not null,
  customer_id  uuid not null,
  result       text,
  result_at    timestamptz,
  result_by    text,
  constraint pk_call_list_entry primary key (id),
  constraint fk_call_list_entry__call_list foreign key (call_list_id) references call_list (id) on delete cascade,
  constraint ck_call_list_entry__result
    check (result in ('NO_ANSWER', 'CALL_BACK', 'ACCEPTED', 'REFUSED', 'WRONG_NUMBER', 'DO_NOT_CALL'))
);

create index ix_call_list_entry__call_list_id on call_list_entry (call_list_id, id);
create index ix_call_list_entry__customer_id on call_list_entry (customer_id);
