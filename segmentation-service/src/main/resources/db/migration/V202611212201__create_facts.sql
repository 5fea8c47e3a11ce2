-- This service's own copy of what it needs to know of customers and orders; no personal data.

create table customer_fact (
  customer_id   uuid        not null,
  registered_at timestamptz not null,
  has_email     boolean     not null,
  has_phone     boolean     not null,
  source        text,
  sex           text,
  language      text,
  time_zone     text,
  constraint pk_customer_fact primary key (customer_id)
);

-- counts: false for cancelled and returned orders, which stay here so that a late older version can't bring them back.
create table order_fact (
  order_id    uuid        not null,
  customer_id uuid        not null,
  ordered_at  timestamptz not null,
  counts      boolean     not null,
  amount      bigint      not null,
  version     bigint      not null,
  constraint pk_order_fact primary key (order_id),
  constraint ck_order_fact__amount check (amount >= 0)
);

-- Windows over one customer or a batch of them are answered from this index alone.
create index ix_order_fact__customer_id_ordered_at on order_fact (customer_id, ordered_at) include (amount) where counts;

-- Windows over all customers.
create index ix_order_fact__ordered_at on order_fact (ordered_at) include (customer_id, amount) where counts;
