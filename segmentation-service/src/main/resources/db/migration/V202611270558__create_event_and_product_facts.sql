-- What customers did beside buying, what the catalogue says of products, and which products came back.

-- Types are declared in customer-service; here they are known as they come.
create table event_type (
  id   smallint not null generated always as identity,
  name text     not null,
  constraint pk_event_type primary key (id),
  constraint uq_event_type__name unique (name)
);

-- Fifty rows a customer and more: the key answers the windows of one customer by itself.
create table event_fact (
  customer_id uuid        not null,
  event_id    uuid        not null,
  occurred_at timestamptz not null,
  type_id     smallint    not null,
  constraint pk_event_fact primary key (customer_id, occurred_at, event_id) include (type_id)
);

-- Windows over all customers, and the edges of those windows that time passes.
create index ix_event_fact__type_id_occurred_at on event_fact (type_id, occurred_at) include (customer_id);

create table product_fact (
  sku                text    not null,
  category           text,
  replenishment_days int,
  active             boolean not null,
  version            bigint  not null,
  constraint pk_product_fact primary key (sku)
);

-- Of orders that came back whole; they have no lines in order_line_fact.
create table returned_line_fact (
  customer_id uuid not null,
  order_id    uuid not null,
  sku         text not null,
  constraint pk_returned_line_fact primary key (customer_id, order_id, sku)
);
