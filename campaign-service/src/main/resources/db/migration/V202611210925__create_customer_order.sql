-- What customers with a message bought: our own copy of the customer feed's facts, for the report. Amounts in kopecks.
create table customer_order (
  order_id    uuid        not null,
  customer_id uuid        not null,
  ordered_at  timestamptz not null,
  status      text        not null,
  amount      bigint      not null,
  version     bigint      not null,
  constraint pk_customer_order primary key (order_id)
);

create index ix_customer_order__customer_id_ordered_at on customer_order (customer_id, ordered_at);
