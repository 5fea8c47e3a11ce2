-- Merges, and all that it takes to undo one. Both sides as they were are personal data: erased with the person.
create table person_merge (
  id              uuid        not null,
  survivor_id     uuid        not null,
  merged_id       uuid        not null,
  reason          text        not null,
  merged_at       timestamptz not null,
  merged_by       text        not null,
  unmerged_at     timestamptz,
  unmerged_by     text,
  survivor_before jsonb,
  merged_before   jsonb,
  constraint pk_person_merge primary key (id),
  constraint ck_person_merge__two check (survivor_id <> merged_id),
  constraint ck_person_merge__reason check (reason in ('DECIDED', 'VISITOR'))
);

create unique index uq_person_merge__merged_id on person_merge (merged_id) where unmerged_at is null;
create index ix_person_merge__survivor_id on person_merge (survivor_id, id);

-- Under which id a merged customer lives on. Always the last one: who merges a survivor moves its aliases too.
create table customer_alias (
  id          uuid not null,
  customer_id uuid not null,
  constraint pk_customer_alias primary key (id),
  constraint fk_customer_alias__customer foreign key (customer_id) references customer (id)
);

create index ix_customer_alias__customer_id on customer_alias (customer_id);

-- The rows that went over, table by table: these and no others go back.
create table merge_move (
  merge_id uuid   not null,
  holding  text   not null,
  row_ids  uuid[] not null,
  constraint pk_merge_move primary key (merge_id, holding),
  constraint fk_merge_move__person_merge foreign key (merge_id) references person_merge (id) on delete cascade
);

-- The identities of the merged one; moved is false where the survivor had the same phone number anyway.
create table merge_identity (
  merge_id uuid        not null,
  kind     text        not null,
  system   text        not null,
  key      text        not null,
  value    text        not null,
  main     boolean     not null,
  added_at timestamptz not null,
  moved    boolean     not null,
  constraint pk_merge_identity primary key (merge_id, kind, system, key),
  constraint fk_merge_identity__person_merge foreign key (merge_id) references person_merge (id) on delete cascade
);
