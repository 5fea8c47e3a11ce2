-- The catalogue: what is sold, in a tree of categories, what it earns, and when it is needed again or wants service.
create table product_category (
  code        text not null,
  name        text not null,
  parent_code text,
  constraint pk_product_category primary key (code),
  constraint fk_product_category__parent foreign key (parent_code) references product_category (code)
);

create index ix_product_category__parent_code on product_category (parent_code);

create table product (
  id                 uuid        not null,
  sku                text        not null,
  name               text        not null,
  category_code      text,
  price              bigint,
  -- Hundredths of a per cent of the price.
  margin             int,
  replenishment_days int,
  service_days       int,
  active             boolean     not null,
  version            int         not null,
  recorded_at        timestamptz not null,
  constraint pk_product primary key (id),
  constraint uq_product__sku unique (sku),
  constraint fk_product__product_category foreign key (category_code) references product_category (code),
  constraint ck_product__price check (price >= 0)
);

create index ix_product__category_code on product (category_code);

-- What came back of orders. The sum is kept in orders.returned.
create table order_return (
  order_id    uuid        not null,
  external_id text        not null,
  returned_at timestamptz not null,
  amount      bigint      not null,
  recorded_at timestamptz not null,
  constraint pk_order_return primary key (order_id, external_id),
  constraint fk_order_return__orders foreign key (order_id) references orders (id) on delete cascade
);

create table order_return_line (
  order_id    uuid not null,
  external_id text not null,
  sku         text not null,
  quantity    int  not null,
  constraint pk_order_return_line primary key (order_id, external_id, sku),
  constraint fk_order_return_line__order_return foreign key (order_id, external_id)
    references order_return (order_id, external_id) on delete cascade
);
