-- What the customers bought. Amounts are in kopecks.
create table orders (
  id          uuid        not null,
  external_id text        not null,
  customer_id uuid        not null,
  ordered_at  timestamptz not null,
  status      text        not null,
  amount      bigint      not null,
  channel     text,
  version     int         not null,
  -- Of everything the producer tells of the order, lines included: one comparison says whether a re-sent order has changed.
  fingerprint bigint      not null,
  recorded_at timestamptz not null,
  constraint pk_orders primary key (id),
  constraint uq_orders__external_id unique (external_id),
  constraint fk_orders__customer foreign key (customer_id) references customer (id),
  constraint ck_orders__status check (status in ('CREATED', 'PAID', 'CANCELLED', 'RETURNED'))
);

create index ix_orders__customer_id_ordered_at on orders (customer_id, ordered_at, id);

-- No foreign key to orders: a line is only ever written by the statement that writes its order, and the check would cost
-- the import more than the row.
create table order_line (
  order_id uuid   not null,
  position int    not null,
  sku      text   not null,
  quantity int    not null,
  price    bigint not null,
  discount bigint not null,
  constraint pk_order_line primary key (order_id, position)
);
