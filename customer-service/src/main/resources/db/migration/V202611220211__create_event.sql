-- What customers did besides buying, by declared type.
create table event_type (
  name           text    not null,
  -- [{name, type, required}]
  fields         jsonb   not null,
  retention_days int     not null,
  from_web       boolean not null,
  built_in       boolean not null,
  constraint pk_event_type primary key (name),
  constraint ck_event_type__retention_days check (retention_days > 0)
);

insert into event_type (name, fields, retention_days, from_web, built_in) values
  ('page_view', '[{"name":"url","type":"TEXT","required":true},{"name":"title","type":"TEXT","required":false},{"name":"referrer","type":"TEXT","required":false}]', 180, true, true),
  ('product_view', '[{"name":"sku","type":"CODE","required":true},{"name":"price","type":"NUMBER","required":false},{"name":"url","type":"TEXT","required":false}]', 365, true, true),
  ('cart', '[{"name":"amount","type":"NUMBER","required":false},{"name":"items","type":"NUMBER","required":false},{"name":"sku","type":"CODE","required":false},{"name":"url","type":"TEXT","required":false}]', 365, true, true),
  ('search', '[{"name":"query","type":"TEXT","required":true},{"name":"results","type":"NUMBER","required":false}]', 180, true, true),
  ('registration', '[{"name":"method","type":"CODE","required":false}]', 1825, false, true),
  ('app_install', '[{"name":"platform","type":"CODE","required":false},{"name":"version","type":"CODE","required":false}]', 1825, false, true),
  ('support_ticket', '[{"name":"ticket","type":"CODE","required":false},{"name":"topic","type":"CODE","required":false},{"name":"status","type":"CODE","required":false},{"name":"text","type":"TEXT","required":false}]', 1825, false, true);

-- Partitioned by month: what is old goes partition by partition, and what is asked for most is in the newest ones. The service
-- makes the partitions; what belongs to none is in event_past.
create table event (
  external_id text        not null,
  occurred_at timestamptz not null,
  id          uuid        not null,
  type        text        not null,
  customer_id uuid,
  visitor_id  uuid,
  -- What siblings may know, and what may be personal.
  facts       jsonb       not null,
  texts       jsonb       not null,
  recorded_at timestamptz not null,
  constraint pk_event primary key (external_id, occurred_at),
  constraint ck_event__someone check (customer_id is not null or visitor_id is not null)
) partition by range (occurred_at);

create table event_past partition of event default;

create index ix_event__customer_id_occurred_at on event (customer_id, occurred_at, id) where customer_id is not null;

-- To find what a visitor did before logging in.
create index ix_event__visitor_id on event (visitor_id, occurred_at) where customer_id is null;

-- To find what is too old.
create index ix_event__type_occurred_at on event (type, occurred_at);

-- Who a visitor of a web page turned out to be. The id is in the visitor's cookie.
create table visitor (
  id          uuid        not null,
  customer_id uuid        not null,
  linked_at   timestamptz not null,
  constraint pk_visitor primary key (id),
  constraint fk_visitor__customer foreign key (customer_id) references customer (id) on delete cascade
);

create index ix_visitor__customer_id on visitor (customer_id);
