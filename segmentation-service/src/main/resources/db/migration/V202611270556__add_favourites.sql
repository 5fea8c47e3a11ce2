-- What a customer likes most, for rules to ask: the category of most orders and the channel that is answered best.

-- Only who has bought something of a known category; changes with orders.
create table customer_favourite (
  customer_id uuid not null,
  category    text not null,
  constraint pk_customer_favourite primary key (customer_id)
);

insert into customer_favourite (customer_id, category)
select distinct on (l.customer_id) l.customer_id, l.category
from (
  select customer_id, category, count(distinct order_id) as orders, max(ordered_at) as last_at
  from order_line_fact
  where category is not null
  group by customer_id, category) l
order by l.customer_id, l.orders desc, l.last_at desc, l.category;

-- Null where nothing was ever opened.
alter table customer_engagement add column channel text;

update customer_engagement e
set channel = b.channel
from (
  select distinct on (c.customer_id) c.customer_id, c.channel
  from (
    select customer_id, channel, count(opened_at) as opened, count(*) as sent
    from message_fact
    where not bounced
    group by customer_id, channel) c
  where c.opened > 0
  order by c.customer_id, c.opened::numeric / c.sent desc, c.sent desc, c.channel) b
where b.customer_id = e.customer_id;
