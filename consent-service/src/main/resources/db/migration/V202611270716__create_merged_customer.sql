-- Which customers live on under another id (customer-service says so): what is said of them counts for who stays.
create table merged_customer (
  customer_id   uuid        not null,
  into_id       uuid        not null,
  merge_id      uuid        not null,
  merged_at     timestamptz not null,
  -- The last event of who stays before the merge: what comes after it was said while the two were one.
  into_sequence int         not null,
  constraint pk_merged_customer primary key (customer_id) include (merged_at),
  constraint uq_merged_customer__merge_id unique (merge_id),
  constraint ck_merged_customer__two check (customer_id <> into_id)
);

create index ix_merged_customer__into_id on merged_customer (into_id);
