-- Whose data are only stored for the time being (152-FZ art. 21): no metrics, so in no segment, preview, list or grid.
create table blocked_customer (
  customer_id uuid        not null,
  blocked_at  timestamptz not null,
  constraint pk_blocked_customer primary key (customer_id)
);

-- The lists that a blocked customer comes back to; a segment with a rule finds them by itself.
create table withheld_member (
  customer_id uuid        not null,
  segment_id  uuid        not null,
  entered_at  timestamptz not null,
  constraint pk_withheld_member primary key (customer_id, segment_id),
  constraint fk_withheld_member__segment foreign key (segment_id) references segment (id) on delete cascade
);

create index ix_withheld_member__segment_id on withheld_member (segment_id);

-- Of whom nothing may be known any more: two feeds tell of a customer, and the slower one must not bring them back.
create table forgotten_customer (
  customer_id uuid not null,
  constraint pk_forgotten_customer primary key (customer_id)
);
