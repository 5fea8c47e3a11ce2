-- What was bought line by line, what came back, and what became of the messages that customers got.

-- In kopecks. What was returned before this column was there can't be told from what was cancelled.
alter table order_fact add column returned bigint not null default 0;

-- Few orders come back; the metrics of a customer look for them.
create index ix_order_fact__customer_id_returned on order_fact (customer_id) include (returned) where returned > 0;

-- Candidates for the window of "registered": once a minute, those whose edge has just passed.
create index ix_customer_fact__registered_at on customer_fact (registered_at);

-- Only lines of orders that count; written anew with each version of their order.
create table order_line_fact (
  customer_id uuid        not null,
  order_id    uuid        not null,
  position    int         not null,
  sku         text        not null,
  category    text,
  quantity    int         not null,
  amount      bigint      not null,
  ordered_at  timestamptz not null,
  constraint pk_order_line_fact primary key (customer_id, order_id, position)
);

create index ix_order_line_fact__sku_ordered_at on order_line_fact (sku, ordered_at);
create index ix_order_line_fact__category_ordered_at on order_line_fact (category, ordered_at);

-- In which categories a product was ever sold: what it is related to. Only grows.
create table product_category (
  sku      text not null,
  category text not null,
  constraint pk_product_category primary key (sku, category)
);

-- opened_at: also where only a click is known, for a mail client may not load pictures.
create table message_fact (
  customer_id uuid        not null,
  message_id  uuid        not null,
  campaign_id uuid        not null,
  channel     text        not null,
  sent_at     timestamptz not null,
  opened_at   timestamptz,
  clicked_at  timestamptz,
  bounced     boolean     not null,
  constraint pk_message_fact primary key (customer_id, message_id)
);

-- "The last five" of a customer, newest first.
create index ix_message_fact__customer_id_sent_at on message_fact (customer_id, sent_at desc, message_id desc)
  include (opened_at, clicked_at) where not bounced;

-- Windows over all customers, and the edges of those windows that time passes.
create index ix_message_fact__sent_at on message_fact (sent_at) include (customer_id) where not bounced;
