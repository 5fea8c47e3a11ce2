-- Of whom there are facts and no metrics: blocked, merged into another, or not told of yet. Segments find only who has metrics. A rule
-- about orders or events begins with these facts, since few have them, and leaves out the even fewer that stand here; to look up
-- the metrics of each took longer than all the rest.
create table unplaced_customer (
  customer_id uuid not null,
  constraint pk_unplaced_customer primary key (customer_id)
);

insert into unplaced_customer (customer_id)
select f.customer_id
from (
  select customer_id from customer_fact
  union select customer_id from order_fact
  union select customer_id from order_line_fact
  union select customer_id from event_fact
  union select customer_id from message_fact
  union select customer_id from feedback_fact
  union select customer_id from blocked_customer) f
where not exists (select from customer_metric m where m.customer_id = f.customer_id);
