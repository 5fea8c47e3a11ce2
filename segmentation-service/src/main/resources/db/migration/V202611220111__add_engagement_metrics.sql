-- More metrics per customer. Engagement has a table of its own: it changes with messages, the other with orders.

-- Names that a customer's time zone may have; any other would make "at time zone" fail, and with it the feed.
create table time_zone (
  name text not null,
  constraint pk_time_zone primary key (name)
);

insert into time_zone (name) select distinct name from pg_timezone_names;

-- favourite_hour: 0 to 23, -1 for who never bought.
alter table customer_metric
  add column returned_amount bigint   not null default 0,
  add column returns_count   int      not null default 0,
  add column favourite_hour  smallint not null default -1,
  add constraint ck_customer_metric__favourite_hour check (favourite_hour between -1 and 23);

update customer_metric m
set favourite_hour = h.hour
from (
  select o.customer_id, mode() within group (order by extract(hour from o.ordered_at at time zone coalesce(z.name, 'Europe/Moscow'))) as hour
  from order_fact o
  join customer_fact c on c.customer_id = o.customer_id
  left join time_zone z on z.name = c.time_zone
  where o.counts
  group by o.customer_id) h
where h.customer_id = m.customer_id;

create table customer_engagement (
  customer_id      uuid        not null,
  last_sent_at     timestamptz not null,
  last_answered_at timestamptz not null,
  sent             int         not null,
  opened           int         not null,
  clicked          int         not null,
  unanswered       int         not null,
  constraint pk_customer_engagement primary key (customer_id),
  constraint ck_customer_engagement__unanswered check (unanswered <= sent)
);
