-- Segments as people write them, and who is in them now.

create table segment (
  id              uuid        not null,
  name            text        not null,
  description     text,
  rule            jsonb       not null,
  customers_count bigint      not null,
  version         int         not null,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  constraint pk_segment primary key (id),
  constraint uq_segment__name unique (name),
  constraint ck_segment__customers_count check (customers_count >= 0)
);

create table segment_member (
  segment_id  uuid        not null,
  customer_id uuid        not null,
  entered_at  timestamptz not null,
  constraint pk_segment_member primary key (segment_id, customer_id),
  constraint fk_segment_member__segment foreign key (segment_id) references segment (id)
);
