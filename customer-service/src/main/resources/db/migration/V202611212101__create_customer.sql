-- Who the customers are. Names and birthdays are here, addresses in identity, and nowhere else in the house.
create table customer (
  id            uuid        not null,
  first_name    text,
  last_name     text,
  sex           text,
  birth_on      date,
  time_zone     text,
  language      text,
  source        text,
  registered_at timestamptz not null,
  version       int         not null,
  recorded_at   timestamptz not null,
  constraint pk_customer primary key (id),
  constraint ck_customer__sex check (sex in ('FEMALE', 'MALE'))
);

-- What a customer can be recognised by. The key is what is compared, the value what is written to and shown: they differ
-- for e-mail addresses, whose spelling is kept but whose letter case tells nobody apart.
create table identity (
  kind        text        not null,
  key         text        not null,
  value       text        not null,
  customer_id uuid        not null,
  added_at    timestamptz not null,
  constraint pk_identity primary key (kind, key),
  constraint uq_identity__customer_id_kind unique (customer_id, kind),
  constraint fk_identity__customer foreign key (customer_id) references customer (id) on delete cascade,
  constraint ck_identity__kind check (kind in ('EMAIL', 'PHONE', 'EXTERNAL_ID'))
);
