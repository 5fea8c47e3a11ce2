-- What else a company knows of a person: address, children, origin, device, preferences and attributes of its own, as one document
-- whose shape the service owns. No query looks into it.
alter table customer add column details jsonb;

-- Attributes that the company declares; a value of another type is refused. Personal ones never leave on the feed.
create table attribute (
  name       text        not null,
  type       text        not null,
  personal   boolean     not null,
  choices    text[]      not null,
  created_at timestamptz not null,
  constraint pk_attribute primary key (name),
  constraint ck_attribute__type check (type in ('TEXT', 'NUMBER', 'BOOLEAN', 'DATE', 'CHOICE'))
);

-- Who changed what, from what to what. Personal data like the customer itself.
create table customer_change (
  customer_id uuid        not null,
  id          uuid        not null,
  changed_at  timestamptz not null,
  changed_by  text        not null,
  field       text        not null,
  old_value   text,
  new_value   text,
  constraint pk_customer_change primary key (customer_id, id)
);
