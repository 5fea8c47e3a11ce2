-- One row per known customer. Not null and of fixed width only: a scan of a million rows is what a segment costs.
-- Who never bought has 0, 0, 0, infinity and -infinity.

create table customer_metric (
  customer_id    uuid        not null,
  first_order_at timestamptz not null,
  last_order_at  timestamptz not null,
  revenue        bigint      not null,
  average_bill   bigint      not null,
  orders_count   int         not null,
  constraint pk_customer_metric primary key (customer_id),
  constraint ck_customer_metric__orders check ((orders_count = 0) = (last_order_at = '-infinity'))
);
