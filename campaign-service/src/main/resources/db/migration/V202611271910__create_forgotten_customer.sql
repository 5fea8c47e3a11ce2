-- Of whom nothing may be known any more: two feeds tell of a customer, and the slower one must not bring them back. It says too, when
-- consent-service asks, that the order to destroy has come.
create table forgotten_customer (
  customer_id uuid not null,
  constraint pk_forgotten_customer primary key (customer_id)
);
